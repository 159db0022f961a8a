/** The company's file: what it has, site by site, and the numbers of its policy. All quantities are integers (see units.ts). */
import { z } from "zod";
import { bandwidth, count, date, days, drives, memory, ports, power, share, storage } from "./units";

/** Servers that serve some roles together. */
export const groupNames = ["compute", "database", "object", "all"] as const;
export type Group = (typeof groupNames)[number];

const name = z.strictObject({ en: z.string().min(1), fa: z.string().min(1) });
const key = z.string().regex(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/);
const version = z.string().regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/);
const network = z.cidrv4();
const image = z.strictObject({ url: z.url(), checksum: z.string().regex(/^sha256:[0-9a-f]{64}$/) });

const serverClass = z.strictObject({
  threads: z.number().int().positive().transform((threads) => threads * 1000),
  memory,
  nic: ports,
  nvme: drives.optional(),
  disks: drives.optional(),
  power,
  rootDevice: z.strictObject({
    minSize: storage.optional(),
    rotational: z.boolean().optional(),
    deviceName: z.string().optional(),
    model: z.string().optional(),
    vendor: z.string().optional(),
    serialNumber: z.string().optional(),
    wwn: z.string().optional(),
  }),
  serves: z.array(z.enum(groupNames)).min(1),
});

const rack = z.strictObject({
  class: key,
  servers: z.number().int().min(1).max(99),
  uplink: bandwidth,
  power,
  switch: z.strictObject({ address: z.ipv4(), asn: z.number().int().min(1).max(4294967295) }),
  pool: z.boolean().default(false),
  inService: date.optional(),
  outOfService: z.string().min(1).optional(),
});

/** `{server}`, `{site}`, and the rack's and server's numbers as `{rack}`, `{n}` (decimal) or `{rack:02x}`, `{n:02x}` (two hexadecimal digits). */
const pattern = z.string().min(1);

const state = z.union([
  z.strictObject({ local: z.strictObject({ path: z.string().optional() }) }),
  z.strictObject({ kubernetes: z.strictObject({ namespace: z.string().optional(), context: z.string().optional() }) }),
  z.strictObject({ pg: z.strictObject({ schema: z.string().optional() }) }),
  z.strictObject({ s3: z.strictObject({ bucket: z.string(), region: z.string(), endpoint: z.url().optional(), prefix: z.string().optional() }) }),
  z.strictObject({ http: z.strictObject({ address: z.url() }) }),
]);

const site = z.strictObject({
  name,
  city: z.string().optional(),
  context: z.string().min(1),
  uplink: bandwidth,
  asn: z.number().int().min(1).max(4294967295),
  private: network,
  public: z.array(network).min(1),
  vlans: z.string().regex(/^\d{1,4}-\d{1,4}$/).transform((text) => {
    const [first = 0, last = 0] = text.split("-").map(Number);
    return { first, last };
  }),
  dns: z.array(z.ipv4()).min(1),
  state,
  applies: z.enum(["terraform", "gitops"]),
  bmc: z.strictObject({ address: pattern, credentials: pattern }).optional(),
  nics: z.array(z.strictObject({ mac: pattern, port: pattern })).min(1).optional(),
  hosts: z.string().regex(/\.csv$/).optional(),
  racks: z.record(key, rack),
  outOfService: z.record(z.string(), z.string().min(1)).default({}),
});

/** The estate's file, as written (input) and as checked (output). */
export const estateSchema = z.strictObject({
  company: name,
  horizon: days,
  headroom: z.strictObject({ uplink: share, pool: share }),
  quarantine: z.strictObject({ servers: days, prefixes: days, vlans: days }),
  reserve: z.strictObject({ threads: z.number().int().nonnegative().transform((threads) => threads * 1000), memory }),
  addresses: z
    .strictObject({
      private: z.strictObject({ base: count, perServer: count }).default({ base: 64, perServer: 4 }),
      vips: z.strictObject({ own: count, pool: count }).default({ own: 16, pool: 4 }),
      egress: z.strictObject({ own: count, pool: count }).default({ own: 4, pool: 2 }),
    })
    .prefault({}),
  image: version,
  eraser: version,
  images: z.record(version, image),
  classes: z.record(key, serverClass),
  surges: z.array(z.strictObject({ name: z.string().min(1), from: date, to: date, factor: z.number().positive() })).default([]),
  sites: z.record(key, site),
});

/** What the company has. Threads are milli-threads, memory MiB, storage GB, bandwidth Mbit/s, shares per mille, power W. */
export type Estate = z.output<typeof estateSchema>;
export type Site = Estate["sites"][string];
export type Rack = Site["racks"][string];
export type ServerClass = Estate["classes"][string];
