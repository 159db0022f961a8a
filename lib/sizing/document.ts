/** A size as other programs read it: `size --format json`, version 1, described by schemas/size.json. */
import { z } from "zod";
import type { Messenger } from "../request/messenger";
import { basisKinds, basisOf } from "./basis";
import { shareOf, type SiteShare } from "./demand";
import { totalOf, type Roles } from "./role";
import { sizeMessenger, type Need } from "./size";
import type { Calendar } from "./timeline";

const amount = z.number().nonnegative();
const provision = { threads: amount.describe("To provide: the load stands at u_target of them."), memoryGiB: amount };
const traffic = { egressGbps: amount, ingressGbps: amount };
const nvmeTiB = amount.describe("Raw: replicas and disk fill are in it.");
const objectTiB = amount.describe("Raw: erasure code and disk fill are in it.");

const load = z.strictObject({
  dailyActive: amount,
  peakConcurrent: amount,
  messagesInPerSecond: amount,
  messagesOutPerSecond: amount,
  loginsPerSecond: amount,
  ...traffic,
});
const roles = z.strictObject({
  gateway: z.strictObject({
    ...provision,
    threadsUsed: amount.describe("The load's own need, before the utilisation target."),
    memoryUsedGiB: amount.describe("The load's own need, before the utilisation target."),
    processes: z.number().int().nonnegative().describe("The fewest processes: one holds at most conn_node connections."),
    ...traffic,
  }),
  application: z.strictObject(provision),
  database: z.strictObject({ ...provision, nvmeTiB }),
  object: z.strictObject({ ...provision, objectTiB, ...traffic }),
  relay: z.strictObject({ ...provision, ...traffic }),
});
const total = z.strictObject({ ...provision, nvmeTiB, objectTiB, ...traffic });
const basis = z.strictObject({
  name: z.string().describe("A coefficient, or a key of the messenger's file."),
  value: z.number(),
  low: z.number(),
  high: z.number(),
  kind: z.enum(basisKinds),
  source: z.string(),
});

const messengerSize = z.strictObject({
  messenger: z.string(),
  asOf: z.iso.date().describe("The book date; load, roles, total and sites are of this day."),
  load,
  roles,
  total,
  peak: z
    .strictObject({
      date: z.iso.date(),
      cause: z.string().describe("audience (as on the book date), growth, surge NAME, retired or absent."),
      load,
      roles,
      total,
    })
    .describe("The most that is needed in [asOf, asOf + horizon]; allocation takes it."),
  sites: z.record(z.string(), z.strictObject({ roles, total })).describe("The share of each site of the placement, on the book date."),
  basis: z.array(basis),
});

/** What `size --format json` prints. */
export const sizeDocumentSchema = z.strictObject({ version: z.literal(1), messengers: z.array(messengerSize) });
export type SizeDocument = z.output<typeof sizeDocumentSchema>;

/** The sizes of messengers, in the order given. */
export function sizeDocument(messengers: readonly Messenger[], calendar: Calendar): SizeDocument {
  return { version: 1, messengers: messengers.map((messenger) => documentOf(messenger, calendar)) };
}

function documentOf(messenger: Messenger, calendar: Calendar): SizeDocument["messengers"][number] {
  const size = sizeMessenger(messenger, calendar);
  const plain = ({ load: figures, roles: byRole, total: sum }: Need) => ({ load: figures, roles: byRole, total: sum });
  const site = (share: SiteShare) => {
    const part = partOf(size.roles, share);
    return { roles: part, total: totalOf(part) };
  };
  return withPlainNumbers({
    messenger: size.messenger,
    asOf: size.asOf,
    ...plain(size),
    peak: { date: size.peak.date, cause: size.peak.cause, ...plain(size.peak) },
    sites: Object.fromEntries(
      Object.keys(messenger.placement.sites)
        .sort()
        .map((name) => [name, site(shareOf(messenger, name))]),
    ),
    basis: basisOf(messenger, calendar),
  });
}

/** What a site carries of the roles: its share of the load, and of the data or a full copy. */
export function partOf({ gateway, application, database, object, relay }: Roles, share: SiteShare): Roles {
  const carried = <T extends Readonly<Record<string, number>>>(need: T): { [Key in keyof T]: number } => {
    const part = Object.entries(need).map(([key, value]) => [key, value * share.load]);
    return Object.fromEntries(part) as { [Key in keyof T]: number };
  };
  return {
    gateway: { ...carried({ ...gateway }), processes: Math.ceil(gateway.processes * share.load) },
    application: carried({ ...application }),
    database: { ...carried({ ...database }), nvmeTiB: database.nvmeTiB * share.data },
    object: { ...carried({ ...object }), objectTiB: object.objectTiB * share.data },
    relay: carried({ ...relay }),
  };
}

/** Numbers to nine digits: more than any of them is worth, and without what binary fractions add. */
function withPlainNumbers<T>(value: T): T {
  return JSON.parse(JSON.stringify(value, (_key, part: unknown) => (typeof part === "number" ? Number(part.toPrecision(9)) : part))) as T;
}
