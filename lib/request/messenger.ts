/** A messenger's file: who its people are, what they do, and what it asks of the company. */
import { z } from "zod";
import { profileSchema } from "./profile";
import { addressCount, count, date, share } from "./units";
import { checksum, factor, imageName, imageUrl, key, messengerId, name, text } from "./words";

/** The part of a messenger that owns servers, a network or a namespace. */
export const needNames = ["hardware", "network", "cluster"] as const;
export type Need = (typeof needNames)[number];

/** What becomes of a messenger. */
export const lifecycleStates = ["active", "repurposed", "retired", "absent"] as const;

const measuredExpected = "expected a number from 0 to 1 000 000 000";
const measured = z.number({ error: measuredExpected }).min(0, measuredExpected).max(1e9, measuredExpected);

const audience = z.strictObject({
  registered: count.describe("Registered users, such as 10M."),
  active: count.describe("Users active in a month, such as 5M; at most registered."),
  dailyActive: count.optional().describe("Users active on a day. Default: estimated from active."),
  source: text.describe("Who says so, such as ISNA interview, 2018."),
  asOf: date.optional().describe("The day of these figures; growth starts from it. Default: the lock's book date."),
});

const load = z.strictObject({
  peakConcurrent: count.optional().describe("Connections at once at peak."),
  messagesInPerSecond: measured.optional().describe("Messages sent a second at peak."),
  messagesOutPerSecond: measured.optional().describe("Messages delivered a second at peak."),
  loginsPerSecond: measured.optional().describe("Logins a second at peak."),
  egressGbps: measured.optional().describe("Outgoing traffic at peak, Gbit/s."),
  ingressGbps: measured.optional().describe("Incoming traffic at peak, Gbit/s."),
  source: text.describe("Who measured it."),
  asOf: date.optional().describe("The day of the measurement."),
});

const surge = z.strictObject({
  name: text.describe("What people call it."),
  from: date.describe("Its first day."),
  to: date.describe("Its last day."),
  factor: factor.optional().describe("How many times the usual active users there are, such as 1.4. Either this or active."),
  active: count.optional().describe("How many active users there are, such as 7M. Either this or factor."),
});

const placement = z.strictObject({
  sites: z
    .record(key, share)
    .optional()
    .describe(
      "The share of the peak by site, whole per cent, 100% together; a site at 0% is being left. Default: the only site of an estate that has one.",
    ),
  survives: z
    .enum(["rack", "site"])
    .default("rack")
    .describe("What may be lost without harm: any one rack, or any one site (takes exactly two sites). Default: rack."),
  layout: z
    .enum(["split", "converged"])
    .optional()
    .describe("Own servers by groups (compute, database, object), or one group for all. Default: split for tier focus, else converged."),
});

const groups = (who: string) => z.array(text).default([]).describe(`Groups of the identity provider that ${who}. Default: none.`);

const lifecycle = z
  .union(
    [
      z.enum(lifecycleStates),
      z.strictObject({
        state: z.enum(lifecycleStates).describe("What becomes of it."),
        sector: key.optional().describe("The sector that a repurposed messenger serves now; it becomes a label."),
        since: date.optional().describe("The day it became so."),
      }),
    ],
    { error: "expected one of active, repurposed, retired, absent, or {state: …, sector: …, since: …}" },
  )
  .default("active")
  .describe(
    "active; repurposed to another sector; retired (access removed, namespace kept, servers being released); absent (nothing but the state is left). Default: active.",
  );

/** A messenger's file, as written (input) and as checked (output). */
export const messengerSchema = z
  .strictObject({
    messenger: messengerId.describe("Its id, which is also the name of this file."),
    name: name.describe("What people call it."),
    tier: z.enum(["focus", "on-request"]).describe("focus: own servers, network and a namespace. on-request: what it says it needs."),
    audience: audience.describe("Its people."),
    needs: z
      .array(z.enum(needNames))
      .min(1, "expected at least one of hardware, network, cluster")
      .optional()
      .describe(
        "hardware (own servers), network (public addresses and bandwidth), cluster (a namespace). Default: all three for tier focus, else network and cluster.",
      ),
    stackClass: z
      .enum(["A", "B", "C"])
      .default("B")
      .describe("How efficient its software is: A as the best published, C as common open-source servers, B between. Default: B."),
    profile: profileSchema.prefault({}).describe("Its habits, and the coefficients that it overrides."),
    load: load.optional().describe("Measured figures; each replaces its estimate. Default: all estimated."),
    growth: z
      .record(date, count)
      .default({})
      .describe("Active users by day, such as 2027-03-01: 6M; straight lines between. Default: no growth."),
    surges: z.array(surge).default([]).describe("Days on which it has more load than growth says. Default: none."),
    placement: placement.prefault({}).describe("Where it runs and what it survives."),
    network: z
      .strictObject({
        vips: addressCount.optional().describe("Public addresses of services, at each site."),
        private: addressCount.optional().describe("Private addresses, at each site."),
        egress: addressCount.optional().describe("Fixed public addresses of outgoing traffic, at each site."),
      })
      .prefault({})
      .describe("Totals of addresses that replace the estate's defaults."),
    access: z
      .strictObject({
        admins: groups("administer its namespace"),
        deployers: groups("deploy to its namespace"),
        viewers: groups("see its namespace"),
      })
      .prefault({})
      .describe("Who may do what in its namespace."),
    lifecycle,
    image: z
      .strictObject({
        name: imageName.describe("Its name; one in use never changes."),
        url: imageUrl.describe("Where the site's hosts fetch it; http or https, without credentials."),
        checksum: checksum.describe("Its digest, sha256:<64 hexadecimal digits>."),
      })
      .optional()
      .describe("The messenger's own image; with hardware without cluster only, and there required."),
  })
  .meta({ title: "Zirsakht: a messenger", description: "Who a messenger's people are, what they do, and what it asks of the company." });

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
  readonly lifecycle: { readonly state: (typeof lifecycleStates)[number]; readonly sector?: string; readonly since?: string };
  readonly growth: readonly { readonly date: string; readonly active: number }[];
}
