/** What came of all attempts at a site, as lines of the rehearsal. */
import { several } from "../../../allocation/words";
import { untried, type Verdict } from "../../drill";
import { byCodeUnit } from "../../../manifests/apiObject";
import type { Table } from "./attempt";
import type { Target } from "./target";
import type { Outcome } from "./trial";

type Surprise = Outcome & { readonly surprise: string };
const isSurprise = (outcome: Outcome): outcome is Surprise => outcome.surprise !== undefined;

/** One line for a promise that is kept over all messengers of a site, else one for every attempt that did not end as it must; and one for what could not be tried. */
export function tableVerdicts(site: string, { promise, attempts }: Table, outcomes: readonly Outcome[]): Verdict[] {
  const ours = outcomes.filter(({ attempt }) => attempts.includes(attempt));
  const missed = attempts
    .filter((attempt) => !ours.some((outcome) => outcome.attempt === attempt))
    .map(({ who, what }) => `${who}: ${what}`);
  const why = `there is nobody to try it, or nothing to try it on: ${missed.join(", ")}`;
  return [...(ours.length === 0 ? [] : triedVerdicts(site, promise, ours)), ...(missed.length === 0 ? [] : [untried(promise, site, why)])];
}

function triedVerdicts(site: string, promise: string, ours: readonly Outcome[]): Verdict[] {
  const surprises = ours.filter(isSurprise);
  if (surprises.length > 0) return named(site, promise, surprises);
  const messengers = new Set(ours.map(({ target }) => target.messenger)).size;
  const refused = ours.filter(({ attempt }) => attempt.want === "refused").length;
  const wanted = [refused > 0 && `${refused} refused`, ours.length > refused && `${ours.length - refused} allowed`];
  return [
    {
      promise,
      about: site,
      done: `tried ${several(new Set(ours.map(({ attempt }) => attempt)).size, "thing")} at ${several(messengers, "messenger")}`,
      seen: `${wanted.filter((part) => part !== false).join(", ")}, as it must be`,
      kept: true,
    },
  ];
}

/** What was tried with a surprise, at whom, and what came of it at the first. */
function named(site: string, promise: string, surprises: readonly Surprise[]): Verdict[] {
  return [...new Set(surprises.map(({ attempt }) => attempt))].map((attempt) => {
    const here = surprises.filter((outcome) => outcome.attempt === attempt);
    const whom = here.map(({ target }) => target.messenger).sort(byCodeUnit);
    const alone = whom.length === 1;
    return {
      promise,
      about: alone ? `${whom.join()}.${site}` : site,
      done: `${attempt.who}: ${attempt.what}`,
      seen: `${alone ? "" : `${whom.join(", ")}: `}${here[0]?.surprise ?? ""}`,
      kept: false,
    };
  });
}

/** A messenger's own line: how much its people tried, and for what there was nobody. */
export function messengerVerdict(target: Target, outcomes: readonly Outcome[]): Verdict {
  const ours = outcomes.filter((outcome) => outcome.target === target);
  const surprises = ours.filter(isSurprise);
  const mayNot = ours.filter(({ attempt }) => attempt.want === "refused").length;
  const nobody = (["viewer", "deployer", "admin"] as const).filter((who) => target.access[`${who}s`].length === 0);
  const kept = target.live ? "its people do what they need and nothing else" : "its people, who have no rights any more, do nothing";
  const done = target.live
    ? `tried ${several(mayNot, "thing")} that must be refused and ${several(ours.length - mayNot, "thing")} that must be allowed`
    : `tried ${several(ours.length, "thing")}`;
  return {
    promise: kept,
    about: `${target.messenger}.${target.site}`,
    done: nobody.length === 0 ? done : `${done}; nobody is its ${nobody.join(" or ")}`,
    seen: surprises.length === 0 ? "all as it must be" : `${surprises.length} otherwise, named above`,
    kept: surprises.length === 0,
  };
}

/** A line for what was looked at in each messenger's namespace; every problem is named with whom it is about. */
export function foundVerdict(promise: string, site: string, done: string, well: string, found: readonly string[]): Verdict {
  return { promise, about: site, done, seen: found.length === 0 ? well : found.join("; "), kept: found.length === 0 };
}
