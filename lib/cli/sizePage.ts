/** What `size` says to people: what each messenger needs, how sure that is, and what it stands on. */
import type { Messenger } from "../request/messenger";
import { basisOf, type Basis } from "../sizing/basis";
import { caveatsOf } from "../sizing/caveat";
import { coefficientBook, valuesOf } from "../sizing/coefficient";
import { coefficientNames } from "../sizing/coefficientNames";
import { dateOf } from "../sizing/day";
import { shareOf } from "../sizing/demand";
import { partOf } from "../sizing/document";
import { people } from "../sizing/people";
import { rangesOf, resultsOf, type Ranges } from "../sizing/range";
import { roleNames, totalOf, type Roles, type Total } from "../sizing/role";
import { signUps } from "../sizing/signUp";
import { isLive, sizeMessenger, type Need, type Size } from "../sizing/size";
import { timelineOf, type Calendar } from "../sizing/timeline";
import { figure, type Block } from "../page/page";

/** The page of some messengers: one section each, then what they have in common. */
export function sizePage(messengers: readonly Messenger[], calendar: Calendar): Block[] {
  const sized = messengers.map((messenger) => ({
    messenger,
    size: sizeMessenger(messenger, calendar),
    basis: basisOf(messenger, calendar),
  }));
  return [
    ...sized.flatMap(({ messenger, size, basis }) => sectionOf(messenger, size, basis, calendar)),
    ...(sized.length > 1 ? togetherOf(sized) : []),
    ...coefficientsOf(sized.flatMap(({ basis }) => basis)),
  ];
}

function sectionOf(messenger: Messenger, size: Size, basis: readonly Basis[], calendar: Calendar): Block[] {
  const { audience, tier, needs, name } = messenger;
  const { peak, asOf } = size;
  if (!isLive(messenger))
    return [
      { heading: size.messenger, level: 1 },
      { text: `${name.en} is ${messenger.lifecycle.state} and needs nothing. \`release\` gives back what it still holds.` },
    ];
  const end = dateOf(timelineOf(messenger, calendar).end);
  const servers = needs.includes("hardware") ? "own servers" : "no servers of its own";
  return [
    { heading: size.messenger, level: 1 },
    {
      text:
        `${name.en}: ${tier}, stack class ${classOf(messenger)}, ${servers}; ${figure(size.active)} active of ${figure(audience.registered)} registered (${audience.source}).\n` +
        `The most in ${asOf} to ${end} is on ${peak.date}, by ${peak.cause}: ${figure(peak.active)} active users. Allocation takes that day.` +
        (peak.bandwidthDate === undefined ? "" : ` Its bandwidth is that of ${peak.bandwidthDate}, when newcomers use more.`),
    },
    resultTable(messenger, size, calendar),
    { heading: `${size.messenger}: by role, on ${peak.date}`, level: 2 },
    roleTable(peak, messenger),
    { heading: `${size.messenger}: by site, on ${peak.date}`, level: 2 },
    siteTable(messenger, peak.roles),
    { list: notesOf(messenger, size, basis, calendar) },
    { list: caveatsOf(size, messenger).map((caveat) => `Warning: ${caveat}.`) },
    { heading: `${size.messenger}: what its file says`, level: 2 },
    basisTable(basis.filter(({ name: basisName }) => basisName.includes("."))),
  ];
}

const rows: readonly (readonly [string, string])[] = [
  ["daily active users", "load.dailyActive"],
  ["connections at once", "load.peakConcurrent"],
  ["messages in, a second", "load.messagesInPerSecond"],
  ["messages out, a second", "load.messagesOutPerSecond"],
  ["logins, a second", "load.loginsPerSecond"],
  ["threads", "total.threads"],
  ["memory, GiB", "total.memoryGiB"],
  ["NVMe for messages, raw TiB", "total.nvmeTiB"],
  ["object storage, raw TiB", "total.objectTiB"],
  ["egress, Gbit/s", "total.egressGbps"],
  ["ingress, Gbit/s", "total.ingressGbps"],
];

/** Every result on the book date and at the peak: value, ends, and the coefficient that moves it most. */
function resultTable(messenger: Messenger, size: Size, calendar: Calendar): Block {
  const ranges = rangesOf(messenger, calendar);
  const cells = (need: Need, of: Ranges, result: string) => {
    const range = of[result];
    const ends = range?.coefficient === undefined ? ["", ""] : [`${figure(range.low)} – ${figure(range.high)}`, range.coefficient];
    return [figure(resultsOf(need)[result] ?? NaN), ...ends];
  };
  const sameDay = size.peak.date === size.asOf && size.peak.bandwidthDate === undefined;
  return {
    head: ["", size.asOf, "low – high", "moved most by", ...(sameDay ? [] : [size.peak.date, "low – high", "moved most by"])],
    numbers: [1, 2, 4, 5],
    rows: rows.map(([label, result]) => [
      result === "total.threads" ? `threads, class ${classOf(messenger)}` : label,
      ...cells(size, ranges.today, result),
      ...(sameDay ? [] : cells(size.peak, ranges.peak, result)),
    ]),
  };
}

/** The stack class; class B is a guess between two that are known, and is called so wherever its number stands. */
function classOf({ stackClass, profile }: Messenger): string {
  return stackClass === "B" && profile.stack_eff_B === undefined ? "B (unvalidated)" : stackClass;
}

