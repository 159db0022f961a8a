/** Grants for the shared estate and messengers: a lock with every kind of line, small enough to know by heart, and the request that goes with it. */
import { emptyLockSite } from "../../lib/allocation/lockText";
import { lockSchema, type Lock, type LockSite } from "../../lib/request/lock";
import type { AllocatedRequest } from "../../lib/request/allocated";
import { hostOf } from "../../lib/request/host";
import { sampleEstate, sampleMessenger } from "./estate";

const since = "2026-11-24";
const images = {
  "node-1": { url: "https://images.example/node-1.qcow2", checksum: `sha256:${"1".repeat(64)}` },
};
const own = (messenger: string, group: string, address: string, image = "node-1") => ({
  messenger,
  group,
  state: "granted",
  since,
  image,
  address,
});
const pooled = (address: string) => ({ pool: true, group: "all", state: "granted", since, image: "node-1", address });
const empty = emptyLockSite();

const thr1 = {
  ...empty,
  servers: {
    "thr1-r01-s01": own("soroush", "compute", "10.64.8.2"),
    "thr1-r01-s02": own("soroush", "compute", "10.64.8.3"),
    "thr1-r02-s01": own("soroush", "compute", "10.64.8.4"),
    "thr1-r04-s01": own("soroush", "database", "10.64.8.5"),
    "thr1-r08-s01": pooled("10.64.0.2"),
    "thr1-r09-s01": pooled("10.64.0.3"),
  },
  images,
  vlans: { "1000": { pool: true }, "1004": { messenger: "soroush" }, "1005": { messenger: "bale" } },
  private: { "10.64.0.0/22": { pool: true }, "10.64.8.0/24": { messenger: "soroush" }, "10.64.9.0/26": { messenger: "bale" } },
  vips: { "198.51.100.0/27": { messenger: "soroush" }, "198.51.100.32/30": { messenger: "bale" } },
  egress: {
    "198.51.100.64/30": { messenger: "soroush", servers: ["thr1-r01-s01", "thr1-r01-s02", "thr1-r02-s01", "thr1-r02-s01"] },
    "198.51.100.68/31": { messenger: "bale", servers: ["thr1-r08-s01", "thr1-r09-s01"] },
  },
  bandwidth: {
    soroush: { egressMbps: 10000, ingressMbps: 3000, groups: { compute: 2000, database: 500 } },
    bale: { egressMbps: 2000, ingressMbps: 500, groups: { all: 2000 } },
  },
  quotas: { bale: { cpu: 12, memoryGiB: 48, nvmeTiB: 1, objectTiB: 2 } },
};

const mhd1 = {
  ...empty,
  servers: {
    "mhd1-r01-s01": own("soroush", "compute", "10.80.8.2"),
    "mhd1-r04-s01": own("hodhod", "all", "10.80.9.2", "hodhod-7"),
    "mhd1-r08-s01": pooled("10.80.0.2"),
  },
  images: { ...images, "hodhod-7": { url: "https://images.example/hodhod-7.qcow2", checksum: `sha256:${"7".repeat(64)}` } },
  vlans: { "2000": { pool: true }, "2001": { messenger: "soroush" }, "2002": { messenger: "hodhod" } },
  private: { "10.80.0.0/22": { pool: true }, "10.80.8.0/26": { messenger: "soroush" }, "10.80.9.0/26": { messenger: "hodhod" } },
  bandwidth: { soroush: { egressMbps: 4000, ingressMbps: 1000, groups: { compute: 1000 } } },
};

/** The lock; `change` edits its value before it is checked. */
export function grantedLock(change: (sites: { thr1: LockSite; mhd1: LockSite }) => void = () => undefined): Lock {
  const lock = lockSchema.parse({ version: 1, asOf: since, horizon: "90d", coefficients: "1", sites: structuredClone({ thr1, mhd1 }) });
  const { thr1: first, mhd1: second } = lock.sites;
  if (first && second) change({ thr1: first, mhd1: second });
  return lockSchema.parse(lock);
}

/** The shared estate and messengers with this lock; `changes` replace parts of it. */
export function grantedRequest(changes: Partial<AllocatedRequest> = {}): AllocatedRequest {
  const estate = changes.estate ?? sampleEstate();
  return {
    estate,
    messengers: [sampleMessenger("bale"), sampleMessenger("hodhod"), sampleMessenger("soroush")],
    lock: grantedLock(),
    host: (server) => hostOf(estate, () => new Map(), server),
    ...changes,
  };
}
