/** allocations.lock.json: the committed record of every grant. One resource a line; keys are the resources themselves. */
import { z } from "zod";
import { groupNames } from "./estate";
import { date } from "./units";

/** The states of a held server; only `granted` counts for the laws. A free server has no line. */
export const serverStates = ["granted", "draining", "erasing", "rolling", "detached"] as const;
export type ServerState = (typeof serverStates)[number];

const group = z.enum(groupNames);
const amount = z.number().int().nonnegative();
/** Whose a resource is: a messenger's, or the pool's. */
const held = z.union([z.strictObject({ messenger: z.string() }), z.strictObject({ pool: z.literal(true) })]);

const server = z.strictObject({
  messenger: z.string().optional(),
  pool: z.literal(true).optional(),
  group,
  state: z.enum(serverStates),
  since: date,
  /** The image it runs; none for an adopted server. */
  image: z.string().optional(),
  /** Its address in its holder's private prefix. */
  address: z.ipv4(),
  adopted: z.literal(true).optional(),
  /** What a detached server waits for. */
  for: z.enum(["roll", "erase"]).optional(),
});

const quarantined = z.strictObject({ from: z.string(), until: date, evidence: z.string().optional() });

/** One site of the lock. All sections always stand, empty or not. */
const lockSite = z.strictObject({
  servers: z.record(z.string(), server),
  images: z.record(z.string(), z.strictObject({ url: z.string(), checksum: z.string() })),
  vlans: z.record(z.string(), held),
  private: z.record(z.string(), held),
  vips: z.record(z.string(), z.strictObject({ messenger: z.string() })),
  egress: z.record(z.string(), z.strictObject({ messenger: z.string(), servers: z.array(z.string()) })),
  bandwidth: z.record(z.string(), z.strictObject({ egressMbps: amount, ingressMbps: amount, groups: z.partialRecord(group, amount) })),
  quotas: z.record(z.string(), z.strictObject({ cpu: amount, memoryGiB: amount, nvmeTiB: amount, objectTiB: amount })),
  short: z.record(
    z.string(),
    z.strictObject({
      groups: z.partialRecord(group, amount).optional(),
      cpu: amount.optional(),
      memoryGiB: amount.optional(),
      nvmeTiB: amount.optional(),
      objectTiB: amount.optional(),
      egressMbps: amount.optional(),
      ingressMbps: amount.optional(),
      vips: amount.optional(),
      private: amount.optional(),
      egress: amount.optional(),
      since: date,
    }),
  ),
  quarantine: z.strictObject({
    servers: z.record(z.string(), quarantined),
    prefixes: z.record(z.string(), quarantined),
    vlans: z.record(z.string(), quarantined),
  }),
});

/** The lock's file. */
export const lockSchema = z.strictObject({
  version: z.literal(1),
  asOf: date,
  horizon: z.string().regex(/^\d+d$/),
  /** The version of the coefficients that the grants were computed with. */
  coefficients: z.string(),
  sites: z.record(z.string(), lockSite),
});

export type Lock = z.output<typeof lockSchema>;
export type LockSite = Lock["sites"][string];
export type LockServer = LockSite["servers"][string];
export type LockBandwidth = LockSite["bandwidth"][string];
export type LockQuota = LockSite["quotas"][string];
export type LockShort = LockSite["short"][string];
