/** A made-up country, the same every time: an estate and its messengers as files, of any size. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stringify } from "yaml";

/** Focus: own servers, split by group. Own: own servers of one kind. Pool: a namespace in the site's pool, and a network. */
export type Kind = "focus" | "own" | "pool";

export interface FleetSize {
  readonly messengers: number;
  /** At most 8: the benchmark range of RFC 2544, 198.18.0.0/15, is cut into so many public networks. */
  readonly sites: number;
  /** Of each site, at most 250; the first four are the pool. */
  readonly racks: number;
  /** What the messenger with this number is. */
  readonly kind: (index: number) => Kind;
}

export const serversPerRack = 40;
const image = (name: string, digit: string) => ({ url: `https://images.example/${name}.qcow2`, checksum: `sha256:${digit.repeat(64)}` });

function site(index: number, racks: number): object {
  return {
    name: { en: `Site ${index}`, fa: `سایت ${index}` },
    context: `s${index}`,
    uplink: "40 Tbit/s",
    asn: 64512 + index,
    private: `10.${16 * index}.0.0/12`,
    public: [`198.${18 + (index >> 2)}.${64 * (index & 3)}.0/18`],
    vlans: "2-4001",
    dns: ["172.16.0.53"],
    state: { local: {} },
    applies: "terraform",
    bmc: { address: `redfish-virtualmedia://172.${20 + index}.{rack}.{n}/redfish/v1/Systems/1`, credentials: "bmc-{server}" },
    nics: [0, 1].map((port) => ({ mac: `02:0${index}:{rack:02x}:{n:02x}:00:0${port}`, port: `Ethernet{n}/${port}` })),
    racks: Object.fromEntries(
      Array.from({ length: racks }, (_, rack) => [
        `r${String(rack).padStart(3, "0")}`,
        {
          class: "general-48",
          servers: serversPerRack,
          uplink: "800 Gbit/s",
          power: "28kW",
          switch: { address: `172.16.${index + 1}.${rack}`, asn: 4200000000 + 1000 * index + rack },
          ...(rack < 4 ? { pool: true } : {}),
        },
      ]),
    ),
  };
}

function estate({ sites, racks }: FleetSize): object {
  return {
    company: { en: "Benchmark", fa: "آزمون" },
    horizon: "90d",
    headroom: { uplink: "10%", pool: "10%" },
    quarantine: { servers: "14d", prefixes: "30d", vlans: "30d" },
    reserve: { threads: 2, memory: "16GiB" },
    image: "node-1",
    eraser: "eraser-1",
    images: { "node-1": image("node-1", "a"), "eraser-1": image("eraser-1", "b") },
    classes: {
      "general-48": {
        threads: 48,
        memory: "384GiB",
        nic: "2 x 25 Gbit/s",
        nvme: "2 x 7.68TB",
        disks: "4 x 18TB",
        power: "700W",
        rootDevice: { minSize: "400GB" },
        serves: ["compute", "database", "object", "all"],
      },
    },
    sites: Object.fromEntries(Array.from({ length: sites }, (_, index) => [`s${index}`, site(index, racks)])),
  };
}

/** From the least to the most active users of a kind; more than a country has, so that a large estate is really given away. */
const active: Readonly<Record<Kind, readonly [number, number]>> = {
  focus: [10_000_000, 60_000_000],
  own: [50_000, 400_000],
  pool: [2_000, 20_000],
};

/** The id of the messenger with this number. */
export const idOf = (index: number) => `m${String(index).padStart(4, "0")}`;

function messenger(index: number, { sites, kind }: FleetSize): object {
  const id = idOf(index);
  const [least, most] = active[kind(index)];
  // Any spread will do, as long as it is the same every time.
  const users = least + Math.round(((most - least) * ((index * 7919) % 100)) / 100);
  return {
    messenger: id,
    name: { en: `Messenger ${index}`, fa: `پیام‌رسان ${index}` },
    tier: kind(index) === "focus" ? "focus" : "on-request",
    audience: { registered: 2 * users, active: users, source: "made up" },
    ...(kind(index) === "focus" ? {} : { needs: [...(kind(index) === "own" ? ["hardware"] : []), "network", "cluster"] }),
    profile: { channels: [{ subscribers: Math.round(users / 5), postsPerDay: 10, mediaShare: "25%" }] },
    growth: { "2027-01-15": Math.round(1.1 * users) },
    // Five at a time, so that every site gets every kind.
    placement: { sites: { [`s${Math.floor(index / 5) % sites}`]: "100%" } },
    access: { admins: [`${id}-admins`], deployers: [`${id}-deployers`], viewers: [`${id}-viewers`] },
  };
}

/** Writes the messenger with this number as its file, with `change` over it. */
export function writeMessenger(root: string, index: number, size: FleetSize, change: object = {}): void {
  writeFileSync(join(root, "messengers", `${idOf(index)}.yaml`), stringify({ ...messenger(index, size), ...change }));
}

/** Makes a folder with estate.yaml and messengers/ in `stacks`; the lock is `allocate`'s. Remove it afterwards. */
export function makeFleet(size: FleetSize): { readonly root: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), "zirsakht-bench-"));
  const root = join(folder, "stacks");
  mkdirSync(join(root, "messengers"), { recursive: true });
  writeFileSync(join(root, "estate.yaml"), stringify(estate(size)));
  for (let index = 0; index < size.messengers; index++) writeMessenger(root, index, size);
  return { root, remove: () => rmSync(folder, { recursive: true }) };
}

/** As `makeFleet`, for `use`, and removes it afterwards. What runs meanwhile remembers in `cacheOf` the fleet, not in the user's cache. */
export function withFleet<Result>(size: FleetSize, use: (root: string) => Result): Result {
  const { root, remove } = makeFleet(size);
  const { XDG_CACHE_HOME: before } = process.env;
  process.env.XDG_CACHE_HOME = cacheOf(root);
  try {
    return use(root);
  } finally {
    if (before === undefined) delete process.env.XDG_CACHE_HOME;
    else process.env.XDG_CACHE_HOME = before;
    remove();
  }
}

/** Where a fleet's runs remember; whoever removes it begins from nothing. */
export const cacheOf = (root: string): string => join(root, "../cache");
