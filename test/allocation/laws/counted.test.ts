/** What a site counts as its lines are set is what they add up to, whatever was done, tried or undone. */
import { serversOfRack } from "../../../lib/request/server";
import { SiteState } from "../../../lib/allocation/siteState";
import { sharedEgress } from "../../../lib/allocation/pool";
import { story } from "./generate";
import { holderOf } from "./ground";
import { live } from "./life";
import { life } from "./lifeGenerate";
import { never } from "./runs";
import { play } from "./story";

const looked = [jest.spyOn(SiteState.prototype, "keep"), jest.spyOn(SiteState.prototype, "toLock")];

/** What is wrong with the counts of every site that a verb changed, or tried to, in the meantime. */
function miscountedAfter(told: () => void): string[] {
  for (const spy of looked) spy.mockClear();
  told();
  const states = new Set(looked.flatMap(({ mock }) => mock.contexts as SiteState[]));
  return states.size === 0 ? ["no site was looked at"] : [...states].flatMap(miscounted);
}

function miscounted(state: SiteState): string[] {
  const { lines, tally } = state;
  const sum = <T>(values: Iterable<T>, of: (value: T) => number): number => [...values].reduce((all, value) => all + of(value), 0);
  const quotas = [...lines.quotas.values()];
  const sharing = [...lines.quotas.keys()];
  const rules = quotas.filter(({ rf, nvmeTiB, objectTiB }) => rf !== undefined && nvmeTiB + objectTiB > 0);
  const racks = Object.keys(state.site.racks);
  const servers = racks.flatMap((rack) => serversOfRack(state.estate, state.name, rack).map(({ name }) => name));
  const promised = {
    cpu: sum(quotas, ({ cpu }) => cpu),
    memoryGiB: sum(quotas, ({ memoryGiB }) => memoryGiB),
    nvmeTiB: sum(quotas, ({ nvmeTiB }) => nvmeTiB),
    objectTiB: sum(quotas, ({ objectTiB }) => objectTiB),
    egressMbps: sum(lines.bandwidth.values(), ({ egressMbps }) => egressMbps),
    ingressMbps: sum(lines.bandwidth.values(), ({ ingressMbps }) => ingressMbps),
    poolEgressMbps: sum(sharing, (messenger) => sharedEgress(state, messenger)),
    poolIngressMbps: sum(sharing, (messenger) => lines.bandwidth.get(messenger)?.ingressMbps ?? 0),
  };
  const holders = new Set([...lines.short.keys(), ...lines.bandwidth.keys(), ...[...state.holdings()].map(({ holder }) => holder), "pool"]);
  const held = (["vlans", "private", "vips", "egress"] as const).flatMap((section) => {
    const all = [...lines[section]].map(([name, line]) => [holderOf(line), name] as const);
    const known = new Set([...holders, ...all.map(([holder]) => holder)]);
    return [...known].map((holder): [string, unknown, unknown] => [
      `${section} of ${holder}`,
      [...tally.namesOf(section, holder)].sort(),
      all.flatMap(([owner, name]) => (owner === holder ? [name] : [])).sort(),
    ]);
  });
  const compared: [string, unknown, unknown][] = [
    ["what is promised", tally.promised, promised],
    [
      "the rules of data",
      tally.dataRules.map(({ rf, shards, parity }) => `${rf} ${shards} ${parity}`).sort(),
      [...new Set(rules.map(({ rf, shards, parity }) => `${rf} ${shards} ${parity}`))].sort(),
    ],
    ...held,
    ...servers.map((server): [string, unknown, unknown] => [
      `egress addresses on ${server}`,
      tally.egressOn(server),
      sum(lines.egress.values(), ({ servers: carriers }) => carriers.filter((each) => each === server).length),
    ]),
  ];
  return compared.flatMap(([what, counted, found]) =>
    JSON.stringify(counted) === JSON.stringify(found)
      ? []
      : [`${what} at ${state.name} is ${JSON.stringify(found)}, counted as ${JSON.stringify(counted)}`],
  );
}

test("every verb leaves the counts as the lines are", () => {
  never(life, (lived) => miscountedAfter(() => live(lived)), 0.04);
});

test("so does every allocation, also where messengers were refused and what they had taken was undone", () => {
  never(story, (told) => miscountedAfter(() => play(told)), 0.2);
});
