/** A messenger's file: who its people are, what they do, and what it asks of the company. */
import { z } from "zod";
import { coefficientNames } from "../sizing/coefficientNames";
import { count, date, share } from "./units";

/** The part of a messenger that owns servers, a network or a namespace. */
export const needNames = ["hardware", "network", "cluster"] as const;
export type Need = (typeof needNames)[number];

const name = z.strictObject({ en: z.string().min(1), fa: z.string().min(1) });
const messengerId = z.string().regex(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, "expected an id of 1 to 40 lower-case letters, digits and inner hyphens, starting with a letter");
const measured = z.number().nonnegative();

const channel = z.strictObject({
  subscribers: count,
  postsPerDay: z.number().nonnegative(),
  mediaShare: share.default(0),
  onlineShare: share.optional(),
});

const surge = z.strictObject({
  name: z.string().min(1),
  from: date,
  to: date,
  factor: z.number().positive().optional(),
  active: count.optional(),
});

/** A messenger's file, as written (input) and as checked (output). */
export const messengerSchema = z.strictObject({
  messenger: messengerId,
  name,
  tier: z.enum(["focus", "on-request"]),
  audience: z.strictObject({
    registered: count,
    active: count,
    dailyActive: count.optional(),
    source: z.string().min(1),
    asOf: date.optional(),
  }),
  needs: z.array(z.enum(needNames)).min(1).optional(),
  stackClass: z.enum(["A", "B", "C"]).default("B"),
  profile: z
    .strictObject({
      tlsAtGateway: z.boolean().default(true),
      channels: z.array(channel).optional(),
      ...(Object.fromEntries(coefficientNames.map((key) => [key, measured.optional()])) as Record<(typeof coefficientNames)[number], z.ZodOptional<z.ZodNumber>>),
    })
    .prefault({}),
  load: z
    .strictObject({
      peakConcurrent: count.optional(),
      messagesInPerSecond: measured.optional(),
      messagesOutPerSecond: measured.optional(),
      loginsPerSecond: measured.optional(),
      egressGbps: measured.optional(),
      ingressGbps: measured.optional(),
      source: z.string().min(1),
      asOf: date.optional(),
    })
    .optional(),
  growth: z.record(date, count).default({}),
  surges: z.array(surge).default([]),
  placement: z
    .strictObject({
      sites: z.record(z.string(), share).optional(),
      survives: z.enum(["rack", "site"]).default("rack"),
      layout: z.enum(["split", "converged"]).optional(),
    })
    .prefault({}),
  network: z.strictObject({ vips: count.optional(), private: count.optional(), egress: count.optional() }).prefault({}),
  access: z
    .strictObject({
      admins: z.array(z.string().min(1)).default([]),
      deployers: z.array(z.string().min(1)).default([]),
      viewers: z.array(z.string().min(1)).default([]),
    })
    .prefault({}),
  lifecycle: z
    .union([
      z.enum(["active", "repurposed", "retired", "absent"]),
      z.strictObject({ state: z.enum(["active", "repurposed", "retired", "absent"]), sector: z.string().min(1).optional(), since: date.optional() }),
    ])
    .default("active"),
  image: z.strictObject({ name: z.string().min(1), url: z.url(), checksum: z.string().regex(/^sha256:[0-9a-f]{64}$/) }).optional(),
});

/** A messenger's file as checked, before the defaults that depend on other keys. */
export type MessengerFile = z.output<typeof messengerSchema>;

/** A checked messenger. Shares are per mille of the whole; `growth` is in order of days. */
export interface Messenger extends Omit<MessengerFile, "needs" | "placement" | "lifecycle" | "growth"> {
  /** What it asks for; all three for tier focus. @default network and cluster */
  readonly needs: readonly Need[];
  readonly placement: {
    /** Share of the peak by site, per mille; the only site of a one-site estate has all. A site with 0 is being left. */
    readonly sites: Readonly<Record<string, number>>;
    readonly survives: "rack" | "site";
    /** @default split for tier focus, else converged */
    readonly layout: "split" | "converged";
  };
  readonly lifecycle: { readonly state: "active" | "repurposed" | "retired" | "absent"; readonly sector?: string; readonly since?: string };
  readonly growth: readonly { readonly date: string; readonly active: number }[];
}
