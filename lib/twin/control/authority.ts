/** A site's certificate authority: who the API server believes. Each identity gets a certificate of its own, as on a real cluster. */
import "reflect-metadata";
import { randomBytes, webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";

/** An identity as Kubernetes knows it: a certificate's common name and organisations. */
export interface Identity {
  readonly user: string;
  readonly groups: readonly string[];
}

/** A certificate and its key, as PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

/** May do everything, as a site's first administrator. */
export const administrator: Identity = { user: "zirsakht-twin", groups: ["system:masters"] };

/** The identity of a server's kubelet. */
export const nodeIdentity = (server: string): Identity => ({ user: `system:node:${server}`, groups: ["system:nodes"] });

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
/** A twin is thrown away long before. */
const lifetimeDays = 365;
const dayMs = 86_400_000;
/** A clock that was set back a little does not make a new certificate one of the future. */
const skewMs = 3_600_000;
const crypto = webcrypto;
x509.cryptoProvider.set(crypto);

const validity = () => ({ notBefore: new Date(Date.now() - skewMs), notAfter: new Date(Date.now() + lifetimeDays * dayMs) });
const serial = (): string => `01${randomBytes(15).toString("hex")}`;
const pemOf = async (key: webcrypto.CryptoKey): Promise<string> =>
  x509.PemConverter.encode(await crypto.subtle.exportKey("pkcs8", key), "PRIVATE KEY");

/** Makes a new authority. */
export async function newAuthority(): Promise<Certificate> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const cert = await x509.X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: "CN=zirsakht-twin",
    ...validity(),
    keys,
    signingAlgorithm: algorithm,
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign | x509.KeyUsageFlags.digitalSignature, true),
    ],
  });
  return { cert: cert.toString("pem"), key: await pemOf(keys.privateKey) };
}

async function issue(authority: Certificate, name: x509.JsonName, extensions: x509.Extension[]): Promise<Certificate> {
  const issuer = new x509.X509Certificate(authority.cert);
  const [der] = x509.PemConverter.decode(authority.key);
  if (!der) throw new Error("the authority has no key");
  const signingKey = await crypto.subtle.importKey("pkcs8", der, algorithm, false, ["sign"]);
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const cert = await x509.X509CertificateGenerator.create({
    serialNumber: serial(),
    subject: name,
    issuer: issuer.subject,
    ...validity(),
    signingKey,
    publicKey: keys.publicKey,
    signingAlgorithm: algorithm,
    extensions: [new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true), ...extensions],
  });
  return { cert: cert.toString("pem"), key: await pemOf(keys.privateKey) };
}

/** A certificate by which a client is an identity. */
export function issueClient(authority: Certificate, { user, groups }: Identity): Promise<Certificate> {
  const name: x509.JsonName = [{ CN: [user] }, ...groups.map((group) => ({ O: [group] }))];
  return issue(authority, name, [new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.clientAuth])]);
}

/** A certificate for a server on loopback. */
export function issueServer(authority: Certificate): Promise<Certificate> {
  return issue(
    authority,
    [{ CN: ["127.0.0.1"] }],
    [
      new x509.ExtendedKeyUsageExtension([x509.ExtendedKeyUsage.serverAuth, x509.ExtendedKeyUsage.clientAuth]),
      new x509.SubjectAlternativeNameExtension([
        { type: "ip", value: "127.0.0.1" },
        { type: "dns", value: "localhost" },
        { type: "dns", value: "kubernetes.default.svc" },
      ]),
    ],
  );
}