function roleTable({ roles, total }: Need, messenger: Messenger): Block {
  const row = (label: string, need: Partial<Total> & Pick<Total, "threads" | "memoryGiB">) => [
    label,
    figure(need.threads),
    figure(need.memoryGiB),
    ...[need.nvmeTiB, need.objectTiB, need.egressGbps, need.ingressGbps].map((value) => (value === undefined ? "" : figure(value))),
  ];
  const { gateway } = roles;
  const labels: Partial<Record<string, string>> = {
    gateway: `gateway (uses ${figure(gateway.threadsUsed)} threads, ${figure(gateway.memoryUsedGiB)} GiB; ${figure(gateway.processes)} processes or more)`,
    application: `application (what class ${classOf(messenger)} leaves)`,
  };
  return {
    head: ["role", "threads", "memory GiB", "NVMe raw TiB", "objects raw TiB", "egress Gbit/s", "ingress Gbit/s"],
    numbers: [1, 2, 3, 4, 5, 6],
    rows: [...roleNames.map((role) => row(labels[role] ?? role, roles[role])), row("together", total)],
  };
}

function siteTable(messenger: Messenger, roles: Roles): Block {
  const { sites, survives } = messenger.placement;
  const cells = ({ threads, memoryGiB, nvmeTiB, objectTiB, egressGbps, ingressGbps }: Total) =>
    [threads, memoryGiB, nvmeTiB, objectTiB, egressGbps, ingressGbps].map(figure);
  return {
    head: ["site", "share", "threads", "memory GiB", "NVMe raw TiB", "objects raw TiB", "egress Gbit/s", "ingress Gbit/s"],
    numbers: [1, 2, 3, 4, 5, 6, 7],
    rows: Object.keys(sites)
      .sort()
      .flatMap((site) => {
        const share = shareOf(messenger, site);
        const usual = [site, `${figure(share.load * 100)} %`, ...cells(totalOf(partOf(roles, share)))];
        if (survives !== "site" || share.load === 0) return [usual];
        const alone = totalOf(partOf(roles, { ...share, load: share.afterSiteLoss }));
        return [usual, [`${site} alone`, `${figure(share.afterSiteLoss * 100)} %`, ...cells(alone)]];
      }),
  };
}

function notesOf(messenger: Messenger, size: Size, basis: readonly Basis[], calendar: Calendar): string[] {
  const values = valuesOf(messenger.profile);
  const { event, peak } = size;
  const { media_days, message_days } = values;
  const efficiency = `stack_eff_${messenger.stackClass}` as const;
  const assumed = basis.filter(({ kind, name }) => kind === "assumed" && !name.includes("."));
  return [
    `Retention (media_days ${figure(media_days)}, message_days ${figure(message_days)}) and stack class (${efficiency} ${figure(values[efficiency])}) decide more than all else: ask the messenger for both.`,
    `Assumed, measured nowhere: ${assumed.map(({ name, value }) => `${name} ${figure(value)}`).join(", ")}.`,
    `An event on ${peak.date} (event_mult ${figure(values.event_mult)}) would bring ${figure(event.messagesInPerSecond)} messages in and ${figure(event.messagesOutPerSecond)} out a second, ${figure(event.egressGbps)} Gbit/s of egress. It is shown, never granted.`,
    ...signUps(timelineOf(messenger, calendar), values).map(
      ({ surge, perSecond }) =>
        `Surge ${surge}: ${figure(perSecond)} sign-ups a second in its busiest hour; everybody reconnecting is ${figure(peak.load.peakConcurrent / values.reconnect_s)} logins a second.`,
    ),
  ];
}

/** All messengers in one table, and how many people may stand behind them. */
function togetherOf(sized: readonly { readonly messenger: Messenger; readonly size: Size }[]): Block[] {
  const { least, most } = people(sized.map(({ messenger }) => messenger));
  return [
    { heading: "together", level: 1 },
    {
      head: [
        "messenger",
        "class",
        "peak",
        "active",
        "at once",
        "threads",
        "memory GiB",
        "NVMe raw TiB",
        "objects raw TiB",
        "egress Gbit/s",
      ],
      numbers: [3, 4, 5, 6, 7, 8, 9],
      rows: sized.map(({ messenger, size: { peak } }) => [
        messenger.messenger,
        classOf(messenger),
        peak.date,
        ...[peak.active, peak.load.peakConcurrent, peak.total.threads, peak.total.memoryGiB].map(figure),
        ...[peak.total.nvmeTiB, peak.total.objectTiB, peak.total.egressGbps].map(figure),
      ]),
    },
    {
      text: `The registrations are those of at least ${figure(least)} and at most ${figure(most)} people, who are counted once in every messenger that they use. What is promised to messengers adds up all the same.`,
    },
  ];
}

/** The shipped coefficients among the bases, once each. */
function coefficientsOf(basis: readonly Basis[]): Block[] {
  const used = new Set(basis.map(({ name }) => name));
  const { coefficients, version } = coefficientBook();
  return [
    { heading: `coefficients, version ${version}`, level: 1 },
    {
      head: ["coefficient", "value", "low", "high", "unit", "kind", "source"],
      numbers: [1, 2, 3],
      rows: coefficientNames
        .filter((name) => used.has(name))
        .map((name) => {
          const { value, low, high, unit, kind, source } = coefficients[name];
          return [name, figure(value), figure(low), figure(high), unit, kind, source];
        }),
    },
  ];
}

function basisTable(basis: readonly Basis[]): Block {
  return {
    head: ["key", "value", "kind", "source"],
    numbers: [1],
    rows: basis.map(({ name, value, kind, source }) => [name, figure(value), kind, source]),
  };
}
