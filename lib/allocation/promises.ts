/** Promises that are larger than what stands behind them: deficits where an outage is to blame, violations where it is not. */
import type { Deficit, Violation } from "./allocation";
import type { View } from "./holding";
import type { SiteNeed } from "./need";
import { poolLimit, poolPromised, poolRule, poolStores } from "./pool";
import type { SiteState } from "./siteState";
import { bandwidth, ruleWords } from "./words";

/** Something promised: how much in each view, of how much, and who bears it. */
interface Account {
  readonly what: string;
  readonly resource: Deficit["resource"];
  readonly holders: readonly string[];
  readonly over: Readonly<Record<View, boolean>>;
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
    const over = (view: View): boolean => rack.reserved[view] > rack.promisable;
    const reserved = over("alive") ? rack.reserved.alive : rack.reserved.now;
    return [
      {
        what: `of the uplink of rack ${rack.name} ${bandwidth(rack.promisable)} may be promised and ${bandwidth(reserved)} are reserved`,
        resource: "rack uplink",
        holders: [...own].sort(),
        over: { now: over("now"), alive: over("alive") },
      },
    ];
  });
}

function siteAccounts(state: SiteState): Account[] {
  const holders = [...state.lines.bandwidth.keys()].sort();
  return (["egressMbps", "ingressMbps"] as const).map((key) => {
    const promised = state.promised(key);
    const over = promised > state.promisable;
    const way = key === "egressMbps" ? "out" : "in";
    return {
      what: `of the uplink of ${state.name} ${bandwidth(state.promisable)} may be promised ${way} and ${bandwidth(promised)} are`,
      resource: "site uplink",
      holders,
      over: { now: over, alive: over },
    };
  });
}

function poolAccounts(state: SiteState, needs: readonly SiteNeed[]): Account[] {
  const holders = [...state.lines.quotas.keys()].sort();
  if (holders.length === 0) return [];
  const promised = poolPromised(state);
  const limits = { now: poolLimit(state, "now"), alive: poolLimit(state, "alive") };
  const words = { cpu: "threads", memoryGiB: "GiB of memory", egressMbps: "Mbit/s out" } as const;
  const figures = (["cpu", "memoryGiB", "egressMbps"] as const).map((key): Account => {
    const over = (view: View): boolean => promised[key] > limits[view][key];
    const limit = limits[over("alive") ? "alive" : "now"][key];
    return {
      what: `of the pool of ${state.name} ${String(limit)} ${words[key]} may be promised after the loss of a rack and ${String(promised[key])} are`,
      resource: key,
      holders,
      over: { now: over("now"), alive: over("alive") },
    };
  });
  const rule = poolRule(state, [], new Map(needs.flatMap(({ messenger, pool }) => (pool ? [[messenger, pool]] : []))));
  const over = (view: View): boolean => !poolStores(state, view, rule, promised);
  const storage: Account = {
    what: `the pool of ${state.name} cannot lay ${String(promised.nvmeTiB)} TiB of databases and ${String(promised.objectTiB)} TiB of objects so that all survive a rack (${ruleWords(rule)})`,
    resource: "storage",
    holders: holders.filter((messenger) => {
      const { nvmeTiB = 0, objectTiB = 0 } = state.lines.quotas.get(messenger) ?? {};
      return nvmeTiB + objectTiB > 0;
    }),
    over: { now: over("now"), alive: over("alive") },
  };
  return [...figures, storage];
}

/** Every promise of a site that is too large. */
export function overPromises(state: SiteState, needs: readonly SiteNeed[]): { deficits: Deficit[]; violations: Violation[] } {
  const accounts = [...rackAccounts(state), ...siteAccounts(state), ...poolAccounts(state, needs)];
  const site = state.name;
  return {
    deficits: accounts
      .filter(({ over }) => over.now && !over.alive)
      .flatMap(({ holders, resource, what }) => holders.map((messenger) => ({ messenger, site, resource, what }))),
    violations: accounts.filter(({ over }) => over.alive).map(({ holders, what }) => ({ site, holders, what })),
  };
}
