/** A site's keys: its authority, and what its own programs hold. Made once, kept in the site's folder, readable by its owner only. */
import { generateKeyPairSync } from "node:crypto";
import { mkdirSync } from "node:fs";
import { sync as writeFileAtomic } from "write-file-atomic";
import { type Certificate, type Identity, issueClient, issueServer, newAuthority } from "./authority";
import { textOf } from "../../request/textFile";
import type { SiteFolder } from "./folder";

/** Nobody but the owner reads what lets one speak as anybody. */
const ownersOnly = 0o600;

/** Writes a file whole, for its owner only, where its text is not there yet; says whether it did. */
export function writePrivate(path: string, text: string): boolean {
  if (textOf(path) === text) return false;
  // Without a sync to the disk: a twin that a power cut takes is raised anew.
  writeFileAtomic(path, text, { mode: ownersOnly, fsync: false });
  return true;
}

/** The certificate and key of this name in a site's folder; `undefined` before they are made. */
export function keptCertificate(folder: SiteFolder, name: string): Certificate | undefined {
  const [cert, key] = [textOf(folder.pki(`${name}.crt`)), textOf(folder.pki(`${name}.key`))];
  return cert !== undefined && key !== undefined ? { cert, key } : undefined;
}

async function keep(folder: SiteFolder, name: string, make: () => Promise<Certificate>): Promise<Certificate> {
  const kept = keptCertificate(folder, name);
  if (kept) return kept;
  const made = await make();
  writePrivate(folder.pki(`${name}.key`), made.key);
  // The certificate comes last: a pair is complete when it is there, and a lone key is replaced.
  writePrivate(folder.pki(`${name}.crt`), made.cert);
  return made;
}

/** Makes what is missing of a site's keys; returns the authority that the API server believes. */
export async function makeSiteKeys(folder: SiteFolder): Promise<Certificate> {
  mkdirSync(folder.pki(""), { recursive: true, mode: 0o700 });
  const authority = await keep(folder, "authority", newAuthority);
  await keep(folder, "server", () => issueServer(authority));
  if (textOf(folder.pki("service-accounts.pub")) === undefined) {
    const { privateKey, publicKey } = generateKeyPairSync("ec", {
      namedCurve: "P-256",
      privateKeyEncoding: { type: "pkcs8", format: "pem" },
      publicKeyEncoding: { type: "spki", format: "pem" },
    });
    writePrivate(folder.pki("service-accounts.key"), privateKey);
    writePrivate(folder.pki("service-accounts.pub"), publicKey);
  }
  return authority;
}

/** The certificate by which a program, or a person at the command line, is an identity; made once. */
export function keepClient(folder: SiteFolder, authority: Certificate, name: string, identity: Identity): Promise<Certificate> {
  return keep(folder, name, () => issueClient(authority, identity));
}
