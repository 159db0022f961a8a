/** A small estate and plain demands, so that a test of allocation says only what it is about. */
import { allocate } from "../../lib/allocation/allocate";
import type { Allocation, AllocationInput } from "../../lib/allocation/allocation";
import type { Estate, Group, Rack, ServerClass, Site } from "../../lib/request/estate";
import type { Lock, LockSite } from "../../lib/request/lock";
import type { Messenger } from "../../lib/request/messenger";
import type { Demand, GroupDemand, SiteDemand } from "../../lib/sizing/demand";

const image = { url: "https://images.example/node.qcow2", checksum: `sha256:${"0".repeat(64)}` };

/** Ten threads and 40 GiB, of which 8 and 32 may be planned with; 10 Gbit/s; 10 TB of NVMe and 100 TB of disks; serves everything. */
export const plainClass: ServerClass = {
  threads: 10_000,
  memory: 40 * 1024,
  nic: { count: 1, each: 10_000 },
  nvme: { count: 1, each: 10_000 },
  disks: { count: 1, each: 100_000 },
  power: 500,
  rootDevice: {},
  serves: ["compute", "database", "object", "all"],
};

/** A rack of 4 plain servers behind 100 Gbit/s. */
export function rack(change: Partial<Rack> = {}): Rack {
  return { class: "plain", servers: 4, uplink: 100_000, power: 9000, switch: { address: "10.0.1.1", asn: 64601 }, pool: false, ...change };
}

/** A site with these racks. */
export function site(racks: Readonly<Record<string, Rack>>, change: Partial<Site> = {}): Site {
  return {
    name: { en: "Site", fa: "سایت" },
    context: "site",
    uplink: 1_000_000,
    asn: 64512,
    private: "10.64.0.0/16",
    public: ["198.51.100.0/24"],
    vlans: { first: 1000, last: 1009 },
    dns: ["10.0.0.53"],
    state: { local: {} },
    applies: "terraform",
    racks: { ...racks },
    outOfService: {},
    ...change,
  };
}

/** An estate of these sites without headroom, so that figures stay round. */
export function estateOf(sites: Readonly<Record<string, Site>>, change: Partial<Estate> = {}): Estate {
  return {
    company: { en: "Company", fa: "شرکت" },
    horizon: 90,
    headroom: { uplink: 0, pool: 0 },
    quarantine: { servers: 14, prefixes: 30, vlans: 30 },
    reserve: { threads: 2000, memory: 8 * 1024 },
    addresses: { private: { base: 64, perServer: 4 }, vips: { own: 16, pool: 4 }, egress: { own: 4, pool: 2 } },
    image: "node-1",
    eraser: "eraser-1",
    images: { "node-1": image, "eraser-1": image },
    classes: { plain: plainClass },
    surges: [],
    sites: { ...sites },
    ...change,
  };
}

/** thr1 with four racks of four plain servers. */
export const fourRacks = (change: Partial<Rack> = {}): Estate =>
  estateOf({ thr1: site({ r01: rack(change), r02: rack(change), r03: rack(change), r04: rack(change) }) });

/** An active messenger at thr1 with own servers of one group, a network and a namespace. */
export function messengerOf(id: string, change: Partial<Messenger> = {}): Messenger {
  return {
    messenger: id,
    name: { en: id, fa: id },
    tier: "on-request",
    audience: { registered: 1000, active: 500, source: "test" },
    needs: ["hardware", "network", "cluster"],
    stackClass: "B",
    profile: { tlsAtGateway: true },
    surges: [],
    placement: { sites: { thr1: 1000 }, survives: "rack", layout: "converged" },
    network: {},
    access: { admins: [], deployers: [], viewers: [] },
    lifecycle: { state: "active" },
    growth: [],
    ...change,
  };
}

/** A group that uses these threads and nothing else. */
export function using(threads: number, change: Partial<GroupDemand> = {}): GroupDemand {
  return { usedMilliThreads: threads * 1000, usedMemoryMiB: 0, nvmeGB: 0, objectGB: 0, egressMbps: 0, ingressMbps: 0, ...change };
}

/** A demand at thr1; 60 % at peak, 80 % after a loss, ports 50 %; three replicas, 4 of 16 shards parity. */
export function demandOf(messenger: string, groups: Partial<Record<Group, GroupDemand>>, afterSiteLoss: SiteDemand["groups"] = {}): Demand {
  return {
    messenger,
    limits: { target: 600, degraded: 800, nic: 500 },
    rf: 3,
    shards: 16,
    parity: 4,
    sites: { thr1: { groups, afterSiteLoss } },
  };
}

/** Allocates on 2026-11-24. */
export function run(
  input: Omit<AllocationInput, "asOf" | "coefficients" | "lock"> & { lock?: Lock | undefined; asOf?: string },
): Allocation {
  return allocate({ asOf: "2026-11-24", coefficients: "1", lock: undefined, ...input });
}

/** The lines of thr1. */
export function thr1(lock: Lock): LockSite {
  const lines = lock.sites.thr1;
  if (!lines) throw new Error("the lock has no thr1");
  return lines;
}
