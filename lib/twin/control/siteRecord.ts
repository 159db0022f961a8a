/** What is remembered of a site of the twin between commands. */
import type { SiteFolder } from "./folder";
import { textOf } from "../../request/textFile";
import { at } from "./controlPlane";
import type { Ports } from "./port";
import { keptCertificate, writePrivate } from "./siteKeys";
import type { SiteAccess } from "./twinSite";

/** A site's context in the kubeconfig, and its ports. */
export interface SiteRecord {
  readonly context: string;
  readonly ports: Ports;
}

/** The record of a site; `undefined` before there is one. */
export function readRecord(folder: SiteFolder): SiteRecord | undefined {
  const text = textOf(folder.record);
  return text === undefined ? undefined : (JSON.parse(text) as SiteRecord);
}

/** Writes the record whole. */
export function writeRecord(folder: SiteFolder, { context, ports }: SiteRecord): void {
  writePrivate(folder.record, `${JSON.stringify({ context, ports }, undefined, 2)}\n`);
}

/** How a site's API server is reached; `undefined` before its keys are made. */
export function accessOf(folder: SiteFolder): SiteAccess | undefined {
  const [record, authority] = [readRecord(folder), keptCertificate(folder, "authority")];
  const { site, temporary } = folder;
  return record && authority ? { site, server: at(record.ports.apiServer), authority, temporary } : undefined;
}
