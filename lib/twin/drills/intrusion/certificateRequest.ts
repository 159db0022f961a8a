/** What somebody sends to the API server who wants a certificate in a name. */
import "reflect-metadata";
import { webcrypto } from "node:crypto";
import * as x509 from "@peculiar/x509";
import { across, create, type Call } from "./attempt";
import { object } from "./wellFormed";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };

/** Who signs, and what the certificate may then be used for. */
export const signers = {
  clients: { signerName: "kubernetes.io/kube-apiserver-client", usages: ["client auth"] },
  kubelets: { signerName: "kubernetes.io/kube-apiserver-client-kubelet", usages: ["digital signature", "client auth"] },
};

/** Asks a signer for a client certificate of a user in a group. */
export async function certificateRequest(
  { signerName, usages }: (typeof signers)[keyof typeof signers],
  user: string,
  group: string,
): Promise<Call> {
  x509.cryptoProvider.set(webcrypto);
  const keys = await webcrypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
  const request = await x509.Pkcs10CertificateRequestGenerator.create({
    name: [{ CN: [user] }, { O: [group] }],
    keys,
    signingAlgorithm: algorithm,
  });
  const kind = { apiVersion: "certificates.k8s.io/v1", kind: "CertificateSigningRequest" };
  const spec = { request: Buffer.from(request.toString("pem")).toString("base64"), signerName, usages };
  return create(across(kind.apiVersion, "certificatesigningrequests"), object(kind.apiVersion, kind.kind, { spec }));
}
