/** What an export to NetBox is made of. */
import type { z } from "zod";
import type { Estate, estateSchema } from "../request/estate";
import type { Lock, LockHolder } from "../request/lock";
import type { Host } from "../request/server";

/** The estate as estate.yaml writes it: `14kW`, not 14000. */
export type EstateText = z.input<typeof estateSchema>;

/** Everything that is exported. */
export interface ExportInput {
  readonly estate: Estate;
  /** The same estate in its own words, which NetBox's custom fields take over. */
  readonly text: EstateText;
  readonly lock: Lock | undefined;
  readonly messengers: readonly { readonly messenger: string; readonly name: { readonly en: string } }[];
  /** How a server is reached. */
  readonly host: (server: string) => Host;
}

/** The tenant of what the pool holds. */
export const poolTenant = "pool";

/** The tenant of a line of the lock; empty where nobody holds it. */
export function tenantOf(line: LockHolder | undefined): string {
  return line?.messenger ?? (line?.pool ? poolTenant : "");
}

/** The manufacturer of all that is exported: the estate knows none, and NetBox needs one. */
export const manufacturer = "Unknown";

/** Names of device roles and types. */
export const names = { server: "Server", switch: "Top-of-rack switch", switchType: "top-of-rack-switch" } as const;
