/** What each messenger, and the pool, gains or gives back, line by line of the lock. */
import { emptyGrant, grantsAt, poolHolder, type Grant } from "../allocation/grant";
import type { SiteNeed } from "../allocation/need";
import { addressesIn } from "../allocation/network";
import { groupNames, type Group } from "../request/estate";
import type { ServerState } from "../request/lock";
import type { Path } from "../request/source";
import type { Ground } from "./ground";
import type { GrantChange } from "./report";

/** A change of a grant with what its causes are looked for by. */
export interface GrantRow {
  readonly change: Omit<GrantChange, "causes">;
  /** What of a messenger's need it follows. */
  readonly need: (need: SiteNeed | undefined) => unknown;
  /** Where it stands in the lock. */
  readonly path: Path;
}

/** One resource of a grant: how much it is, and by which keys of the lock. */
interface Resource {
  readonly name: string;
  readonly unit: string;
  readonly amount: (grant: Grant) => number;
  /** Keys of the lock's section. @default none: it is a figure */
  readonly keys?: (grant: Grant) => readonly string[];
  readonly need: GrantRow["need"];
  /** The section, and the key where there are no keys. */
  readonly path: (holder: string) => Path;
}

function serversOf(group: Group, state: ServerState): Resource {
  const keys = ({ servers }: Grant): string[] =>
    servers.filter((each) => each.group === group && each.state === state).map(({ name }) => name);
  return {
    name: state === "granted" ? `${group} servers` : `${state} ${group} servers`,
    unit: "servers",
    amount: (grant) => keys(grant).length,
    keys,
    need: (need) => need?.groups.get(group),
    path: () => ["servers"],
  };
}

const states: readonly ServerState[] = ["granted", "draining", "erasing", "rolling", "detached"];
const prefixes = (name: string, section: "private" | "vips", need: GrantRow["need"]): Resource => ({
  name,
  unit: "addresses",
  amount: (grant) => addressesIn(grant[section]),
  keys: (grant) => grant[section],
  need,
  path: () => [section],
});
const quotas = [
  ["cpu", "threads of the pool", "threads"],
  ["memoryGiB", "memory of the pool", "GiB"],
  ["nvmeTiB", "NVMe of the pool", "TiB"],
  ["objectTiB", "object storage of the pool", "TiB"],
] as const;

const resources: readonly Resource[] = [
  ...groupNames.flatMap((group) => states.map((state) => serversOf(group, state))),
  {
    name: "VLANs",
    unit: "VLANs",
    amount: ({ vlans }) => vlans.length,
    keys: ({ vlans }) => vlans.map(String),
    need: (need) => need?.network,
    path: () => ["vlans"],
  },
  // So many for each server: what moves the groups moves them too.
  prefixes("private addresses", "private", (need) => [
    need?.network,
    need?.privateAddresses(0),
    need?.privateAddresses(1),
    ...(need?.groups ?? []),
  ]),
  prefixes("public addresses of services", "vips", (need) => need?.vips),
  {
    name: "public addresses of outgoing traffic",
    unit: "addresses",
    amount: ({ egress }) => addressesIn(egress.map(({ prefix }) => prefix)),
    keys: ({ egress }) => egress.map(({ prefix }) => prefix),
    need: (need) => need?.egress,
    path: () => ["egress"],
  },
  ...(["egressMbps", "ingressMbps"] as const).map((key): Resource => ({
    name: key === "egressMbps" ? "bandwidth out" : "bandwidth in",
    unit: "Mbit/s",
    amount: ({ bandwidth }) => bandwidth?.[key] ?? 0,
    need: (need) => need?.bandwidth?.[key],
    path: (holder) => ["bandwidth", holder, key],
  })),
  ...quotas.map(([key, name, unit]): Resource => ({
    name,
    unit,
    amount: ({ quota }) => quota?.[key] ?? 0,
    need: (need) => need?.pool?.quota[key],
    path: (holder) => ["quotas", holder, key],
  })),
];

function rowsAt(before: Grant, after: Grant): GrantRow[] {
  return resources.flatMap((resource): GrantRow[] => {
    const [then, now] = [resource.keys?.(before) ?? [], resource.keys?.(after) ?? []];
    const added = now.filter((key) => !then.includes(key));
    const removed = then.filter((key) => !now.includes(key));
    const [amountBefore, amountAfter] = [resource.amount(before), resource.amount(after)];
    if (amountBefore === amountAfter && added.length + removed.length === 0) return [];
    const { holder, site } = after;
    const [key] = added;
    return [
      {
        change: {
          messenger: holder,
          site,
          resource: resource.name,
          before: amountBefore,
          after: amountAfter,
          unit: resource.unit,
          added,
          removed,
        },
        need: resource.need,
        path: ["sites", site, ...resource.path(holder), ...(resource.keys && key !== undefined ? [key] : [])],
      },
    ];
  });
}

/** The lines of two sides' locks that differ: messengers by id, the pool last, each by site. @param among the sites to look at */
export function grantRows(base: Ground, head: Ground, among: ReadonlySet<string>): GrantRow[] {
  const sites = [...among].sort();
  const rows = sites.flatMap((site) => {
    const before = new Map(grantsAt(base.estate, base.lock, site).map((grant) => [grant.holder, grant]));
    const after = new Map(grantsAt(head.estate, head.lock, site).map((grant) => [grant.holder, grant]));
    return [...new Set([...before.keys(), ...after.keys()])].flatMap((holder) =>
      rowsAt(before.get(holder) ?? emptyGrant(holder, site), after.get(holder) ?? emptyGrant(holder, site)),
    );
  });
  const rank = ({ change: { messenger } }: GrantRow): string => (messenger === poolHolder ? "\uffff" : messenger);
  return rows.sort((a, b) => (rank(a) < rank(b) ? -1 : rank(a) > rank(b) ? 1 : 0));
}
