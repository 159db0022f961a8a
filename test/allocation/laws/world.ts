/** A small world in a few numbers, so that a counterexample reads and shrinks well, and the checked values it stands for. */
import type { Estate, Group, Rack, ServerClass, Site } from "../../../lib/request/estate";
import type { Messenger, Need } from "../../../lib/request/messenger";
import type { Demand, GroupDemand, GroupDemands, SiteDemand } from "../../../lib/sizing/demand";

/** A rack: its class by number in `classTable`, its servers, which of them are dead, and its uplink in Mbit/s. */
export interface RackSpec {
  readonly class: number;
  readonly servers: number;
  readonly uplink: number;
  readonly pool: boolean;
  readonly state: "up" | "ordered" | "dark";
  readonly dead: readonly number[];
}

/** A site: racks, uplink in Mbit/s, number of VLANs, lengths of its private and public prefixes. */
export interface SiteSpec {
  readonly racks: readonly RackSpec[];
  readonly uplink: number;
  readonly vlans: number;
  readonly private: number;
  readonly public: readonly number[];
}

/** A messenger; `groups` is the whole peak, which `shares` (per mille, by site) splits. */
export interface MessengerSpec {
  readonly focus: boolean;
  readonly needs: readonly Need[];
  readonly split: boolean;
  readonly survives: "rack" | "site";
  readonly state: "active" | "repurposed" | "retired" | "absent";
  readonly shares: Readonly<Record<number, number>>;
  readonly groups: Readonly<Record<Group, GroupDemand>>;
  readonly network: { readonly vips?: number; readonly private?: number; readonly egress?: number };
  readonly limits: Demand["limits"];
  readonly rf: number;
  readonly code: readonly [shards: number, parity: number];
}

/** An estate and its messengers. */
export interface World {
  readonly sites: readonly SiteSpec[];
  /** Order of the classes in the file, by number in `classTable`. */
  readonly classes: readonly number[];
  readonly reserve: { readonly threads: number; readonly memory: number };
  readonly headroom: { readonly uplink: number; readonly pool: number };
  readonly messengers: Readonly<Record<string, MessengerSpec>>;
}

export const siteNames = ["thr1", "mhd1", "isf1"] as const;
export const firstDay = "2026-11-24";

const part = (count: number, each: number): { count: number; each: number } => ({ count, each });
const serverClass = (threads: number, memoryGiB: number, rest: Partial<ServerClass> & Pick<ServerClass, "serves">): ServerClass => ({
  threads: threads * 1000,
  memory: memoryGiB * 1024,
  nic: part(2, 10_000),
  power: 500,
  rootDevice: {},
  ...rest,
});

/** Every kind of class: with and without NVMe and disks, for one group and for all. */
export const classTable: Readonly<Record<string, ServerClass>> = {
  general: serverClass(48, 384, { nvme: part(2, 3840), disks: part(4, 18_000), serves: ["compute", "database", "object", "all"] }),
  compute: serverClass(16, 64, { serves: ["compute"] }),
  flash: serverClass(16, 128, { nic: part(1, 10_000), nvme: part(4, 1920), serves: ["all", "object", "database", "compute"] }),
  object: serverClass(8, 32, { disks: part(12, 18_000), serves: ["object"] }),
  database: serverClass(16, 128, { nvme: part(2, 1920), serves: ["database"] }),
  small: serverClass(4, 24, {
    nic: part(1, 1000),
    nvme: part(1, 960),
    disks: part(1, 4000),
    serves: ["all", "compute", "database", "object"],
  }),
};
const classNames = Object.keys(classTable);
/** Classes that may stand in a pool rack. */
export const poolClasses = classNames.flatMap((name, index) => (classTable[name]?.serves.includes("all") ? [index] : []));

/** The day `days` after the first. */
export function day(days: number): string {
  return new Date(Date.parse(firstDay) + days * 86_400_000).toISOString().slice(0, 10);
}

function rackOf(spec: RackSpec, index: number): Rack {
  return {
    class: classNames[spec.class] ?? "general",
    servers: spec.servers,
    uplink: spec.uplink,
    power: 14_000,
    switch: { address: `10.0.${index}.1`, asn: 64_601 + index },
    pool: spec.pool,
    ...(spec.state === "ordered" ? { inService: day(60) } : {}),
    ...(spec.state === "dark" ? { outOfService: "no power" } : {}),
  };
}

const rackName = (index: number): string => `r${String(index + 1).padStart(2, "0")}`;

