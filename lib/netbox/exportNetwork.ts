/** Tables of VLANs and prefixes: what sites have to give, and who holds what of it. */
import type { LockSite } from "../request/lock";
import { tenantOf, type EstateText, type ExportInput } from "./exportInput";
import { fieldCells, fieldColumns, type Table, type TableRow } from "./table";

/** The roles of what is held. */
const roles = ["private", "vips", "egress"] as const;
const scopeOf = (name: string): TableRow => ({ scope_type: "dcim.site", scope_name: name });
const groupOf = (site: string): string => `vlans-${site}`;

/** The tables, in the order in which NetBox must import them. */
export function networkTables({ text, lock }: ExportInput): Table[] {
  const sites = Object.entries(text.sites).map(([key, site]) => ({ key, name: site.name.en, site, lines: lock?.sites[key] }));
  return [
    {
      name: "vlan-groups",
      columns: ["name", "slug", "scope_type", "scope_name", "vid_ranges"],
      rows: sites.map(({ key, name, site }) => ({ name: groupOf(key), slug: groupOf(key), ...scopeOf(name), vid_ranges: site.vlans })),
    },
    {
      name: "vlans",
      columns: ["site", "group", "vid", "name", "tenant", "status", "description"],
      rows: sites.flatMap(({ key, name, lines }) => (lines ? vlanRows(key, name, lines) : [])),
    },
    { name: "prefix-roles", columns: ["name", "slug", "weight"], rows: roles.map((role) => ({ name: role, slug: role, weight: "1000" })) },
    {
      name: "prefixes",
      columns: [
        "prefix",
        "status",
        "role",
        "tenant",
        "scope_type",
        "scope_name",
        "vlan_site",
        "vlan",
        "description",
        ...fieldColumns("prefix"),
      ],
      rows: sites.flatMap(({ name, site, lines }) => [...containerRows(name, site), ...(lines ? prefixRows(name, lines) : [])]),
    },
  ];
}

function vlanRows(site: string, name: string, { vlans, quarantine }: LockSite): TableRow[] {
  const row = (vid: string) => ({ site: name, group: groupOf(site), vid });
  return [
    ...Object.entries(vlans).map(([vid, line]) => ({
      ...row(vid),
      name: `${tenantOf(line)}-${vid}`,
      tenant: tenantOf(line),
      status: "active",
    })),
    ...Object.entries(quarantine.vlans).map(([vid, { from, until }]) => ({
      ...row(vid),
      name: `quarantine-${vid}`,
      status: "deprecated",
      description: restWords(from, until),
    })),
  ];
}

function restWords(from: string, until: string): string {
  return `In quarantine until ${until}, given back by ${from}`;
}

function containerRows(name: string, { private: inner, public: outer }: EstateText["sites"][string]): TableRow[] {
  return [inner, ...outer].map((prefix) => ({ prefix, status: "container", ...scopeOf(name) }));
}

function prefixRows(name: string, lines: LockSite): TableRow[] {
  const vlanOf = (tenant: string): TableRow => {
    const [only, second] = Object.entries(lines.vlans).filter(([, line]) => tenantOf(line) === tenant);
    return only && !second ? { vlan_site: name, vlan: only[0] } : {};
  };
  const held = roles.flatMap((role) =>
    Object.entries(lines[role]).map(([prefix, line]) => {
      const tenant = tenantOf(line);
      return {
        prefix,
        status: "active",
        role,
        tenant,
        ...scopeOf(name),
        ...(role === "private" ? vlanOf(tenant) : {}),
        ...serversCell(line),
      };
    }),
  );
  const resting = Object.entries(lines.quarantine.prefixes).map(([prefix, { from, until }]) => ({
    prefix,
    status: "deprecated",
    ...scopeOf(name),
    description: restWords(from, until),
  }));
  return [...held, ...resting];
}

function serversCell(line: object): TableRow {
  return "servers" in line && Array.isArray(line.servers) ? fieldCells({ zirsakht_servers: line.servers.join(" ") }) : {};
}
