/** Promises that are larger than what stands behind them: deficits where an outage is to blame, violations where it is not. */
import type { Deficit, Violation } from "./allocation";
import { type DataRule, strictest } from "./dataRule";
import { poolHolder } from "./grant";
import type { View } from "./holding";
import type { SiteNeed } from "./need";
import { outageOf } from "./outage";
import { poolFigures, poolLimit, poolPromised, poolUnits, ruleOf } from "./pool";
import { PoolStorage } from "./poolStorage";
import type { SiteState } from "./siteState";
import { bandwidth, ruleWords } from "./words";

/** Something promised. */
interface Account {
  /** What tells it from the other accounts of its site. */
  readonly key: string;
  /** What is promised, and how much may be. */
  readonly what: string;
  readonly resource: Deficit["resource"];
  /** Who bears it. */
  readonly holders: readonly string[];
  /** Whose servers stand behind it. */
  readonly carriers: readonly string[];
  /** By how much more is promised than may be. */
  readonly over: Readonly<Record<View, number>>;
}

function rackAccounts(state: SiteState): Account[] {
  const holders = new Map<number, Set<string>>();
  for (const { holder, holding } of state.holdings())
    for (const view of ["now", "alive"] as const)
      for (const index of holding.reservations(view).keys()) holders.set(index, (holders.get(index) ?? new Set()).add(holder));
  return state.racks.flatMap((rack, index): Account[] => {
    if (!rack.serving) return [];
    const own = holders.get(index);
    if (!own) return [];
    const over = (view: View): number => Math.max(0, rack.reserved[view] - rack.promisable);
    const reserved = over("alive") > 0 ? rack.reserved.alive : rack.reserved.now;
    return [
      {
        key: `rack ${rack.name}`,
        what: `of the uplink of rack ${rack.name} ${bandwidth(rack.promisable)} may be promised and ${bandwidth(reserved)} are reserved`,
        resource: "rack uplink",
        holders: [...own].sort(),
        carriers: [...own].sort(),
        over: { now: over("now"), alive: over("alive") },
      },
    ];
  });
}

function siteAccounts(state: SiteState): Account[] {
  const holders = [...state.lines.bandwidth.keys()].sort();
  return (["egressMbps", "ingressMbps"] as const).map((key) => {
    const promised = state.tally.promised[key];
    const over = Math.max(0, promised - state.promisable);
    const way = key === "egressMbps" ? "out" : "in";
    return {
      key,
      what: `of the uplink of ${state.name} ${bandwidth(state.promisable)} may be promised ${way} and ${bandwidth(promised)} are`,
      resource: "site uplink",
      holders,
      carriers: [],
      over: { now: over, alive: over },
    };
  });
}

/** Who else has servers in the pool's racks. */
function neighbours(state: SiteState): string[] {
  const found = new Set<string>();
  for (const { holder, holding } of state.holdings())
    if (holder !== poolHolder && [...holding.racks.keys()].some((index) => state.pool.racks.has(index))) found.add(holder);
  return [...found].sort();
}

function poolAccounts(state: SiteState, needs: readonly SiteNeed[]): Account[] {
  const holders = [...state.lines.quotas.keys()].sort();
  if (holders.length === 0) return [];
  const promised = poolPromised(state);
  const limits = { now: poolLimit(state, "now"), alive: poolLimit(state, "alive") };
  const figures = poolFigures.map((key): Account => {
    const over = (view: View): number => Math.max(0, promised[key] - limits[view][key]);
    const limit = limits[over("alive") > 0 ? "alive" : "now"][key];
    return {
      key: `pool ${key}`,
      what: `of the pool of ${state.name} ${String(limit)} ${poolUnits[key]} may be promised after the loss of a rack and ${String(promised[key])} are`,
      resource: key,
      holders,
      // What messengers with servers in a pool rack reserve of its uplink grows as others of theirs die, and the pool's share falls.
      carriers: key === "egressMbps" || key === "ingressMbps" ? [poolHolder, ...neighbours(state)] : [poolHolder],
      over: { now: over("now"), alive: over("alive") },
    };
  });
  const rule = strictest(rulesOf(state, needs));
  const over = (view: View): number => {
    const { database, object } = new PoolStorage(state, view).unplaced(rule, promised);
    return database + object;
  };
  const storage: Account = {
    key: "pool storage",
    what: `the pool of ${state.name} cannot lay ${String(promised.nvmeTiB)} TiB of databases and ${String(promised.objectTiB)} TiB of objects so that all survive a rack (${ruleWords(rule)})`,
    resource: "storage",
    holders: holders.filter((messenger) => {
      const { nvmeTiB = 0, objectTiB = 0 } = state.lines.quotas.get(messenger) ?? {};
      return nvmeTiB + objectTiB > 0;
    }),
    carriers: [poolHolder],
    over: { now: over("now"), alive: over("alive") },
  };
  return [...figures, storage];
}

/** The rules of all data of the pool, line by line: of those as strict as each other the first is named. Where a line has none, its file's. */
function rulesOf(state: SiteState, needs: readonly SiteNeed[]): DataRule[] {
  const known = new Map(needs.flatMap(({ messenger, pool }) => (pool ? [[messenger, pool] as const] : [])));
  return [...state.lines.quotas].flatMap(([messenger, line]) =>
    line.nvmeTiB + line.objectTiB > 0 ? (ruleOf(line) ?? known.get(messenger) ?? []) : [],
  );
}

function accountsOf(state: SiteState, needs: readonly SiteNeed[]): Account[] {
  return [...rackAccounts(state), ...siteAccounts(state), ...poolAccounts(state, needs)];
}

/** Every promise of a site that is too large. */
export function overPromises(state: SiteState, needs: readonly SiteNeed[]): { deficits: Deficit[]; violations: Violation[] } {
  const accounts = accountsOf(state, needs);
  const site = state.name;
  return {
    deficits: accounts
      .filter(({ over }) => over.now > 0 && over.alive === 0)
      .flatMap(({ holders, carriers, resource, what: promised }) => {
        const { names: outages, words, remedy } = outageOf(state, carriers);
        return holders.map((messenger) => ({ messenger, site, resource, law: 2, outages, what: `without ${words}, ${promised}`, remedy }));
      }),
    violations: accounts.filter(({ over }) => over.alive > 0).map(({ holders, what }) => ({ site, holders, what })),
  };
}

/** By how much the promises of a site are too large, to be compared later. */
export type Excess = ReadonlyMap<string, Readonly<Record<View, number>>>;

/** The excess as it is now. */
export function excessOf(state: SiteState): Excess {
  return new Map(accountsOf(state, []).map(({ key, over }) => [key, over]));
}

/** The promises that have become larger than what stands behind them, or more so, since then; in words. */
export function worsened(state: SiteState, before: Excess): string[] {
  return accountsOf(state, [])
    .filter(({ key, over }) => (["now", "alive"] as const).some((view) => over[view] > (before.get(key)?.[view] ?? 0)))
    .map(({ what }) => what);
}
