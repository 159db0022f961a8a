/** Judges a lock: who is stale, what an outage has broken, and which promises fail though everything is taken as alive. Changes nothing. */
import type { Estate, Group } from "../request/estate";
import type { Lock } from "../request/lock";
import type { Messenger } from "../request/messenger";
import type { Demand } from "../sizing/demand";
import type { Deficit, Stale, Violation } from "./allocation";
import { isWithin } from "./dataRule";
import { describeFailure } from "./explain";
import { figuresOf } from "./figures";
import { holderOf, poolHolder } from "./grant";
import { countsOnceAlive } from "./holding";
import { failuresOf } from "./laws";
import { type GroupNeed, needsOf, type SiteNeed } from "./need";
import { outageOf } from "./outage";
import { overPromises } from "./promises";
import { ruleOf } from "./pool";
import { poolWaiting } from "./poolServers";
import { shortOf } from "./short";
import { SiteState } from "./siteState";
import { surplusOf } from "./surplus";
import { idealServers, racksOf, standingOf } from "./standing";
import { unitOf } from "./unit";
import { ruleWords, several } from "./words";

/** What is judged: the lock, and the needs that it must meet. */
export interface JudgementInput {
  readonly estate: Estate;
  /** Those whose needs are judged. */
  readonly messengers: readonly Messenger[];
  readonly demands: readonly Demand[];
  readonly lock: Lock;
  /** Whether only the sites of these messengers are judged. @default all sites */
  readonly onlyTheirSites?: boolean;
}

/** Whose needs a site is judged by. */
export type Judged = Pick<JudgementInput, "messengers" | "demands">;

/** What is held beyond the need: reported, never taken back but by `release`. */
export interface Surplus {
  readonly messenger: string;
  readonly site: string;
  readonly what: string;
}

/** The judgement. */
export interface Judgement {
  readonly stale: readonly Stale[];
  readonly deficits: readonly Deficit[];
  readonly violations: readonly Violation[];
  /** Computed where it is asked for: it tries of every server whether it can go. */
  readonly surplus: readonly Surplus[];
  /** What people should know and nobody must do. */
  readonly warnings: readonly string[];
}

/** Judges the lock on its own book date. */
export function judgeLock({ estate, lock, onlyTheirSites = false, ...judged }: JudgementInput): Judgement {
  const needs = sortedNeeds(estate, judged);
  const sites = Object.keys(estate.sites).filter((site) => !onlyTheirSites || needs.some((need) => need.site === site));
  return judge(new Map(sites.sort().map((site) => [site, SiteState.of(estate, lock, site)])), judged.messengers, needs);
}

/** Judges a site as it stands. */
export function judgeSite(state: SiteState, judged: Judged): Judgement {
  return judge(new Map([[state.name, state]]), judged.messengers, sortedNeeds(state.estate, judged));
}

function sortedNeeds(estate: Estate, { messengers, demands }: Judged): SiteNeed[] {
  const demandOf = new Map(demands.map((demand) => [demand.messenger, demand]));
  const needs = messengers.flatMap((messenger) => needsOf(estate, messenger, demandOf.get(messenger.messenger)));
  return needs.sort((a, b) => (a.messenger === b.messenger ? 0 : a.messenger < b.messenger ? -1 : 1));
}

function judge(states: ReadonlyMap<string, SiteState>, messengers: readonly Messenger[], needs: readonly SiteNeed[]): Judgement {
  const found = { stale: [] as Stale[], deficits: [] as Deficit[], violations: [] as Violation[], warnings: [] as string[] };
  for (const need of needs) {
    const state = states.get(need.site);
    if (!state) continue;
    for (const [group, groupNeed] of need.groups) judgeGroup(state, need, group, groupNeed, found);
    judgeFigures(state, need, found);
  }
  for (const [site, state] of states) {
    const { deficits, violations } = overPromises(
      state,
      needs.filter((need) => need.site === site),
    );
    found.deficits.push(...deficits, ...egressDeficits(state));
    found.violations.push(...violations);
    const waiting = [...poolWaiting(state).values()].reduce((sum, count) => sum + count, 0);
    if (waiting > 0)
      found.warnings.push(
        `${several(waiting, "server")} of the pool racks of ${site} ${waiting === 1 ? "is" : "are"} not yet the pool's; allocate without names adds them`,
      );
  }
  const { warnings, ...rest } = found;
  let surplus: readonly Surplus[] | undefined;
  return {
    ...rest,
    get surplus() {
      return (surplus ??= surplusIn(states, messengers, needs));
    },
    warnings,
  };
}

