/** Each law broken on purpose: the judge sees it. */
import { allocate } from "../../../lib/allocation/allocate";
import type { AllocationInput } from "../../../lib/allocation/allocation";
import type { LockSite } from "../../../lib/request/lock";
import { complete } from "./complete";
import { answersAlike } from "./order";
import { exclusive, lossProof } from "./judge";
import { kept } from "./kept";
import { refusals } from "./refusals";
import type { Scene } from "./story";
import { tight } from "./tight";
import { day, demandsOf, estateOf, type MessengerSpec, messengersOf, type RackSpec, type World } from "./world";

const rack = (rest: Partial<RackSpec> = {}): RackSpec => ({
  class: 0,
  servers: 8,
  uplink: 20_000,
  pool: false,
  state: "up",
  dead: [],
  ...rest,
});
const demand = { usedMilliThreads: 60_000, usedMemoryMiB: 100_000, nvmeGB: 5000, objectGB: 40_000, egressMbps: 4000, ingressMbps: 500 };
const messenger = (rest: Partial<MessengerSpec> = {}): MessengerSpec => ({
  focus: false,
  needs: ["hardware", "network", "cluster"],
  split: false,
  survives: "rack",
  state: "active",
  shares: { 0: 1000 },
  groups: {
    compute: { ...demand, nvmeGB: 0, objectGB: 0 },
    database: { ...demand, objectGB: 0 },
    object: { ...demand, nvmeGB: 0 },
    all: demand,
  },
  network: {},
  limits: { target: 600, degraded: 850, nic: 600 },
  rf: 3,
  code: [4, 2],
  ...rest,
});
const world: World = {
  sites: [
    {
      racks: [rack(), rack(), rack(), rack(), rack({ dead: [1] }), rack({ pool: true }), rack({ pool: true }), rack({ pool: true })],
      uplink: 100_000,
      vlans: 60,
      private: 16,
      public: [24],
    },
  ],
  classes: [0, 1, 2, 3, 4, 5],
  reserve: { threads: 2000, memory: 16_384 },
  headroom: { uplink: 100, pool: 100 },
  messengers: { soroush: messenger({ focus: true, split: true }), gap: messenger(), bale: messenger({ needs: ["network", "cluster"] }) },
};

const input = (rest: Partial<AllocationInput> = {}): AllocationInput => ({
  estate: estateOf(world),
  messengers: messengersOf(world),
  demands: demandsOf(world),
  lock: undefined,
  asOf: day(0),
  coefficients: "1",
  ...rest,
});
const sound: Scene = { input: input(), result: allocate(input()) };

/** The sound allocation, or one on top of it, with its site broken by hand. */
function broken(change: (site: LockSite) => void, from: Scene = sound): Scene {
  const lock = structuredClone(from.result.lock);
  const site = lock.sites.thr1;
  if (!site) throw new Error("nothing was allocated");
  change(site);
  return { input: from.input, result: { ...from.result, lock } };
}
const again: Scene = { input: input({ lock: sound.result.lock }), result: { ...sound.result, changes: [] } };
const free = (site: LockSite, count: number): string[] =>
  [1, 2, 3, 4]
    .flatMap((number) => Array.from({ length: 8 }, (_, index) => `thr1-r0${number}-s0${index + 1}`))
    .filter((name) => !site.servers[name])
    .slice(0, count);
const heldBy = (site: LockSite, id: string): string[] => Object.keys(site.servers).filter((name) => site.servers[name]?.messenger === id);
const give = (site: LockSite, names: readonly string[], id = "gap"): void => {
  const line = site.servers[heldBy(site, id)[0] ?? ""];
  for (const [index, name] of names.entries()) if (line) site.servers[name] = { ...line, address: `10.79.255.${index}` };
};

test("the sound allocation is sound", () => {
  expect(sound.result.refused).toEqual([]);
  expect([exclusive, lossProof, kept, tight, complete, refusals].flatMap((judge) => judge(sound))).toEqual([]);
  expect(Object.keys(sound.result.lock.sites.thr1?.servers ?? {}).length).toBeGreaterThan(30);
});

test("law 1: an answer that hangs on the order of files", () => {
  const hanging = (given: AllocationInput): typeof sound.result => {
    const result = allocate(given);
    return { ...result, lock: { ...result.lock, coefficients: given.messengers[0]?.messenger ?? "" } };
  };
  const answersOf = (answer: (given: AllocationInput) => typeof sound.result): string[] =>
    [1, 2, 3].flatMap((salt) => answersAlike(answer, { input: input(), result: answer(input()) }, salt));
  expect(answersOf(allocate)).toEqual([]);
  expect(answersOf(hanging)).not.toEqual([]);
});

