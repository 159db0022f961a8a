/** Every set of needs in every state of life, all holding the same: what each must have and must not have. */
import type { Lock } from "../../lib/request/lock";
import { needNames, type Need } from "../../lib/request/messenger";
import { serversOfRack } from "../../lib/request/server";
import { buildApp } from "../../lib/stacks/app";
import { sampleEstate, sampleMessenger } from "../support/estate";
import { grantedLock, grantedRequest } from "../support/granted";
import { Synthesized, written, type Attributes } from "../support/synth";

const states = ["active", "repurposed", "retired", "absent"] as const;
const subsets = needNames
  .reduce<Need[][]>((sets, need) => [...sets, ...sets.map((set) => [...set, need])], [[]])
  .filter((set) => set.length > 0);
const cases = subsets.flatMap((needs) =>
  states.map((state) => ({ id: `${needs.map((need) => need[0]).join("")}-${state}`, needs, state })),
);

/** The shared lock in which everybody holds one own server and one of each address; a share of the pool without the need for hardware. */
function lockOfAll(): Lock {
  return grantedLock(({ thr1 }) => {
    const free = ["r03", "r05", "r06", "r07"].flatMap((rack) => serversOfRack(sampleEstate(), "thr1", rack)).map(({ name }) => name);
    cases.forEach(({ id, needs }, index) => {
      const owns = needs.includes("hardware");
      const line = { messenger: id, group: "all", state: "granted", since: "2026-11-24", image: "node-1" } as const;
      if (owns) thr1.servers[free.pop() ?? ""] = { ...line, address: `10.65.${index}.2` };
      else if (needs.includes("cluster")) thr1.quotas[id] = { cpu: 1, memoryGiB: 1, nvmeTiB: 0, objectTiB: 0 };
      if (owns || needs.includes("network")) {
        thr1.vlans[String(1100 + index)] = { messenger: id };
        thr1.private[`10.65.${index}.0/26`] = { messenger: id };
      }
      if (needs.includes("network")) {
        thr1.vips[`198.51.100.${128 + index * 2}/31`] = { messenger: id };
        thr1.egress[`192.0.2.${index * 2}/31`] = { messenger: id, servers: ["thr1-r08-s01", "thr1-r09-s01"] };
      }
    });
  });
}

const messengers = cases.map(({ id, needs, state }) =>
  sampleMessenger("bale", { messenger: id, needs, lifecycle: state, placement: { sites: { thr1: "100%" } } }),
);
const request = grantedRequest({ messengers, lock: lockOfAll() });
const texts = written((outdir) => buildApp(request, { outdir }));
const nouns = (id: string): string[] => {
  const stack = new Synthesized(JSON.parse(texts.get(`${id}.thr1`) ?? "{}") as Attributes);
  return [...new Set(stack.addresses.map((address) => address.replace(/^[^.]*\./, "").replace(/_.*/, "")))].sort();
};

test.each(cases)("$id has just what it asked for and what its state leaves it", ({ id, needs, state }) => {
  const [hardware, network, cluster] = needNames.map((need) => needs.includes(need));
  const isHere = state !== "absent";
  const expected = {
    access: cluster && state !== "retired",
    addresses: cluster && network,
    attachment: cluster && network && !hardware,
    egress: cluster && network,
    hosts: hardware,
    isolation: cluster,
    limits: cluster,
    namespace: cluster,
    quota: cluster,
  };
  expect(texts.has(`${id}.thr1`)).toBe(needs.some((need) => need !== "network"));
  expect(nouns(id)).toEqual(isHere ? Object.entries(expected).flatMap(([noun, has]) => (has ? [noun] : [])) : []);
});
