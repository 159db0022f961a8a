/** Whether a rack may be taken from work on purpose: it then stands for the one that law 4 lets everybody lose. */
import { describeFailure } from "./explain";
import { poolHolder } from "./grant";
import type { Holding } from "./holding";
import { lossFailuresOf } from "./laws";
import type { SiteNeed } from "./need";
import { outageOf } from "./outage";
import { poolFigures, poolLimit, poolPromised, poolUnits } from "./pool";
import { shortOfGroup } from "./short";
import type { SiteState } from "./siteState";
import { racksOf } from "./standing";

/** Whether servers in another rack are out: then the one loss that is allowed for is used up. */
function losesElsewhere(holding: Holding, rack: number): boolean {
  return [...holding.racks].some(([index, { names, alive }]) => index !== rack && alive > names.length);
}

/** What would go wrong if a messenger's servers in a rack did not work, a sentence each. A group that is short fails by record. */
export function withoutRack(state: SiteState, need: SiteNeed, rack: number): string[] {
  const id = need.messenger;
  return [...need.groups].flatMap(([group, groupNeed]) => {
    const holding = state.holding(id, group);
    const here = holding.racks.get(rack);
    if (!here || here.names.length === 0 || shortOfGroup(state, id, group) !== undefined) return [];
    const { names, alive } = here;
    here.names = [];
    const failures = lossFailuresOf(groupNeed, racksOf(state, holding, "now"));
    Object.assign(here, { names, alive });
    const stores = groupNeed.nvmeGB + groupNeed.objectGB > 0;
    return [
      ...failures.map((failure) => `group ${group} would have ${describeFailure(failure)}`),
      ...(stores && losesElsewhere(holding, rack)
        ? [`data of group ${group} may be out of reach, as others of them lie on ${outageOf(state, [id], group).words}`]
        : []),
    ];
  });
}

/** The same of the pool's servers in a rack. */
export function withoutPoolRack(state: SiteState, rack: number): string[] {
  const left = poolLimit(state, "now", rack);
  const promised = poolPromised(state);
  return [
    ...poolFigures
      .filter((key) => promised[key] > left[key])
      .map((key) => `the pool would have ${String(left[key])} ${poolUnits[key]} to give of the ${String(promised[key])} that are promised`),
    ...(promised.nvmeTiB + promised.objectTiB > 0 && losesElsewhere(state.pool, rack)
      ? [`data of the pool may be out of reach, as others of them lie on ${outageOf(state, [poolHolder]).words}`]
      : []),
  ];
}
