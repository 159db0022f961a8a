import type { Estate } from "../../lib/request/estate";
import type { Lock } from "../../lib/request/lock";
import { judgeLock, type Judgement } from "../../lib/allocation/judgement";
import { demandOf, estateOf, fourRacks, messengerOf, rack, run, site, thr1, using } from "../support/allocation";

const soroush = messengerOf("soroush");
const demands = [demandOf("soroush", { all: using(24, { egressMbps: 1000, ingressMbps: 100 }) })];
const lock = run({ estate: fourRacks(), messengers: [soroush], demands }).lock;
const judge = (change: { estate?: Estate; lock?: Lock; demands?: typeof demands } = {}): Judgement =>
  judgeLock({ estate: fourRacks(), messengers: [soroush], demands, lock, ...change });
const standing = { stale: [], deficits: [], violations: [], surplus: [], warnings: [] };
const changed = (change: (lines: ReturnType<typeof thr1>) => void): Lock => {
  const copy = structuredClone(lock);
  change(thr1(copy));
  return copy;
};
const broken = (names: Readonly<Record<string, string>>): Estate =>
  estateOf({ thr1: { ...site(fourRacks().sites.thr1?.racks ?? {}), outOfService: names } });

test("a lock that allocate wrote stands", () => {
  expect(judge()).toEqual(standing);
});

test("a need that has grown is stale, group and figures each", () => {
  const grown = [demandOf("soroush", { all: using(48, { egressMbps: 1500, ingressMbps: 100 }) })];
  expect(judge({ demands: grown })).toEqual({
    ...standing,
    stale: [
      {
        messenger: "soroush",
        site: "thr1",
        group: "all",
        resource: "servers",
        what: "it has 48 threads of the 80 threads that it needs at peak; 32 threads of the 60 threads that it needs after the loss of a rack: about 4 servers are missing",
      },
      { messenger: "soroush", site: "thr1", resource: "egressMbps", what: "it needs 1500 Mbit/s out, holds 1000" },
    ],
  });
});

test("what is recorded as short is not stale, and a need beyond it is", () => {
  const short = changed((lines) => (lines.short.soroush = { groups: { all: 4 }, egressMbps: 500, since: "2026-11-24" }));
  const needing = (threads: number, egressMbps: number) => [demandOf("soroush", { all: using(threads, { egressMbps, ingressMbps: 100 }) })];
  expect(judge({ lock: short, demands: needing(48, 1500) })).toEqual(standing);
  expect(judge({ lock: short, demands: needing(49, 1501) }).stale.map(({ resource }) => resource)).toEqual(["servers", "egressMbps"]);
});

test("a dead server and a dark rack are deficits, and nobody is stale", () => {
  const dead = judge({ estate: broken({ "thr1-r01-s01": "memory errors" }) });
  expect(dead).toEqual({
    ...standing,
    deficits: [
      {
        messenger: "soroush",
        site: "thr1",
        group: "all",
        resource: "servers",
        law: 4,
        outages: ["thr1-r01-s01"],
        what: "without thr1-r01-s01 (memory errors), it has 24 threads of the 30 threads that it needs after the loss of a rack",
        remedy: "mend thr1-r01-s01, or release it, which grants another in its place where one fits",
      },
      {
        messenger: "soroush",
        site: "thr1",
        resource: "egress",
        outages: ["thr1-r01-s01"],
        what: "thr1-r01-s01 of the egress servers of 198.51.100.16/30 does not work; its share of the traffic is dropped",
        remedy: "bring thr1-r01-s01 back, or release it, which moves the addresses",
      },
    ],
  });
  const racks = { ...fourRacks().sites.thr1?.racks, r01: rack({ outOfService: "no power" }) };
  expect(judge({ estate: estateOf({ thr1: site(racks) }) })).toMatchObject({
    stale: [],
    violations: [],
    deficits: [{ group: "all" }, { resource: "egress" }],
  });
});

