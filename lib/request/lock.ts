/** allocations.lock.json: the committed record of every grant. One resource a line; keys are the resources themselves. */
import { z } from "zod";
import { groupNames } from "./estate";
import { date } from "./units";
import { address, checksum, imageName, imageUrl, key, messengerId, network } from "./words";

/** The states of a held server; only `granted` counts for the laws. A free server has no line. */
export const serverStates = ["granted", "draining", "erasing", "rolling", "detached"] as const;
export type ServerState = (typeof serverStates)[number];

const group = z.enum(groupNames);
const amountExpected = "expected a whole number from 0 to 1000000000000";
const part = z.number().int().min(1).max(1000);
const amount = z.number({ error: amountExpected }).int(amountExpected).min(0, amountExpected).max(1e12, amountExpected);
/** The name of a server. */
export const serverName = z
  .string({ error: "expected the name of a server" })
  .regex(/^[a-z][a-z0-9-]{0,60}-s\d\d$/, "expected the name of a server such as thr1-r01-s01");
const vlan = z.string().regex(/^[1-9]\d{0,3}$/, "expected the number of a VLAN within 1-4094");
/** Whose a resource is: a messenger's, or the pool's. */
const held = z.union(
  [
    z.strictObject({ messenger: messengerId.describe("The messenger that holds it.") }),
    z.strictObject({ pool: z.literal(true).describe("The pool holds it.") }),
  ],
  { error: "expected one holder, {messenger: …} or {pool: true}" },
);

const server = z.strictObject({
  messenger: messengerId.optional().describe("The messenger that holds it. Either this or pool."),
  pool: z.literal(true).optional().describe("The pool holds it. Either this or messenger."),
  group: group.describe("The group that it serves."),
  state: z.enum(serverStates).describe("Where it is on the way from granted back to free; only granted counts."),
  since: date.describe("The book date on which it came into this state."),
  image: imageName.optional().describe("The image that it runs; none for an adopted server."),
  address: address.describe("Its address in its holder's private prefix."),
  adopted: z.literal(true).optional().describe("It came with its system; nothing here provisioned it."),
  for: z.enum(["roll", "erase"]).optional().describe("What a detached server waits for."),
});

const quarantined = z.strictObject({
  from: z.union([messengerId, z.literal("pool")]).describe("Who held it."),
  until: date.describe("The day on which it is free again."),
  evidence: z
    .string()
    .regex(/^sha256:[0-9a-f]{64}$/, "expected sha256: and 64 hexadecimal digits")
    .optional()
    .describe("The digest of the evidence of its erasure."),
});

/** One site of the lock. All sections always stand, empty or not. */
const lockSite = z.strictObject({
  servers: z.record(serverName, server).describe("Held servers by name."),
  images: z
    .record(imageName, z.strictObject({ url: imageUrl.describe("Where it lies."), checksum: checksum.describe("Its digest.") }))
    .describe("The images that held servers run, as they were when granted."),
  vlans: z.record(vlan, held).describe("Held VLANs by number."),
  private: z.record(network, held).describe("Held private prefixes."),
  vips: z
    .record(network, z.strictObject({ messenger: messengerId.describe("The messenger that holds it.") }))
    .describe("Held public prefixes of services."),
  egress: z
    .record(
      network,
      z.strictObject({
        messenger: messengerId.describe("The messenger that holds it."),
        servers: z.array(serverName).describe("The servers that the addresses lie on, in order of addresses."),
      }),
    )
    .describe("Held public prefixes of outgoing traffic."),
  bandwidth: z
    .record(
      messengerId,
      z.strictObject({
        egressMbps: amount.describe("Outgoing traffic, Mbit/s."),
        ingressMbps: amount.describe("Incoming traffic, Mbit/s."),
        groups: z.partialRecord(group, amount).describe("Outgoing traffic by group, Mbit/s."),
      }),
    )
    .describe("Promised bandwidth by messenger."),
  quotas: z
    .record(
      messengerId,
      z.strictObject({
        cpu: amount.describe("Threads."),
        memoryGiB: amount.describe("Memory, GiB."),
        nvmeTiB: amount.describe("Raw NVMe, TiB."),
        objectTiB: amount.describe("Raw object storage, TiB."),
        rf: part.optional().describe("Replicas of its databases, by which its data lie in the pool."),
        shards: part.optional().describe("Shards of its objects."),
        parity: part.optional().describe("How many of them are parity."),
      }),
    )
    .describe("Promised shares of the pool by messenger."),
  short: z
    .record(
      messengerId,
      z.strictObject({
        groups: z.partialRecord(group, amount).optional().describe("Servers by group."),
        cpu: amount.optional().describe("Threads of the pool."),
        memoryGiB: amount.optional().describe("Memory of the pool, GiB."),
        nvmeTiB: amount.optional().describe("Raw NVMe of the pool, TiB."),
        objectTiB: amount.optional().describe("Raw object storage of the pool, TiB."),
        egressMbps: amount.optional().describe("Outgoing traffic, Mbit/s."),
        ingressMbps: amount.optional().describe("Incoming traffic, Mbit/s."),
        vlans: amount.optional().describe("VLANs."),
        vips: amount.optional().describe("Public addresses of services."),
        private: amount.optional().describe("Private addresses."),
        egress: amount.optional().describe("Public addresses of outgoing traffic."),
        since: date.describe("The book date on which it fell short."),
      }),
    )
    .describe("What was asked for and did not fit, by messenger."),
  quarantine: z
    .strictObject({
      servers: z.record(serverName, quarantined).describe("Erased servers."),
      prefixes: z.record(network, quarantined).describe("Returned prefixes."),
      vlans: z.record(vlan, quarantined).describe("Returned VLANs."),
    })
    .describe("What came back and rests."),
});

/** The lock's file. */
export const lockSchema = z
  .strictObject({
    version: z
      .literal(1, { error: "expected version 1; another version of zirsakht made this lock, use that one" })
      .describe("The version of this form."),
    asOf: date.describe("The book date: the day for which the lock was computed."),
    horizon: z
      .string()
      .regex(/^\d{1,4}d$/, "expected a number of days such as 90d")
      .describe("How far ahead of the book date demand was granted."),
    coefficients: z
      .string()
      .regex(/^[\w.-]{1,40}$/, "expected the version of the coefficients")
      .describe("The version of the coefficients that the grants were computed with."),
    sites: z.record(key, lockSite).describe("What is held at each site."),
  })
  .meta({ title: "Zirsakht: the lock", description: "The committed record of every grant. Written by zirsakht, never by hand." });

export type Lock = z.output<typeof lockSchema>;
export type LockSite = Lock["sites"][string];
export type LockServer = LockSite["servers"][string];
export type LockBandwidth = LockSite["bandwidth"][string];
export type LockQuota = LockSite["quotas"][string];
export type LockShort = LockSite["short"][string];

/** Whose a line is: a messenger's, or the pool's. */
export interface LockHolder {
  readonly messenger?: string | undefined;
  readonly pool?: true | undefined;
}