function siteOf(spec: SiteSpec, index: number): Site {
  const site = siteNames[index] ?? "";
  const dead = spec.racks.flatMap(({ dead, servers }, rack) =>
    dead
      .filter((number) => number <= servers)
      .map((number) => [`${site}-${rackName(rack)}-s${String(number).padStart(2, "0")}`, "memory errors"]),
  );
  return {
    name: { en: site, fa: site },
    context: site,
    uplink: spec.uplink,
    asn: 64_512 + index,
    private: `10.${64 + 16 * index}.0.0/${spec.private}`,
    public: spec.public.map((length, block) => `198.${18 + index}.${block}.0/${length}`),
    vlans: { first: 1000, last: 999 + spec.vlans },
    dns: ["10.0.0.53"],
    state: { local: {} },
    applies: "terraform",
    racks: Object.fromEntries(spec.racks.map((rack, number) => [rackName(number), rackOf(rack, number)])),
    outOfService: Object.fromEntries(dead) as Record<string, string>,
  };
}

/** The world's estate, as checked. */
export function estateOf(world: World): Estate {
  const name = { en: "Company", fa: "شرکت" };
  const image = { url: "https://images.example/node.qcow2", checksum: `sha256:${"0".repeat(64)}` };
  return {
    company: name,
    horizon: 90,
    headroom: world.headroom,
    quarantine: { servers: 14, prefixes: 30, vlans: 30 },
    reserve: world.reserve,
    addresses: { private: { base: 64, perServer: 4 }, vips: { own: 16, pool: 4 }, egress: { own: 4, pool: 2 } },
    image: "node-1",
    eraser: "eraser-1",
    images: { "node-1": image, "eraser-1": image },
    classes: Object.fromEntries(world.classes.flatMap((index) => Object.entries(classTable).slice(index, index + 1))),
    surges: [],
    sites: Object.fromEntries(world.sites.map((site, index) => [siteNames[index] ?? "", siteOf(site, index)])),
  };
}

/** The messengers of the world, as checked. */
export function messengersOf(world: World): Messenger[] {
  return Object.entries(world.messengers).map(([id, spec]) => ({
    messenger: id,
    name: { en: id, fa: id },
    tier: spec.focus ? "focus" : "on-request",
    audience: { registered: 1000, active: 500, source: "test" },
    needs: spec.focus ? ["hardware", "network", "cluster"] : [...spec.needs],
    stackClass: "B",
    profile: { tlsAtGateway: true },
    surges: [],
    placement: {
      sites: Object.fromEntries(Object.entries(spec.shares).map(([site, share]) => [siteNames[Number(site)] ?? "", share])),
      survives: spec.survives,
      layout: spec.split ? "split" : "converged",
    },
    network: spec.network,
    access: { admins: [], deployers: [], viewers: [] },
    lifecycle: { state: spec.state },
    growth: [],
    ...(spec.needs.includes("cluster") || spec.focus
      ? {}
      : { image: { name: `${id}-1`, url: `https://images.example/${id}.qcow2`, checksum: `sha256:${"1".repeat(64)}` } }),
  }));
}

const scaled = (amount: number, share: number): number => Math.ceil((amount * share) / 1000);

function groupsAt({ groups, split, needs, focus }: MessengerSpec, share: number, storageShare: number): GroupDemands {
  const names: readonly Group[] = split && (focus || needs.includes("hardware")) ? ["compute", "database", "object"] : ["all"];
  return Object.fromEntries(
    names.map((name): [Group, GroupDemand] => [
      name,
      {
        usedMilliThreads: scaled(groups[name].usedMilliThreads, share),
        usedMemoryMiB: scaled(groups[name].usedMemoryMiB, share),
        nvmeGB: scaled(groups[name].nvmeGB, storageShare),
        objectGB: scaled(groups[name].objectGB, storageShare),
        egressMbps: scaled(groups[name].egressMbps, share),
        ingressMbps: scaled(groups[name].ingressMbps, share),
      },
    ]),
  );
}

function siteDemand(spec: MessengerSpec, share: number): SiteDemand {
  if (share === 0 || spec.state === "retired" || spec.state === "absent") return { groups: {}, afterSiteLoss: {} };
  if (spec.survives === "rack") return { groups: groupsAt(spec, share, share), afterSiteLoss: {} };
  return { groups: groupsAt(spec, share, 1000), afterSiteLoss: groupsAt(spec, 1000, 1000) };
}

/** What the messengers need, as sizing would say it. */
export function demandsOf(world: World): Demand[] {
  return Object.entries(world.messengers).map(([id, spec]) => ({
    messenger: id,
    limits: spec.limits,
    rf: spec.rf,
    shards: spec.code[0],
    parity: spec.code[1],
    sites: Object.fromEntries(Object.entries(spec.shares).map(([site, share]) => [siteNames[Number(site)] ?? "", siteDemand(spec, share)])),
  }));
}
