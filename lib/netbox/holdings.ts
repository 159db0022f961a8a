/** What NetBox says that messengers hold, in the form of `adopt`: tenants of servers, VLANs and prefixes. */
import type { AdoptedRow } from "../allocation/adoption";
import { network } from "../request/words";
import { wordsOf } from "./entry";
import { isPrivate, siteOfScope } from "./estateEntries";
import { addressOf } from "./hostEntries";
import type { Inventory } from "./inventory";
import { slugOf, textIn, type Row } from "./row";

/** The rows, in order of sites, and in words what could not be told. */
export interface Holdings {
  readonly rows: readonly AdoptedRow[];
  readonly aside: readonly string[];
}

const prefixKinds = ["private", "vips", "egress"] as const;

/** Finds them. A prefix's role says its kind; without a role a private one is `private`. */
export function holdingsOf(inventory: Inventory): Holdings {
  const rows: AdoptedRow[] = [];
  const aside: string[] = [];
  const bySite = new Map(inventory.sites.map((site) => [textIn(site.row, "name"), site.key]));
  const tenant = (row: Row): string => slugOf(textIn(row, "tenant"));
  const nothing = { group: "", address: "", servers: [] };
  for (const { key: site, racks } of inventory.sites) {
    for (const { servers } of racks) {
      for (const { name, row } of servers) {
        if (tenant(row) === "") continue;
        const state = textIn(row, "zirsakht_held") || "granted";
        const [group, address] = [textIn(row, "zirsakht_group"), addressOf(row)];
        if (state !== "granted") aside.push(`server ${name} is ${state}, and no longer to be adopted`);
        else if (group === "" || address === "")
          aside.push(`server ${name} has a tenant and no ${group === "" ? "zirsakht_group" : "primary IPv4 address"}`);
        else rows.push({ ...nothing, site, kind: "server", resource: name, messenger: tenant(row), group, address });
      }
    }
  }
  const groups = new Map(inventory.rows("vlanGroup").map((row) => [textIn(row, "name"), siteOfScope(row)]));
  for (const row of inventory.rows("vlan")) {
    const site = bySite.get(textIn(row, "site") || (groups.get(textIn(row, "group")) ?? ""));
    if (tenant(row) === "" || site === undefined || isResting(row)) continue;
    rows.push({ ...nothing, site, kind: "vlan", resource: textIn(row, "vid"), messenger: tenant(row) });
  }
  for (const row of inventory.rows("prefix")) {
    const site = bySite.get(siteOfScope(row));
    const resource = textIn(row, "prefix");
    if (tenant(row) === "" || site === undefined || isResting(row) || textIn(row, "status").toLowerCase() === "container") continue;
    if (!network.safeParse(resource).success) continue;
    const role = slugOf(textIn(row, "role"));
    const kind = prefixKinds.find((known) => known === role) ?? (role === "" && isPrivate(resource) ? "private" : undefined);
    if (kind) rows.push({ ...nothing, site, kind, resource, messenger: tenant(row), servers: wordsOf(textIn(row, "zirsakht_servers")) });
    else aside.push(`prefix ${resource} has a tenant, and no role private, vips or egress`);
  }
  return { rows, aside };
}

/** Whether it came back and rests. */
function isResting(row: Row): boolean {
  return textIn(row, "status").toLowerCase() === "deprecated";
}
