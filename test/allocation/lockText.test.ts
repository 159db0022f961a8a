import { emptyLockSite, serializeLock } from "../../lib/allocation/lockText";
import { type Lock, lockSchema } from "../../lib/request/lock";

const checksum = `sha256:${"0".repeat(64)}`;
const lock: Lock = {
  version: 1,
  asOf: "2026-11-24",
  horizon: "90d",
  coefficients: "1",
  sites: {
    thr1: {
      ...emptyLockSite(),
      servers: {
        "thr1-r09-s01": { address: "10.64.0.21", image: "node-1", since: "2026-11-24", state: "granted", group: "all", pool: true },
        "thr1-r01-s03": {
          messenger: "soroush",
          group: "compute",
          state: "detached",
          for: "erase",
          adopted: true,
          since: "2026-11-24",
          address: "10.64.8.11",
        },
      },
      images: { "node-1": { checksum, url: "https://images.example/node.qcow2" } },
      vlans: { "1004": { messenger: "soroush" }, "900": { pool: true } },
      private: { "10.64.8.0/21": { messenger: "soroush" }, "10.64.0.0/22": { pool: true }, "9.0.0.0/8": { messenger: "gap" } },
      egress: { "198.51.100.64/30": { servers: ["thr1-r01-s03", "thr1-r01-s03"], messenger: "soroush" } },
      bandwidth: { soroush: { groups: { object: 31_000, compute: 9000 }, ingressMbps: 12_000, egressMbps: 40_000 } },
      short: { bale: { since: "2026-11-24", cpu: 12 }, soroush: { since: "2026-11-24", groups: { object: 12 } } },
    },
    mhd1: emptyLockSite(),
  },
};

const text = `{
  "version": 1,
  "asOf": "2026-11-24",
  "horizon": "90d",
  "coefficients": "1",
  "sites": {
    "mhd1": {
      "servers": {},
      "images": {},
      "vlans": {},
      "private": {},
      "vips": {},
      "egress": {},
      "bandwidth": {},
      "quotas": {},
      "short": {},
      "quarantine": {
        "servers": {},
        "prefixes": {},
        "vlans": {}
      }
    },
    "thr1": {
      "servers": {
        "thr1-r01-s03": { "messenger": "soroush", "group": "compute", "state": "detached", "for": "erase", "adopted": true, "since": "2026-11-24", "address": "10.64.8.11" },
        "thr1-r09-s01": { "pool": true, "group": "all", "state": "granted", "since": "2026-11-24", "image": "node-1", "address": "10.64.0.21" }
      },
      "images": {
        "node-1": { "url": "https://images.example/node.qcow2", "checksum": "${checksum}" }
      },
      "vlans": {
        "900": { "pool": true },
        "1004": { "messenger": "soroush" }
      },
      "private": {
        "9.0.0.0/8": { "messenger": "gap" },
        "10.64.0.0/22": { "pool": true },
        "10.64.8.0/21": { "messenger": "soroush" }
      },
      "vips": {},
      "egress": {
        "198.51.100.64/30": { "messenger": "soroush", "servers": ["thr1-r01-s03", "thr1-r01-s03"] }
      },
      "bandwidth": {
        "soroush": { "egressMbps": 40000, "ingressMbps": 12000, "groups": { "compute": 9000, "object": 31000 } }
      },
      "quotas": {},
      "short": {
        "bale": { "cpu": 12, "since": "2026-11-24" },
        "soroush": { "groups": { "object": 12 }, "since": "2026-11-24" }
      },
      "quarantine": {
        "servers": {},
        "prefixes": {},
        "vlans": {}
      }
    }
  }
}
`;

test("one resource a line, keys in order, every section there", () => {
  expect(serializeLock(lock)).toBe(text);
});

test("what is written is read as it was, and written as it was", () => {
  const read = lockSchema.parse(JSON.parse(text));
  expect(read).toEqual(lock);
  expect(serializeLock(read)).toBe(text);
});

test("a lock without sites is one too", () => {
  expect(serializeLock({ ...lock, sites: {} })).toMatch(/"sites": \{\}\n\}\n$/);
});