test("rolling and detached for a roll are deficits; draining and erasing are given up, so their holder is stale", () => {
  const as = (state: "rolling" | "detached" | "draining" | "erasing", purpose?: "roll" | "erase") =>
    judge({
      lock: changed((lines) => {
        const line = lines.servers["thr1-r02-s02"];
        if (line) lines.servers["thr1-r02-s02"] = { ...line, state, ...(purpose ? { for: purpose } : {}) };
      }),
    });
  for (const judged of [as("rolling"), as("detached", "roll")])
    expect(judged).toMatchObject({ stale: [], deficits: [{ resource: "servers" }] });
  for (const judged of [as("draining"), as("erasing"), as("detached", "erase")])
    expect(judged).toMatchObject({ stale: [{ resource: "servers" }], deficits: [] });
});

test("egress servers that roll say which roll is to be ended", () => {
  const rolling = changed((lines) => {
    const line = lines.servers["thr1-r01-s01"];
    if (line) lines.servers["thr1-r01-s01"] = { ...line, state: "rolling" };
  });
  expect(judge({ lock: rolling }).deficits.find(({ resource }) => resource === "egress")?.remedy).toBe("end the roll with roll soroush");
});

test("a lowered uplink is a broken promise, of the rack and of the site", () => {
  expect(judge({ estate: fourRacks({ uplink: 400 }) }).violations).toContainEqual({
    site: "thr1",
    holders: ["soroush"],
    what: "of the uplink of rack r01 400 Mbit/s may be promised and 500 Mbit/s are reserved",
  });
  const { racks } = site(fourRacks().sites.thr1?.racks ?? {});
  expect(judge({ estate: estateOf({ thr1: site(racks, { uplink: 900 }) }) })).toEqual({
    ...standing,
    violations: [{ site: "thr1", holders: ["soroush"], what: "of the uplink of thr1 900 Mbit/s may be promised out and 1 Gbit/s are" }],
  });
});

test("quotas beyond the pool are a deficit of all who share it where an outage is to blame, else a broken promise", () => {
  const pool = (dark: boolean) =>
    estateOf({
      thr1: site({
        r01: rack({ pool: true, ...(dark ? { outOfService: "no power" } : {}) }),
        r02: rack({ pool: true }),
        r03: rack({ pool: true }),
      }),
    });
  const bale = messengerOf("bale", { needs: ["cluster"] });
  const needs = [demandOf("bale", { all: using(48) })];
  const shared = run({ estate: pool(false), messengers: [bale], demands: needs }).lock;
  const input = { messengers: [bale], demands: needs, lock: shared };
  expect(judgeLock({ ...input, estate: pool(false) })).toEqual(standing);
  expect(judgeLock({ ...input, estate: pool(true) })).toEqual({
    ...standing,
    deficits: [
      {
        messenger: "bale",
        site: "thr1",
        resource: "cpu",
        law: 2,
        outages: ["thr1-r01"],
        what: "without rack r01 (no power, 4 servers), of the pool of thr1 32 threads may be promised after the loss of a rack and 60 are",
        remedy: "bring rack r01 of thr1 back, or add pool racks at thr1",
      },
    ],
  });
  const twice = structuredClone(shared);
  thr1(twice).quotas.gap = { cpu: 5, memoryGiB: 0, nvmeTiB: 0, objectTiB: 0 };
  expect(judgeLock({ ...input, estate: pool(false), lock: twice }).violations).toEqual([
    { site: "thr1", holders: ["bale", "gap"], what: "of the pool of thr1 64 threads may be promised after the loss of a rack and 65 are" },
  ]);
});

