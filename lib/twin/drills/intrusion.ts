/** The intrusion drill: what a messenger's people, a stranger and a server that somebody has got hold of must not do is refused, what they need is allowed. */
import { several } from "../../allocation/words";
import { concurrently } from "../concurrent";
import { everywhere, type Drill, type Stage, type Verdict } from "../drill";
import { isByPolicy } from "./intrusion/attempt";
import { castOf } from "./intrusion/cast";
import { daily } from "./intrusion/daily";
import { leaks, wiringOf } from "./intrusion/isolation";
import { rightsTooMany } from "./intrusion/rights";
import { bring, takeAway } from "./intrusion/standing";
import { tables } from "./intrusion/tables";
import { targetsAt, type Target } from "./intrusion/target";
import { Trials, type Cast, type Outcome } from "./intrusion/trial";
import { foundVerdict, messengerVerdict, tableVerdicts } from "./intrusion/verdicts";
import type { TwinSite } from "../control/twinSite";
import { until } from "../wait";

/** Attempts at once: more wait for each other at the API server. */
const atOnce = 8;

/** An API server enforces a new policy, and a changed one, within a second or two of its coming; this long is waited for it, in seconds. */
const enforcement = 5;

/** What was tried at a site, by whom. */
interface Scene {
  readonly stage: Stage;
  readonly twinSite: TwinSite;
  readonly targets: readonly Target[];
  readonly casts: ReadonlyMap<Target, Cast>;
}

async function sceneOf(stage: Stage, twinSite: TwinSite): Promise<Scene> {
  const nodes = await (await twinSite.admin()).list("/api/v1/nodes");
  const targets = targetsAt(stage.request, twinSite.site, new Map(nodes.map((node) => [node.metadata.name, node])));
  const casts = new Map<Target, Cast>();
  for (const target of targets) casts.set(target, await castOf(twinSite, target));
  return { stage, twinSite, targets, casts };
}

/** Waits for policies that have only just come, as after a deploy: what they must refuse is tried until it is refused. */
async function untilEnforced({ stage, casts }: Scene): Promise<void> {
  const [first] = casts;
  if (!first) return;
  const attempts = tables.flatMap((table) => table.attempts).filter(isByPolicy);
  const refused = async (): Promise<true | undefined> => {
    const trials = new Trials();
    const tried = await concurrently(attempts, atOnce, (attempt) => trials.tryOut(first[0], attempt, first[1]));
    return tried.every((outcome) => outcome?.surprise === undefined) ? true : undefined;
  };
  await until(refused, { seconds: enforcement, signal: stage.signal });
}

async function tryEverything({ stage, twinSite, casts }: Scene): Promise<Outcome[]> {
  const trials = new Trials();
  const attempts = tables.flatMap((table) => table.attempts);
  const outcomes: Outcome[] = [];
  for (const [target, cast] of casts) {
    stage.progress(`${twinSite.site}: ${several(attempts.length, "thing")} that ${target.messenger}'s people may try`);
    const tried = await concurrently(attempts, atOnce, (attempt) => trials.tryOut(target, attempt, cast));
    outcomes.push(...tried.filter((outcome) => outcome !== undefined));
  }
  return outcomes;
}

async function readRights({ twinSite, casts }: Scene): Promise<Verdict> {
  const found: string[] = [];
  for (const [target, cast] of casts) for (const right of await rightsTooMany(target, cast)) found.push(`${target.messenger}: ${right}`);
  const done = `read every right of the people of ${several(casts.size, "messenger")}, in every namespace in sight`;
  return foundVerdict("nobody has a right that he was not given", twinSite.site, done, "none too many", found);
}

async function readPolicies({ stage, twinSite, targets }: Scene): Promise<Verdict> {
  const wiring = await wiringOf(await twinSite.admin());
  const read = targets.map((target) => ({ target, ...leaks(target, stage.request.estate, wiring) }));
  const found = read.flatMap(({ target, wrong }) => wrong.map((what) => `${target.messenger}: ${what}`));
  const looked = read.reduce((sum, each) => sum + each.looked, 0);
  const done = `read ${several(wiring.policies.length, "network policy", "network policies")} for ${several(looked, "talk")}`;
  const promise = "a messenger's pods are reached by its own and the world only, and leave only when they are labelled";
  return foundVerdict(promise, twinSite.site, done, "open and closed as they must be", found);
}

async function atSite(stage: Stage, twinSite: TwinSite, verdicts: Verdict[]): Promise<void> {
  const scene = await sceneOf(stage, twinSite);
  const { targets, casts } = scene;
  const api = await twinSite.admin();
  try {
    const refused: string[] = [];
    for (const [target, cast] of casts)
      if (target.live) refused.push(...(await bring(target, cast)).map((words) => `${target.messenger}: ${words}`));
    await untilEnforced(scene);
    const outcomes = await tryEverything(scene);
    const promise = "what a messenger's people make stands";
    verdicts.push(
      ...(refused.length > 0 ? [foundVerdict(promise, twinSite.site, "made pods, a service, a claim and a Deployment", "", refused)] : []),
      ...tables.flatMap((table) => tableVerdicts(twinSite.site, table, outcomes)),
      await readRights(scene),
      await readPolicies(scene),
      ...targets.map((target) => messengerVerdict(target, outcomes)),
    );
    verdicts.push(...(await daily(stage, twinSite, casts)));
  } finally {
    for (const { namespace } of targets) await takeAway(api, namespace);
  }
}

export const intrusion: Drill = {
  name: "intrusion",
  run: (stage) => everywhere(stage.sites.values(), (twinSite, verdicts) => atSite(stage, twinSite, verdicts)),
};