function surplusIn(states: ReadonlyMap<string, SiteState>, messengers: readonly Messenger[], needs: readonly SiteNeed[]): Surplus[] {
  const needAt = new Map(needs.map((need) => [`${need.messenger} ${need.site}`, need]));
  return [...messengers]
    .sort((a, b) => (a.messenger < b.messenger ? -1 : 1))
    .flatMap(({ messenger }) =>
      [...states].flatMap(([site, state]) =>
        surplusOf(state, messenger, needAt.get(`${messenger} ${site}`)).map((what) => ({ messenger, site, what })),
      ),
    );
}

type Findings = { -readonly [key in Exclude<keyof Judgement, "surplus">]: Judgement[key][number][] };

function judgeGroup(state: SiteState, need: SiteNeed, group: Group, groupNeed: GroupNeed, found: Findings): void {
  const { messenger, site } = need;
  const holding = state.holding(messenger, group);
  const { stale, short, missing } = standingOf(state, messenger, group, groupNeed);
  if (stale) {
    const held = holding.count("alive");
    const failures = held === 0 ? ["none"] : failuresOf(groupNeed, racksOf(state, holding, "alive")).map(describeFailure);
    const known = short === undefined ? "" : `, of which ${String(short)} are recorded as short`;
    found.stale.push({
      messenger,
      site,
      group,
      resource: "servers",
      what: `it has ${failures.join("; ")}: about ${several(missing, "server")} ${missing === 1 ? "is" : "are"} missing${known}`,
    });
    return;
  }
  const now = failuresOf(groupNeed, racksOf(state, holding, "now"));
  const excused = short !== undefined && idealServers(state, holding, group, groupNeed) - holding.count("now") <= short;
  if (now.length > 0 && !excused) {
    const { names: outages, words, remedy } = outageOf(state, [messenger], group);
    const what = `without ${words}, it has ${now.map(describeFailure).join("; ")}`;
    found.deficits.push({ messenger, site, group, resource: "servers", law: 4, outages, what, remedy });
  }
}

function judgeFigures(state: SiteState, need: SiteNeed, found: Findings): void {
  const { messenger, site, pool } = need;
  const quota = state.lines.quotas.get(messenger);
  const recorded = quota && ruleOf(quota);
  const stores = pool && pool.quota.nvmeTiB + pool.quota.objectTiB > 0;
  if (recorded && stores && !isWithin(pool, recorded))
    found.stale.push({
      messenger,
      site,
      resource: "storage",
      what: `its data must lie as ${ruleWords(pool)}, and the lock promises ${ruleWords(recorded)}`,
    });
  for (const { key, resource, need: needed, held } of figuresOf(state, need)) {
    const short = shortOf(state, messenger, key);
    if (needed - held <= short) continue;
    const known = short > 0 ? ` and is short of ${String(short)}` : "";
    found.stale.push({ messenger, site, resource, what: `it needs ${String(needed)} ${unitOf[key]}, holds ${String(held)}${known}` });
  }
}

/** Egress addresses whose servers do not work: their share of the traffic is dropped. Of servers that leave nothing is said. */
function egressDeficits(state: SiteState): Deficit[] {
  const out = (server: string): boolean => {
    const line = state.lines.servers.get(server);
    return line !== undefined && countsOnceAlive(line) && !(line.state === "granted" && state.works(server));
  };
  const holdersOf = (servers: readonly string[]): string[] =>
    [...new Set(servers.flatMap((server) => state.lines.servers.get(server) ?? []).map(holderOf))].sort();
  // Nothing takes their place in the pool, so what is promised of it must fit without them.
  const withoutThem = (servers: readonly string[]): string =>
    holdersOf(servers).includes(poolHolder) ? ` where the pool can do without ${servers.length === 1 ? "it" : "them"}` : "";
  return [...state.lines.egress]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([prefix, { messenger, servers }]) => {
      const outages = [...new Set(servers.filter(out))].sort();
      if (outages.length === 0) return [];
      const [verb, whose] = outages.length === 1 ? ["does", "its"] : ["do", "their"];
      const what = `${outages.join(", ")} of the egress servers of ${prefix} ${verb} not work; ${whose} share of the traffic is dropped`;
      const dead = outages.filter((server) => !state.works(server));
      const remedies = [
        ...(dead.length > 0
          ? [
              `bring ${dead.join(", ")} back, or release ${dead.length === 1 ? "it" : "them"}, which moves the addresses${withoutThem(dead)}`,
            ]
          : []),
        ...holdersOf(outages.filter((server) => !dead.includes(server))).map((holder) => `end the roll with roll ${holder}`),
      ];
      return [{ messenger, site: state.name, resource: "egress" as const, outages, what, remedy: remedies.join("; ") }];
    });
}
