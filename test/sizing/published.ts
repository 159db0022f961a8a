/** What the model says of published deployments, beside what was published. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { valuesOf } from "../../lib/sizing/coefficient";
import { loadAt } from "../../lib/sizing/load";
import { gatewayMemory, gatewayThreads, messageBytes } from "../../lib/sizing/role";
import { messengerOf } from "./messenger";

const load = z.strictObject({
  peakConcurrent: z.number(),
  messagesInPerSecond: z.number(),
  messagesOutPerSecond: z.number(),
  loginsPerSecond: z.number(),
});
const what = z.string();
const run = z.strictObject({ what, load, usedThreads: z.number(), usedMemoryGiB: z.number(), fitted: z.string().optional() });
const { V1, V3, V4, V7, V11, V14, V20 } = z
  .strictObject({
    V1: z.strictObject({ what, load, provisionedCores: z.number() }),
    V3: run,
    V4: run,
    V7: run,
    V11: z.strictObject({ what, threadsByUsers: z.record(z.string(), z.number()), fitted: z.string() }),
    V14: z.strictObject({ what, messages: z.number(), provisionedTB: z.number() }),
    V20: z.strictObject({ what, downloadsPerDay: z.strictObject({ photos: z.number(), videos: z.number() }), egressGbps: z.number() }),
  })
  .parse(parse(readFileSync(join(__dirname, "published.yaml"), "utf8")));

/** One comparison. */
export interface Comparison {
  readonly id: string;
  readonly what: string;
  readonly figure: string;
  readonly published: number;
  readonly model: number;
  readonly how: string;
}

const values = valuesOf();

function runs(id: string, { what: name, load: measured, usedThreads, usedMemoryGiB, fitted }: z.output<typeof run>): Comparison[] {
  const note = fitted === undefined ? "" : `; ${fitted}`;
  const memory = gatewayMemory(measured.peakConcurrent, false, values);
  return [
    {
      id,
      what: name,
      figure: "threads used",
      published: usedThreads,
      model: gatewayThreads(measured, values),
      how: `the gateway's threads used${note}`,
    },
    { id, what: name, figure: "GiB used", published: usedMemoryGiB, model: memory, how: "connections * mem_conn, without TLS" },
  ];
}

/** The egress of a messenger that sends as many media as were downloaded, each downloaded once. */
function christmas(): number {
  const { photos, videos } = V20.downloadsPerDay;
  const sent = photos + videos;
  const counted = { msg_dau: 1, share_photo: photos / sent, share_video: videos / sent, share_voice: 0, media_downloads: 1 };
  const profile = { tlsAtGateway: true, ...counted, size_photo: 100, size_video: 2000, peak_avg: 1.55 };
  const audience = { registered: sent, active: sent, dailyActive: sent, source: "published" };
  return loadAt(messengerOf({ audience, profile }), valuesOf(profile), { active: sent, bandwidth: sent }).traffic.object.egressGbps;
}

const planned = gatewayThreads(V1.load, values) / values.u_target;

/** Every published figure, in order. */
export const comparisons: readonly Comparison[] = [
  {
    id: "V1",
    what: V1.what,
    figure: "cores provisioned",
    published: V1.provisionedCores,
    model: planned,
    how: `threads used / u_target, a thread standing for a core; against its ${String(V1.provisionedCores * 2)} hardware threads ${(planned / V1.provisionedCores / 2).toFixed(2)}; u_target was chosen with it in view`,
  },
  ...runs("V3", V3),
  ...runs("V4", V4),
  ...runs("V7", V7),
  ...Object.entries(V11.threadsByUsers).map(([users, threads]) => ({
    id: "V11",
    what: `${V11.what}, ${String(Number(users) / 1000)} K users`,
    figure: "threads",
    published: threads,
    model: values.app_a * Number(users) ** values.app_b,
    how: `app_a * users^app_b; ${V11.fitted}`,
  })),
  {
    id: "V14",
    what: V14.what,
    figure: "TB provisioned",
    published: V14.provisionedTB,
    model: messageBytes(V14.messages, values) / 1e12,
    how: "a trillion messages * msg_bytes * rf / db_fill",
  },
  {
    id: "V20",
    what: V20.what,
    figure: "Gbit/s",
    published: V20.egressGbps,
    model: christmas(),
    how: "downloads were counted, so media_downloads is 1; size_photo 100, size_video 2,000, peak_avg 1.55",
  },
];
