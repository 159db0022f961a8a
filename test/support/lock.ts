/** A lock that fits the shared files: soroush has a server at each site, bale a share of the pool, hodhod a bare host. */
import { lockSchema, type Lock } from "../../lib/request/lock";

const since = "2026-11-24";
const server = (holder: { messenger: string } | { pool: true }, group: string, address: string, image = "node-1") => ({
  ...holder,
  group,
  state: "granted",
  since,
  image,
  address,
});
const image = (name: string, digit: string) => ({
  [name]: { url: `https://images.example/${name}.qcow2`, checksum: `sha256:${digit.repeat(64)}` },
});
const soroush = { messenger: "soroush" };
const pool: { pool: true } = { pool: true };

/** The lock as JSON gives it; `change` edits it before it is checked. It is no answer of `allocate`: demand is not covered. */
export function sampleLock(change: (lock: Lock) => void = () => undefined): Lock {
  const none = { bandwidth: {}, quotas: {}, short: {}, quarantine: { servers: {}, prefixes: {}, vlans: {} } };
  const lock = lockSchema.parse({
    version: 1,
    asOf: since,
    horizon: "90d",
    coefficients: "1",
    sites: {
      mhd1: {
        ...none,
        servers: {
          "mhd1-r01-s01": server({ messenger: "hodhod" }, "all", "10.80.8.11", "hodhod-7"),
          "mhd1-r02-s01": server(soroush, "compute", "10.80.4.11"),
        },
        images: { ...image("hodhod-7", "7"), ...image("node-1", "1") },
        vlans: { "2001": soroush, "2002": { messenger: "hodhod" } },
        private: { "10.80.4.0/24": soroush, "10.80.8.0/24": { messenger: "hodhod" } },
        vips: { "203.0.113.0/27": soroush },
        egress: { "203.0.113.32/30": { messenger: "soroush", servers: ["mhd1-r02-s01"] } },
      },
      thr1: {
        ...none,
        servers: {
          "thr1-r01-s02": server(soroush, "compute", "10.64.4.11"),
          "thr1-r08-s01": server(pool, "all", "10.64.0.11"),
          "thr1-r09-s01": server(pool, "all", "10.64.0.12"),
        },
        images: image("node-1", "1"),
        vlans: { "1000": pool, "1001": soroush, "1002": { messenger: "bale" } },
        private: { "10.64.0.0/24": pool, "10.64.4.0/24": soroush, "10.64.8.0/26": { messenger: "bale" } },
        vips: { "198.51.100.0/27": soroush, "198.51.100.32/30": { messenger: "bale" } },
        egress: {
          "198.51.100.64/30": { messenger: "soroush", servers: ["thr1-r01-s02"] },
          "198.51.100.68/31": { messenger: "bale", servers: ["thr1-r08-s01", "thr1-r09-s01"] },
        },
        bandwidth: { soroush: { egressMbps: 4000, ingressMbps: 1000, groups: { compute: 1000, object: 3000 } } },
        quotas: { bale: { cpu: 64, memoryGiB: 256, nvmeTiB: 3, objectTiB: 6 } },
      },
    },
  });
  change(lock);
  return lock;
}
