/** What came of all attempts at a site, as lines of the rehearsal. */
import { several } from "../../allocation/words";
import type { Verdict } from "../drill";
import { byCodeUnit } from "../../manifests/apiObject";
import type { Table } from "./attempt";
import type { Target } from "./target";
import type { Outcome } from "./trial";

const isSurprise = (outcome: Outcome): outcome is Outcome & { readonly surprise: string } => outcome.surprise !== undefined;

/** One line a promise over all messengers of a site, and one for every attempt that did not end as it must. */
export function tableVerdicts(site: string, { promise, attempts }: Table, outcomes: readonly Outcome[]): Verdict[] {
  const ours = outcomes.filter(({ attempt }) => attempts.includes(attempt));
  if (ours.length === 0) return [];
  const surprises = ours.filter(isSurprise);
  const messengers = new Set(ours.map(({ target }) => target.messenger)).size;
  const refused = ours.filter(({ attempt }) => attempt.want === "refused").length;
  const wanted = [refused > 0 && `${refused} refused`, ours.length > refused && `${ours.length - refused} allowed`];
  const whole: Verdict = {
    promise,
    about: site,
    done: `tried ${several(new Set(ours.map(({ attempt }) => attempt)).size, "thing")} at ${several(messengers, "messenger")}`,
    seen:
      surprises.length === 0
        ? `${wanted.filter((part) => part !== false).join(", ")}, as it must be`
        : `${surprises.length} of ${ours.length} otherwise`,
    kept: surprises.length === 0,
  };
  const named = attempts.flatMap((attempt): Verdict[] => {
    const here = surprises.filter((outcome) => outcome.attempt === attempt);
    const [first] = here;
    if (!first) return [];
    const whom = here.map(({ target }) => target.messenger).sort(byCodeUnit);
    return [
      {
        promise,
        about: here.length === 1 ? `${first.target.messenger}.${site}` : site,
        done: `${attempt.who}: ${attempt.what}`,
        seen: `${here.length > 1 ? `${whom.join(", ")}: ` : ""}${first.surprise}`,
        kept: false,
      },
    ];
  });
  return [whole, ...named];
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
