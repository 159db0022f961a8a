/** What NetBox says that messengers hold, in the form of `adopt`: tenants of servers, VLANs and prefixes. */
import type { AdoptedRow } from "../allocation/adoption";
import { render } from "../request/issues";
import { messengerId, network } from "../request/words";
import { wordsOf } from "./entry";
import { isPrivate, siteOfScope } from "./estateEntries";
import { addressOf } from "./hostEntries";
import type { Inventory } from "./inventory";
import { grouped, slugOf, someOf, textIn, type Row } from "./row";

/** The rows, in order of sites, and in words what could not be told. */
export interface Holdings {
  readonly rows: readonly AdoptedRow[];
  readonly aside: readonly string[];
}

/** What has a tenant and is not adopted, and why. */
interface Untold {
  readonly thing: "server" | "VLAN" | "prefix";
  readonly name: string;
  readonly verb: "has" | "is";
  readonly why: string;
}

const prefixKinds = ["private", "vips", "egress"] as const;
const nothing = { group: "", address: "", servers: [] };

/** Gathers both. */
class Finder {
  readonly rows: AdoptedRow[] = [];
  readonly untold: Untold[] = [];
  private readonly sites: ReadonlyMap<string, string>;

  constructor(private readonly inventory: Inventory) {
    this.sites = new Map(inventory.sites.map((site) => [textIn(site.row, "name"), site.key]));
  }

  /** The messenger that holds a thing; nothing where nobody does, or where the tenant's name gives no id. */
  private holderOf(row: Row, thing: Untold["thing"], name: string): string | undefined {
    const tenant = textIn(row, "tenant");
    if (tenant === "") return undefined;
    const id = slugOf(tenant);
    if (messengerId.safeParse(id).success) return id;
    this.leave(thing, name, "has", `the tenant ${render(tenant)}, whose name in lower case with hyphens is no messenger's id`);
    return undefined;
  }

  private leave(thing: Untold["thing"], name: string, verb: Untold["verb"], why: string): void {
    this.untold.push({ thing, name, verb, why });
  }

  servers(): void {
    for (const { key: site, racks } of this.inventory.sites) {
      for (const { name, row } of racks.flatMap(({ servers }) => servers)) {
        const messenger = this.holderOf(row, "server", name);
        if (messenger === undefined) continue;
        const state = textIn(row, "zirsakht_held") || "granted";
        const [group, address] = [textIn(row, "zirsakht_group"), addressOf(row)];
        if (state !== "granted") this.leave("server", name, "is", `${state}, and no longer to be adopted`);
        else if (group === "" || address === "")
          this.leave("server", name, "has", `a tenant and no ${group === "" ? "zirsakht_group" : "primary IPv4 address"}`);
        else this.rows.push({ ...nothing, site, kind: "server", resource: name, messenger, group, address });
      }
    }
  }

  vlans(): void {
    const groups = grouped(this.inventory.rows("vlanGroup"), (row) => textIn(row, "name"));
    /** NetBox lets groups of several sites have one name, and tells them by their ids. */
    const siteOf = (row: Row): string => {
      const own = textIn(row, "site");
      if (own !== "") return own;
      const id = textIn(row, "group_id");
      const named = groups.get(textIn(row, "group")) ?? [];
      const meant = named.filter((group) => id === "" || textIn(group, "id") === "" || textIn(group, "id") === id);
      const [site = "", another] = [...new Set(meant.map(siteOfScope))];
      return another === undefined ? site : "";
    };
    for (const row of this.inventory.rows("vlan")) {
      const resource = textIn(row, "vid");
      const messenger = isResting(row) ? undefined : this.holderOf(row, "VLAN", resource);
      if (messenger === undefined) continue;
      const site = this.sites.get(siteOf(row));
      if (site === undefined) this.leave("VLAN", resource, "has", "a tenant, and neither a site of the estate nor a group with one");
      else this.rows.push({ ...nothing, site, kind: "vlan", resource, messenger });
    }
  }

  prefixes(): void {
    for (const row of this.inventory.rows("prefix")) {
      const resource = textIn(row, "prefix");
      // An IPv6 one is told of with all its like.
      if (isResting(row) || textIn(row, "status").toLowerCase() === "container" || !network.safeParse(resource).success) continue;
      const messenger = this.holderOf(row, "prefix", resource);
      if (messenger === undefined) continue;
      const site = this.sites.get(siteOfScope(row));
      const role = slugOf(textIn(row, "role"));
      const kind = prefixKinds.find((known) => known === role) ?? (role === "" && isPrivate(resource) ? "private" : undefined);
      if (site === undefined) this.leave("prefix", resource, "has", "a tenant, and no site of the estate as scope");
      else if (!kind) this.leave("prefix", resource, "has", "a tenant, and no role private, vips or egress");
      else this.rows.push({ ...nothing, site, kind, resource, messenger, servers: wordsOf(textIn(row, "zirsakht_servers")) });
    }
  }
}

/** Finds them. A prefix's role says its kind; without a role a private one is `private`. */
export function holdingsOf(inventory: Inventory): Holdings {
  const finder = new Finder(inventory);
  finder.servers();
  finder.vlans();
  finder.prefixes();
  const alike = grouped(finder.untold, ({ thing, verb, why }) => [thing, verb, why].join("\n"));
  return { rows: finder.rows, aside: [...alike.values()].map(untoldWords) };
}

/** In words what is left aside for one reason. */
function untoldWords(alike: readonly Untold[]): string {
  const [first] = alike;
  if (!first) return "";
  const { thing, name, verb, why } = first;
  if (alike.length === 1) return `${thing} ${name} ${verb} ${why}`;
  const plural = { server: "servers", VLAN: "VLANs", prefix: "prefixes" }[thing];
  return `${String(alike.length)} ${plural} (${someOf(alike.map((one) => one.name))}) ${verb === "has" ? "have" : "are"} ${why}`;
}

/** Whether it came back and rests. */
function isResting(row: Row): boolean {
  return textIn(row, "status").toLowerCase() === "deprecated";
}