test.each([
  ["sends", "out", "egressMbps"],
  ["receives", "in", "ingressMbps"],
] as const)("a pool that %s less because of a messenger's dead server in its racks names that server", (_, way, resource) => {
  const big = rack({ pool: true });
  const racks = { ...fourRacks().sites.thr1?.racks, r01: rack({ pool: true, uplink: 1000 }), r05: big, r06: big };
  const estate = (outOfService: Readonly<Record<string, string>>) => estateOf({ thr1: site(racks, { outOfService }) });
  const shared = run({ estate: estate({}), messengers: [soroush], demands, lock }).lock;
  Object.assign(thr1(shared).quotas, { bale: { cpu: 0, memoryGiB: 0, nvmeTiB: 0, objectTiB: 0 } });
  Object.assign(thr1(shared).bandwidth, { bale: { egressMbps: 0, ingressMbps: 0, groups: {}, [resource]: 40500 } });
  const judged = (names: Readonly<Record<string, string>>) =>
    judgeLock({ estate: estate(names), messengers: [], demands: [], lock: shared });
  expect(judged({})).toEqual(standing);
  expect(judged({ "thr1-r02-s02": "no memory" }).deficits).toContainEqual({
    messenger: "bale",
    site: "thr1",
    resource,
    law: 2,
    outages: ["thr1-r02-s02"],
    what: `without thr1-r02-s02 (no memory), of the pool of thr1 40333 Mbit/s ${way} may be promised after the loss of a rack and 40500 are`,
    remedy: "mend thr1-r02-s02, or release it, which grants another in its place where one fits",
  });
});

test("what a deficit of the pool advises is no release, which nothing would replace; and who is refused hears of the outage first", () => {
  const racks = { r01: rack({ pool: true }), r02: rack({ pool: true }), r03: rack({ pool: true }), r04: rack({ pool: true }) };
  const bale = messengerOf("bale", { needs: ["network", "cluster"] });
  const input = { messengers: [bale], demands: [demandOf("bale", { all: using(72, { egressMbps: 100 }) })] };
  const shared = run({ estate: estateOf({ thr1: site(racks) }), ...input }).lock;
  const dark = { ...racks, r01: rack({ pool: true, outOfService: "no power" }), r02: rack({ pool: true, outOfService: "fire" }) };
  const broken = estateOf({ thr1: site(dark, { outOfService: { "thr1-r03-s01": "no memory" } }) });
  const mend = "bring racks r01, r02 of thr1 back";
  const judged = judgeLock({ ...input, estate: broken, lock: shared }).deficits;
  expect(judged.find(({ resource }) => resource === "cpu")?.remedy).toBe(
    `${mend}, or add pool racks at thr1; mend thr1-r03-s01, or add pool racks at thr1`,
  );
  expect(judged.find(({ resource }) => resource === "egress")?.remedy).toMatch(
    /^bring thr1-r01-s01(?:, thr1-r02-s01)? back, or release (?:it|them), which moves the addresses where the pool can do without (?:it|them)$/,
  );
  const gap = messengerOf("gap", { needs: ["cluster"] });
  const asked = { messengers: [bale, gap], demands: [...input.demands, demandOf("gap", { all: using(8) })] };
  const { refused } = run({ estate: broken, ...asked, lock: shared });
  expect(refused.map(({ messenger, resource, remedy }) => [messenger, resource, remedy])).toEqual([
    [
      "gap",
      "cpu",
      `${mend}; mend thr1-r03-s01, add pool racks at thr1, have others release what they no longer need, or give gap own servers`,
    ],
  ]);
});

test("surplus is reported and makes nobody stale", () => {
  const surplus = (...what: string[]) => ({
    ...standing,
    surplus: what.map((each) => ({ messenger: "soroush", site: "thr1", what: each })),
  });
  expect(judge({ demands: [demandOf("soroush", { all: using(6, { egressMbps: 10, ingressMbps: 100 }) })] })).toEqual(
    surplus("4 servers of all more than it needs", "990 Mbit/s out more than it needs"),
  );
  const retired = messengerOf("soroush", { lifecycle: { state: "retired" } });
  expect(judgeLock({ estate: fourRacks(), messengers: [retired], demands, lock })).toEqual(
    surplus("6 servers of all more than it needs", "1000 Mbit/s out more than it needs", "100 Mbit/s in more than it needs"),
  );
});

test("a pool server that is not yet the pool's is a warning", () => {
  const racks = { ...fourRacks().sites.thr1?.racks, r09: rack({ pool: true }) };
  expect(judge({ estate: estateOf({ thr1: site(racks) }) })).toEqual({
    ...standing,
    warnings: ["4 servers of the pool racks of thr1 are not yet the pool's; allocate without names adds them"],
  });
});
