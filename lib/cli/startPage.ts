/** The screen of `npm start`: the whole road on one page, every figure computed from the files and the lock. */
import { bookOf, worstRackLoss, type SiteBook } from "../allocation/book";
import { several } from "../allocation/words";
import type { AllocatedRequest } from "../request/allocated";
import type { Messenger } from "../request/messenger";
import { people } from "../sizing/people";
import { rangesOf, resultsOf } from "../sizing/range";
import { isLive, sizeMessenger, type Size } from "../sizing/size";
import type { Calendar } from "../sizing/timeline";
import { figure, type Block } from "../page/page";
import type { Judged } from "./stale";

/** What the page is made from. */
export interface Standing extends Judged {
  readonly request: AllocatedRequest;
}

/** `10M`, `1.26M`: three digits that count. */
export const short = new Intl.NumberFormat("en", { notation: "compact", maximumSignificantDigits: 3 });
const percent = (permille: number): string => `${figure(permille / 10)} %`;
const gigabits = (mbps: number): string => figure(mbps / 1000);

/** Figures that somebody published, by source. What a file calls assumed is none. */
function publishedOf({ estate, messengers }: AllocatedRequest): string {
  const figures = new Map<string, Set<number>>();
  const add = (source: string, values: readonly number[]): void => {
    if (source.startsWith("assumed")) return;
    figures.set(source, new Set([...(figures.get(source) ?? []), ...values]));
  };
  if (estate.published) add(estate.published.source, [estate.published.registered]);
  for (const { audience } of messengers) add(audience.source, [audience.registered, audience.active]);
  const real = [...figures].map(([source, values]) => `Real (${source}): ${[...values].map((value) => short.format(value)).join(", ")}.`);
  return [...real, "The rest is assumed."].join(" ");
}

/** Everything that comes before the stacks are written. */
export function startPage(standing: Standing): Block[] {
  const { request, calendar } = standing;
  const { estate, messengers } = request;
  const live = bySize(messengers.filter(isLive));
  const { least, most } = people(live);
  const gone = messengers.length - live.length;
  return [
    { text: `Zirsakht · ${estate.company.en}, on ${calendar.asOf}. ${publishedOf(request)}` },
    {
      text: `${several(live.length, "messenger")}${gone > 0 ? ` (and ${String(gone)} retired or absent)` : ""}, ${short.format(most)} registrations: at least ${short.format(least)} people.`,
    },
    table(standing, live),
    {
      text: `Online and threads as of ${calendar.asOf}; servers are granted for the most in the ${String(calendar.horizon)} days after it. pool: a quota in the shared servers; –: none asked for.`,
    },
    { text: bookOf(estate, request.lock).map(bookLine).join("\n") },
    { text: [lossLine(standing), doubtLine(live, calendar)].join("\n") },
  ];
}

/** Focus first, then those with the most active users, then by id. */
export function bySize(messengers: readonly Messenger[]): Messenger[] {
  const rank = ({ tier }: Messenger): number => (tier === "focus" ? 0 : 1);
  return [...messengers].sort((a, b) => rank(a) - rank(b) || b.audience.active - a.audience.active || (a.messenger < b.messenger ? -1 : 1));
}

function table({ request, calendar }: Standing, live: readonly Messenger[]): Block {
  return {
    head: ["", "tier", "registered", "active", "peak online", "threads (low–high)", "servers", "racks"],
    numbers: [2, 3, 4, 5, 6, 7],
    rows: live.map((messenger) => {
      const size = sizeMessenger(messenger, calendar);
      const range = rangesOf(messenger, calendar).today["total.threads"];
      const held = heldBy(request, messenger.messenger);
      const threads = `${figure(size.total.threads)} (${figure(range?.low ?? size.total.threads)}–${figure(range?.high ?? size.total.threads)})`;
      return [
        messenger.messenger,
        messenger.tier,
        short.format(messenger.audience.registered),
        short.format(messenger.audience.active),
        short.format(size.load.peakConcurrent),
        threads,
        ...(held.servers > 0 ? [String(held.servers), String(held.racks)] : [messenger.needs.includes("cluster") ? "pool" : "–", "–"]),
      ];
    }),
  };
}

function heldBy({ lock }: AllocatedRequest, messenger: string): { servers: number; racks: number } {
  const names = Object.values(lock.sites).flatMap(({ servers }) =>
    Object.entries(servers).flatMap(([name, line]) => (line.messenger === messenger ? [name] : [])),
  );
  return { servers: names.length, racks: new Set(names.map((name) => name.slice(0, name.lastIndexOf("-")))).size };
}

function bookLine({ site, servers, bandwidth: { egressMbps }, publicAddresses }: SiteBook): string {
  const books = Object.values(servers);
  const held = books.reduce((sum, book) => sum + book.held, 0);
  const installed = books.reduce((sum, book) => sum + book.installed, 0);
  return (
    `Granted at ${site}: ${String(held)} of ${several(installed, "server")} · ` +
    `${gigabits(egressMbps.promised)} of ${gigabits(egressMbps.limit)} Gbit/s · ` +
    `${String(publicAddresses.promised)} of ${several(publicAddresses.limit, "public address", "public addresses")}`
  );
}

function lossLine({ request, demands, judgement }: Standing): string {
  const broken = [
    ...judgement.deficits.map(({ messenger, site, what }) => `${messenger} at ${site}: ${what}`),
    ...judgement.violations.map(({ site, what }) => `${site}: ${what}`),
  ];
  if (broken.length > 0) return `Lose any rack: not all hold their peak. ${broken.join(". ")}`;
  const worst = worstRackLoss(request.estate, request.lock, request.messengers, demands);
  if (!worst) return "Lose any rack: all hold their peak.";
  return (
    `Lose any rack: all hold their peak. Worst: ${worst.messenger} (${worst.group}) without ${worst.site}-${worst.rack}, ` +
    `${percent(worst.utilisation)} (limit ${percent(worst.limit)})`
  );
}

/** The messenger and the coefficient whose ends lie furthest apart in threads: what is worth measuring first. */
function doubtLine(live: readonly Messenger[], calendar: Calendar): string {
  let widest: { messenger: Messenger; size: Size; coefficient: string; times: number; span: number } | undefined;
  for (const messenger of live) {
    const size = sizeMessenger(messenger, calendar);
    const range = rangesOf(messenger, calendar).today["total.threads"];
    if (range?.coefficient === undefined) continue;
    const span = range.high - range.low;
    if (!widest || span > widest.span) widest = { messenger, size, coefficient: range.coefficient, times: range.high / range.low, span };
  }
  if (!widest) return "No doubt: every number was measured or asked for.";
  const { messenger, coefficient, times, size } = widest;
  const what = coefficient.startsWith("stack_eff_")
    ? `software class ${messenger.stackClass}${messenger.stackClass === "B" ? ", unvalidated" : ""}`
    : coefficient;
  const online = short.format(resultsOf(size)["load.peakConcurrent"] ?? 0);
  const measure =
    messenger.load?.peakConcurrent === undefined
      ? `Measure load.peakConcurrent (estimated: ${online}) and its threads`
      : `Measure the threads that ${online} connections take`;
  return `Widest doubt: ${messenger.messenger}'s ${what}: ${figure(times)} times between low and high. ${measure}`;
}
