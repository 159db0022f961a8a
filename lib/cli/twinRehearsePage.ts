/** What a rehearsal says: promises that are broken first and in full, then those that are kept, and what a twin cannot show. */
import { several } from "../allocation/words";
import type { Verdict } from "../twin/drill";
import type { Drift } from "../twin/rehearsal/drift";
import { twinLimits } from "../twin/rehearsal/limits";
import type { DrillReport } from "../twin/rehearsal/rehearsal";
import { figure, type Block } from "../page/page";

/** What was rehearsed, and what came of it. */
export interface Rehearsal {
  /** The book date of the lock. */
  readonly asOf: string;
  readonly reports: readonly DrillReport[];
  /** How what is deployed differs from the files, by site. */
  readonly drift: readonly (Drift & { readonly site: string })[];
  /** Whether it ended before all drills were run. */
  readonly ended: boolean;
  readonly seconds: number;
}

/** Differences that are shown; with more, the twin is of other files. */
const mostDrift = 10;

interface Judged extends Verdict {
  readonly drill: string;
}

/** A verdict on what nobody could try is none. */
const isTried = ({ done }: Verdict): boolean => done !== "nothing";

const judgedOf = ({ reports }: Rehearsal): Judged[] =>
  reports.flatMap(({ drill, verdicts }) => verdicts.map((verdict) => ({ drill, ...verdict })));

/** 2 where a promise is broken, else 1 where a drill was not run to its end or what was rehearsed is not what the files say, else 0. */
export function exitCodeOf(rehearsal: Rehearsal): 0 | 1 | 2 {
  if (judgedOf(rehearsal).some(({ kept }) => !kept)) return 2;
  return rehearsal.ended || rehearsal.drift.length > 0 || rehearsal.reports.some(({ failure }) => failure !== undefined) ? 1 : 0;
}

/** The page of a rehearsal. */
export function rehearsalPage(rehearsal: Rehearsal): Block[] {
  const all = judgedOf(rehearsal);
  const [judged, untried] = [all.filter(isTried), all.filter((each) => !isTried(each))];
  const [broken, kept] = [judged.filter((each) => !each.kept), judged.filter((each) => each.kept)];
  return [
    { heading: "Rehearsal", level: 1 },
    { text: summaryOf(rehearsal, broken.length, kept.length) },
    ...driftOf(rehearsal),
    ...failuresOf(rehearsal),
    ...(broken.length > 0 ? [{ heading: "Broken", level: 2 } as const, ...broken.map(inFull)] : []),
    ...(judged.length > 0 ? [{ heading: "Promises", level: 2 } as const, promiseTable(judged)] : []),
    ...(untried.length > 0 ? [{ heading: "Not tried", level: 2 } as const, untriedList(untried)] : []),
    ...(kept.length > 0 ? [{ heading: "Kept", level: 2 } as const, ...keptLines(kept)] : []),
    { heading: "What a twin cannot show", level: 2 },
    { list: twinLimits.map(({ what, why }) => `${what}: ${why}.`) },
  ];
}

function summaryOf({ asOf, reports, drift, ended, seconds }: Rehearsal, broken: number, kept: number): string {
  const promises = broken === 0 ? `${several(kept, "promise")} kept, none broken` : `${several(broken, "promise")} broken, ${kept} kept`;
  const drills = reports.map(({ drill, seconds: each }) => `${drill} ${figure(each)} s`).join(", ");
  return [
    `${promises}, for the lock of ${asOf}, in ${figure(seconds)} s (${drills}).`,
    ...(drift.length > 0 ? ["What was rehearsed is not what the files say: it proves nothing of them."] : []),
    ...(ended ? ["The rehearsal ended early: what is not below was not rehearsed."] : []),
  ].join("\n");
}

function driftOf({ drift }: Rehearsal): Block[] {
  if (drift.length === 0) return [];
  const lines = drift.slice(0, mostDrift).map(({ site, object, what }) => `${site}: ${object}: ${what}`);
  const more = drift.length - lines.length;
  return [
    { heading: "Not what the files say", level: 2 },
    {
      text: `What is deployed differs from the files in ${several(drift.length, "object")}; \`npx zirsakht twin deploy\` brings what they say.`,
    },
    { list: more > 0 ? [...lines, `and ${more} more`] : lines },
  ];
}

function failuresOf({ reports }: Rehearsal): Block[] {
  const failed = reports.flatMap(({ drill, failure }) => (failure === undefined ? [] : [`${drill}: ${failure}`]));
  return failed.length > 0 ? [{ heading: "Not run to the end", level: 2 }, { list: failed }] : [];
}

const inFull = ({ drill, promise, about, done, seen }: Judged): Block => ({
  list: [`${drill}, ${about}: ${promise}`, `done: ${done}`, `seen: ${seen}`],
});

/** Lines of one drill about one promise, in the order in which they were judged. */
function byPromise(judged: readonly Judged[]): [Judged, ...Judged[]][] {
  const groups = new Map<string, [Judged, ...Judged[]]>();
  for (const each of judged) {
    const key = `${each.drill} ${each.promise}`;
    if (groups.get(key)?.push(each) === undefined) groups.set(key, [each]);
  }
  return [...groups.values()];
}

const promiseTable = (judged: readonly Judged[]): Block => ({
  head: ["drill", "promise", "broken", "kept"],
  numbers: [2, 3],
  rows: byPromise(judged).map((lines) => {
    const kept = lines.filter((line) => line.kept).length;
    return [lines[0].drill, lines[0].promise, String(lines.length - kept), String(kept)];
  }),
});

const keptLines = (kept: readonly Judged[]): Block[] =>
  byPromise(kept).flatMap((lines): Block[] => [
    { text: `${lines[0].drill}: ${lines[0].promise}` },
    { list: lines.map(({ about, done, seen }) => `${about}: ${done}: ${seen}`) },
  ]);

const untriedList = (untried: readonly Judged[]): Block => ({
  list: untried.map(({ drill, about, promise, seen }) => `${drill}, ${about}: ${promise}: ${seen}`),
});

/** The rehearsal as JSON, version 1. */
export function rehearsalDocument(rehearsal: Rehearsal): object {
  const { asOf, reports, drift, ended, seconds } = rehearsal;
  const all = judgedOf(rehearsal);
  const judged = all.filter(isTried);
  return {
    version: 1,
    asOf,
    kept: judged.filter(({ kept }) => kept).length,
    broken: judged.filter(({ kept }) => !kept).length,
    untried: all.length - judged.length,
    ended,
    seconds: rounded(seconds),
    drills: reports.map(({ seconds: each, ...report }) => ({ ...report, seconds: rounded(each) })),
    drift,
    limits: twinLimits,
  };
}

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;