const two: [string, (site: LockSite) => void, RegExp][] = [
  [
    "a server of a messenger and of the pool",
    (site) => Object.assign(site.servers[heldBy(site, "gap")[0] ?? ""] ?? {}, { pool: true }),
    /has not one holder/,
  ],
  [
    "an address given twice",
    (site) => heldBy(site, "gap").forEach((name) => Object.assign(site.servers[name] ?? {}, { address: "10.64.0.77" })),
    /given twice/,
  ],
  ["a dead server", (site) => give(site, ["thr1-r05-s01"]), /granted out of service/],
  ["a server that is not there", (site) => give(site, ["thr1-r01-s09"]), /is no server/],
  ["a pool's server", (site) => give(site, ["thr1-r06-s01"]), /goes to gap/],
  ["overlapping prefixes", (site) => Object.assign(site.private, { "10.64.0.0/20": { messenger: "gap" } }), /overlaps/],
  ["a foreign prefix", (site) => Object.assign(site.vips, { "203.0.113.0/28": { messenger: "gap" } }), /is not the site's/],
  ["a VLAN out of range", (site) => Object.assign(site.vlans, { "999": { messenger: "gap" } }), /VLAN 999/],
  ["a rack's uplink", (site) => Object.assign(site.bandwidth.gap?.groups ?? {}, { all: 60_000 }), /uplink of thr1-r0/],
  ["a site's uplink", (site) => Object.assign(site.bandwidth.bale ?? {}, { egressMbps: 95_000 }), /egressMbps of thr1/],
  ["the pool's threads", (site) => Object.assign(site.quotas.bale ?? {}, { cpu: 5000 }), /cpu of the pool/],
];
test.each(two)("law 2: %s", (_, change, finding) => {
  expect(exclusive(broken(change)).join("\n")).toMatch(finding);
});

test("law 2: what is in quarantine", () => {
  const lock = structuredClone(sound.result.lock);
  const [name = ""] = heldBy(lock.sites.thr1 ?? ({} as LockSite), "gap");
  const before = structuredClone(lock);
  delete before.sites.thr1?.servers[name];
  Object.assign(before.sites.thr1?.quarantine.servers ?? {}, { [name]: { from: "bale", until: day(9) } });
  expect(exclusive({ input: input({ lock: before }), result: { ...sound.result, lock } }).join()).toMatch(/granted in quarantine/);
  expect(exclusive({ input: input({ lock: before, asOf: day(10) }), result: { ...sound.result, lock } })).toEqual([]);
});

test("law 2: the pool's bytes", () => {
  const { messengers } = world;
  const huge = { ...demand, nvmeGB: 1_000_000 };
  const bale = messenger({ needs: ["network", "cluster"], groups: { compute: huge, database: huge, object: huge, all: huge } });
  const scene = broken((site) => Object.assign(site.quotas.bale ?? {}, { nvmeTiB: 910 }));
  const demands = demandsOf({ ...world, messengers: { ...messengers, bale } });
  expect(exclusive({ ...scene, input: { ...scene.input, demands } }).join()).toMatch(/nvmeTiB of the pool of thr1 finds no room for bale/);
});

const three: [string, (site: LockSite) => void, RegExp][] = [
  ["a server taken", (site) => delete site.servers[heldBy(site, "gap")[0] ?? ""], /changed in servers/],
  [
    "a server moved",
    (site) => Object.assign(site.servers[heldBy(site, "gap")[0] ?? ""] ?? {}, { messenger: "soroush" }),
    /changed in servers/,
  ],
  [
    "an address changed",
    (site) => Object.assign(site.servers[heldBy(site, "gap")[0] ?? ""] ?? {}, { address: "10.64.9.9" }),
    /changed in servers/,
  ],
  ["bandwidth lowered", (site) => Object.assign(site.bandwidth.gap ?? {}, { egressMbps: 1 }), /bandwidth of gap/],
  ["a quota lowered", (site) => Object.assign(site.quotas.bale ?? {}, { memoryGiB: 1 }), /quotas of bale/],
  [
    "a prefix into quarantine",
    (site) => Object.assign(site.quarantine.prefixes, { "10.64.64.0/24": { from: "gap", until: day(3) } }),
    /went into quarantine/,
  ],
];
test.each(three)("law 3: %s", (_, change, finding) => {
  expect(kept(again)).toEqual([]);
  expect(kept(broken(change, again)).join("\n")).toMatch(finding);
});
test("law 3: a line for one who did not ask", () => {
  const scene = broken((site) => give(site, free(site, 1)), { ...again, input: input({ lock: sound.result.lock, names: ["soroush"] }) });
  expect(kept(scene).join()).toMatch(/given to one who did not ask/);
});

test("law 4: a server too few, and too many in one rack", () => {
  const few = broken((site) =>
    heldBy(site, "gap")
      .slice(1)
      .forEach((name) => delete site.servers[name]),
  );
  expect(lossProof(few).join()).toMatch(/gap all at thr1 .*does not survive a rack/);
  const stacked = broken((site) => {
    const held = heldBy(site, "gap");
    const line = site.servers[held[0] ?? ""];
    for (const name of held) delete site.servers[name];
    for (let number = 1; line && number <= held.length; number++) site.servers[`thr1-r06-s0${number}`] = line;
  });
  expect(lossProof(stacked).join()).toMatch(/gap all at thr1 .*lies in 1 racks of 3/);
});

test("law 5: refused and written, a refusal without a word, a need left out", () => {
  const refusal = { messenger: "gap", site: "thr1", resource: "servers" as const, missing: 3, what: "no room", remedy: "add a rack" };
  expect(refusals({ ...sound, result: { ...sound.result, refused: [refusal] } }).join()).toMatch(/written all the same/);
  expect(refusals({ ...again, result: { ...again.result, refused: [{ ...refusal, remedy: "" }] } }).join()).toMatch(/without a word/);
  expect(refusals({ ...again, result: { ...again.result, refused: [{ ...refusal, missing: 0 }] } }).join()).toMatch(/misses 0/);
  expect(complete(broken((site) => delete site.vips[Object.keys(site.vips)[0] ?? ""])).join()).toMatch(/vips/);
  const short = broken((site) => {
    for (const name of heldBy(site, "gap")) delete site.servers[name];
    site.short.gap = { groups: { all: 3 }, since: day(0) };
  });
  expect(tight(short).join()).toMatch(/is short though/);
});

test("law 6: two servers above the least, and one below it", () => {
  const more = broken((site) => give(site, free(site, 2)));
  expect(tight(more).join()).toMatch(/would do/);
  const fewer = broken((site) => delete site.servers[heldBy(site, "gap").at(-1) ?? ""]);
  expect(tight(fewer).join()).toMatch(/are the least/);
});
