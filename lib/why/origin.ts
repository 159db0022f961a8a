/** What an object of a stack comes from, where that is no need in figures: the toolkit itself, a key of a file, or what its holder holds. */
import type { Grant } from "../allocation/grant";
import { privateNetworks } from "../network/privateNetworks";
import type { Path } from "../request/source";
import type { StackPlan } from "../stacks/app";
import { placingKeys } from "./subject";

export interface Origin {
  /** Why it is there, in a sentence without a full stop. */
  readonly because: string;
  /** What of its holder's it is made of, by the names by which people ask. @default nothing */
  readonly held?: readonly string[];
  /** Keys of the messenger's file. @default none */
  readonly keys?: readonly Path[];
  /** Keys of the estate. @default none */
  readonly estate?: readonly Path[];
}

type MessengerProps = Extract<StackPlan, { readonly messenger: unknown }>["messenger"];
type SiteProps = Extract<StackPlan, { readonly site: unknown }>["site"];

/** The construct ids of an object, a pattern with its parts, and what it comes from. */
type Row<Props> = readonly [ids: RegExp, origin: (props: Props, ...parts: string[]) => Origin];

const always = "the toolkit makes it for every messenger with the need cluster";
const addressKey = (key: string): readonly Path[] => [["network", key], ...placingKeys];

const vlansOf = ({ site, vlans }: Grant): string[] => vlans.map((vlan) => `${site}/${String(vlan)}`);

const ofMessenger: readonly Row<MessengerProps>[] = [
  [
    /^namespace$/,
    () => ({ because: `${always}; its labels and annotations are keys of the file`, keys: [["name"], ["lifecycle"], ...placingKeys] }),
  ],
  [
    /^(?:limits|isolation_(?:default-deny|dns|within-namespace))$/,
    () => ({ because: `${always}, and the same for each`, keys: placingKeys }),
  ],
  [
    /^isolation_from-load-balancers$/,
    ({ grant }) => ({
      because: `${grant.holder} holds public addresses of services, whose clients are let in`,
      held: grant.vips,
      keys: addressKey("vips"),
    }),
  ],
  [
    /^isolation_egress$/,
    ({ estate }) => {
      const left = privateNetworks(estate);
      return {
        because: `the toolkit makes it for every messenger with the needs cluster and network; it leaves out private networks: ${left.join(", ")}`,
        keys: placingKeys,
        estate: Object.entries(estate.sites).flatMap(([site, { private: own }]) =>
          left.includes(own) ? [["sites", site, "private"]] : [],
        ),
      };
    },
  ],
  [/^access_account$/, () => ({ because: `${always}, until it is retired`, keys: placingKeys })],
  [
    /^access_role-/,
    () => ({ because: `${always}, until it is retired; its rules are the toolkit's own, the same for each`, keys: placingKeys }),
  ],
  [
    /^access_binding-(admin|deployer|viewer)$/,
    (_, role = "") => ({
      because: `the file says which groups are ${role}s${role === "deployer" ? "; the messenger's own ServiceAccount is one too" : ""}`,
      keys: [["access", `${role}s`], ...placingKeys],
    }),
  ],
  [
    /^addresses(?:_advertisement)?$/,
    ({ grant }) => ({ because: `${grant.holder} holds public addresses of services`, held: grant.vips, keys: addressKey("vips") }),
  ],
  [
    /^egress$/,
    ({ grant }) => ({
      because: `${grant.holder} holds public addresses of outgoing traffic`,
      held: grant.egress.map(({ prefix }) => prefix),
      keys: addressKey("egress"),
    }),
  ],
  [
    /^attachment$/,
    ({ grant }) => ({
      because: `pods of ${grant.holder} run on the pool's nodes, and reach its own VLAN by this`,
      held: [...vlansOf(grant), ...grant.private],
      keys: addressKey("private"),
    }),
  ],
];

const everySite = ({ site }: SiteProps): Origin => ({
  because: "the toolkit makes it at every site of the estate",
  estate: [["sites", site]],
});

const ofSite: readonly Row<SiteProps>[] = [
  [/^(?:hardware-namespace|priority_|policy_)/, everySite],
  [
    /^peer_(.+)$/,
    ({ site }, rack = "") => ({
      because: "every rack has one, for its switch",
      estate: [
        ["sites", site, "racks", rack],
        ["sites", site, "asn"],
      ],
    }),
  ],
  [
    /^bandwidth$/,
    ({ site, pool }) => ({
      because: "the pool's servers offer so much bandwidth each: the smaller of their NIC and their share of the rack's uplink",
      held: pool.servers.map(({ name }) => name),
      estate: [
        ["headroom", "uplink"],
        ["sites", site, "racks"],
      ],
    }),
  ],
];

/** The Secrets that hosts read. */
const ofHosts: readonly Row<Grant>[] = [
  [
    /^hosts_metadata_erasing$/,
    ({ servers }) => ({
      because: "servers that are being erased are told nothing, so that they do not join",
      held: servers.flatMap(({ name, state }) => (state === "erasing" ? name : [])),
    }),
  ],
  [
    /^hosts_metadata_(.+)-([a-z]+)$/,
    ({ servers }, rack, group = "") => ({
      because: "its servers of this rack and group are told so who they are when they start",
      held: servers.flatMap((server) => (server.rack === rack && server.group === group ? server.name : [])),
    }),
  ],
  [
    /^hosts_network_(.+)$/,
    (grant, server = "") => ({
      because: "the server is told so how it is wired when it starts",
      held: [server, ...vlansOf(grant), ...grant.private],
      estate: [["sites", grant.site, "dns"]],
    }),
  ],
];

function found<Props>(rows: readonly Row<Props>[], props: Props, ids: string): Origin | undefined {
  for (const [pattern, origin] of rows) {
    const match = pattern.exec(ids);
    if (match) return origin(props, ...match.slice(1));
  }
  return undefined;
}

/** What the object at an address comes from; nothing where it follows a need in figures, as a quota or a host, or is not the toolkit's own. */
export function originOf(plan: StackPlan, address: string): Origin | undefined {
  const ids = address.slice(address.indexOf(".") + 1);
  return "site" in plan
    ? (found(ofSite, plan.site, ids) ?? found(ofHosts, plan.site.pool, ids))
    : (found(ofMessenger, plan.messenger, ids) ?? found(ofHosts, plan.messenger.grant, ids));
}
