/** A small company for tests that deploy again and again: one site, a pool, and messengers that can be added one by one. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stringify } from "yaml";
import { runCli } from "./command";

const image = (name: string, digit: string) => ({ url: `https://images.example/${name}.qcow2`, checksum: `sha256:${digit.repeat(64)}` });
const rack = (number: number, more: object = {}) => ({
  class: "general-16",
  servers: 2,
  uplink: "80 Gbit/s",
  power: "9kW",
  switch: { address: `10.2.${number}.1`, asn: 64700 + number },
  ...more,
});

const estate = {
  company: { en: "Crash test", fa: "آزمون" },
  horizon: "90d",
  headroom: { uplink: "10%", pool: "10%" },
  quarantine: { servers: "14d", prefixes: "30d", vlans: "30d" },
  reserve: { threads: 2, memory: "8GiB" },
  image: "node-1",
  eraser: "eraser-1",
  images: { "node-1": image("node-1", "a"), "eraser-1": image("eraser-1", "b") },
  classes: {
    "general-16": {
      threads: 16,
      memory: "128GiB",
      nic: "2 x 25 Gbit/s",
      nvme: "2 x 7.68TB",
      disks: "4 x 18TB",
      power: "500W",
      rootDevice: { minSize: "400GB" },
      serves: ["compute", "database", "object", "all"],
    },
  },
  sites: {
    own1: {
      name: { en: "Own 1", fa: "یک" },
      context: "own1",
      uplink: "200 Gbit/s",
      asn: 64512,
      private: "10.96.0.0/12",
      public: ["203.0.113.0/24"],
      vlans: "100-199",
      dns: ["10.9.0.53"],
      state: { local: {} },
      applies: "terraform",
      bmc: { address: "redfish-virtualmedia://10.3.{rack}.{n}/redfish/v1/Systems/1", credentials: "bmc-{server}" },
      nics: [{ mac: "02:09:{rack:02x}:{n:02x}:00:00", port: "Ethernet{n}/1" }],
      racks: {
        ...Object.fromEntries([1, 2, 3, 4].map((number) => [`r0${number}`, rack(number, { pool: true })])),
        ...Object.fromEntries([5, 6, 7, 8].map((number) => [`r0${number}`, rack(number)])),
      },
    },
  },
};

function messenger(id: string, own: boolean): object {
  return {
    messenger: id,
    name: { en: id, fa: id },
    tier: "on-request",
    ...(own && { needs: ["hardware", "network", "cluster"] }),
    audience: { registered: "3k", active: "1k", source: "assumed" },
    placement: { sites: { own1: "100%" } },
    access: { admins: [`${id}-admins`], deployers: [`${id}-deployers`], viewers: [`${id}-viewers`] },
  };
}

/** Its files in a working folder, below `stacks`. */
export class Company {
  private readonly root: string;

  constructor(readonly workingFolder: string) {
    this.root = join(workingFolder, "stacks");
    mkdirSync(join(this.root, "messengers"), { recursive: true });
    writeFileSync(join(this.root, "estate.yaml"), stringify(estate));
    this.write("alborz", true);
    this.write("bam", false);
  }

  /** The lock's path. */
  get lock(): string {
    return join(this.root, "allocations.lock.json");
  }

  /** Adds a messenger that shares the pool; the lock does not know it yet. */
  write(id: string, own = false): void {
    writeFileSync(join(this.root, "messengers", `${id}.yaml`), stringify(messenger(id, own)));
  }

  /** Brings the lock up to date. */
  allocate(): Promise<unknown> {
    return runCli(this.workingFolder, ["allocate", "--as-of", "2026-11-24"]);
  }
}
