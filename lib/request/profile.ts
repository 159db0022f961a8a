/** A messenger's habits: its channels, where TLS ends, and any coefficient of the sizing model that it knows better than we do. */
import { z } from "zod";
import { coefficientNames, type CoefficientName } from "../sizing/coefficientNames";
import { count, share } from "./units";
import { flag } from "./words";

/** Quotients, at most 1; the model divides by most of them, so none is 0. */
const parts: ReadonlySet<CoefficientName> = new Set(["dau_mau", "conc_dau", "u_target", "u_degraded", "db_fill", "obj_fill", "nic_util"]);
/** Shares of messages, calls or users; 0 is a messenger without them. */
const shares: ReadonlySet<CoefficientName> = new Set([
  "share_photo",
  "share_video",
  "share_voice",
  "call_relay",
  "surge_signup",
  "surge_hour",
]);
/** What is counted in whole pieces. */
const pieces: Readonly<Partial<Record<CoefficientName, readonly [number, number]>>> = {
  rf: [1, 9],
  ec_shards: [2, 255],
  ec_parity: [1, 127],
};
/** What the model divides by, beside the parts above. */
const divisors: ReadonlySet<CoefficientName> = new Set([
  "peak_avg",
  "c_in",
  "c_out",
  "conn_node",
  "tls_full",
  "tls_resume",
  "reconnect_s",
  "db_ops_core",
  "sfu_pps",
]);

function override(name: CoefficientName): z.ZodOptional<z.ZodNumber> {
  const describe = "Overrides the coefficient of this name; sizing.md says what it is and `zirsakht size` shows its default.";
  const [least, most] = pieces[name] ?? [0, parts.has(name) || shares.has(name) ? 1 : 1e9];
  const kind = pieces[name] ? "whole number" : "number";
  const above = parts.has(name) || divisors.has(name);
  const expected = `expected a ${kind} ${above ? "above" : "from"} ${String(least)} to ${most === 1e9 ? "1 000 000 000" : String(most)}`;
  const number = z.number({ error: expected }).max(most, expected);
  const bounded = above ? number.gt(least, expected) : number.min(least, expected);
  return (pieces[name] ? bounded.int(expected) : bounded).optional().describe(describe);
}

const posts = "expected a number of posts a day from 0 to 1000000";
const channel = z.strictObject({
  subscribers: count.describe("Subscribers, such as 2M."),
  postsPerDay: z.number({ error: posts }).min(0, posts).max(1e6, posts).describe("Posts a day; may be a fraction."),
  mediaShare: share.optional().describe("The share of posts with media, such as 50%. Default: as often as people send media."),
  onlineShare: share
    .optional()
    .describe("The share of subscribers that are connected at peak, such as 40%. Default: as of all active users."),
});

/** `profile` of a messenger's file. */
export const profileSchema = z.strictObject({
  tlsAtGateway: flag.default(true).describe("Whether its gateways end TLS themselves. Default: true."),
  channels: z
    .array(channel)
    .optional()
    .describe("Its large channels; they carry most of a domestic messenger's traffic. Default: none known, which is warned of."),
  ...(Object.fromEntries(coefficientNames.map((name) => [name, override(name)])) as Record<CoefficientName, z.ZodOptional<z.ZodNumber>>),
});
