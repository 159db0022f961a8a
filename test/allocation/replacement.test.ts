import type { LockInput } from "../../lib/allocation/draft";
import { judgeLock } from "../../lib/allocation/judgement";
import { releaseServers } from "../../lib/allocation/replacement";
import type { Estate, Rack } from "../../lib/request/estate";
import type { Lock, LockSite } from "../../lib/request/lock";
import { demandOf, estateOf, fourRacks, messengerOf, rack, run, site, thr1, using } from "../support/allocation";

const soroush = messengerOf("soroush");
const demands = [demandOf("soroush", { all: using(24, { egressMbps: 1000, ingressMbps: 100 }) })];
const lock = run({ estate: fourRacks(), messengers: [soroush], demands }).lock;

const release = (servers: readonly string[], change: Partial<LockInput> = {}) => {
  const input = { estate: fourRacks(), messengers: [soroush], demands, lock, ...change };
  return { ...releaseServers(input, servers), input };
};
const changed = (change: (lines: LockSite) => void, from: Lock = lock): Lock => {
  const copy = structuredClone(from);
  change(thr1(copy));
  return copy;
};
const withDead = (...names: string[]): Estate => {
  const { racks } = site(fourRacks().sites.thr1?.racks ?? {});
  return estateOf({ thr1: site(racks, { outOfService: Object.fromEntries(names.map((name) => [name, "memory errors"])) }) });
};

test("another is granted in its place, its egress address moves, and allocate changes nothing", () => {
  const { lock: after, moves, changes, egress, problems, input } = release(["thr1-r03-s01"]);
  expect(problems).toEqual([]);
  expect(moves.map(({ server, to }) => [server, to])).toEqual([["thr1-r03-s01", "draining"]]);
  expect(changes).toMatchObject([{ resource: "servers", added: ["thr1-r03-s03"], before: 5, after: 6 }]);
  expect(thr1(after).servers["thr1-r03-s03"]).toEqual({
    messenger: "soroush",
    group: "all",
    state: "granted",
    since: "2026-11-24",
    image: "node-1",
    address: "10.64.0.8",
  });
  expect(egress.map(({ from, to }) => [from, to])).toEqual([["thr1-r03-s01", "thr1-r03-s02"]]);
  expect(run({ ...input, lock: after }).changes).toEqual([]);
  expect(judgeLock({ ...input, lock: after })).toEqual({ stale: [], deficits: [], violations: [], surplus: [], warnings: [] });
});

test("a dead server's place is taken, which mends the deficit", () => {
  const estate = withDead("thr1-r01-s01");
  const { lock: after, changes, moves, input } = release(["thr1-r01-s01"], { estate });
  expect(changes[0]?.added).toHaveLength(1);
  expect(moves).toMatchObject([{ server: "thr1-r01-s01", works: false }]);
  expect(judgeLock({ ...input, lock: after }).deficits).toEqual([]);
});

test("where the laws want no other, none is granted", () => {
  const less = [demandOf("soroush", { all: using(19.2, { egressMbps: 1000, ingressMbps: 100 }) })];
  expect(release(["thr1-r03-s01"], { demands: less })).toMatchObject({ changes: [], moves: [{ server: "thr1-r03-s01" }], problems: [] });
});

test("a living surplus is not taken for spare while others are dead", () => {
  const less = [demandOf("soroush", { all: using(19.2, { egressMbps: 1000, ingressMbps: 100 }) })];
  const { changes } = release(["thr1-r03-s01"], { demands: less, estate: withDead("thr1-r01-s01") });
  expect(changes[0]?.added).toHaveLength(1);
});

test("where nothing fits in their place it is refused, and nothing is changed", () => {
  const full = estateOf({ thr1: site({ r01: rack({ servers: 2 }), r02: rack({ servers: 2 }), r03: rack({ servers: 2 }) }) });
  const { problems, lock: after, moves } = release(["thr1-r03-s01"], { estate: full });
  expect(problems).toEqual([
    "soroush at thr1, all: nothing takes their place: with the 5 plain servers that it holds and the 0 in 0 racks that are free at thr1 it would have 24 threads of the 30 threads that it needs after the loss of a rack. What would help: add 1 plain server or more, spread over racks, have others release what they no longer need, or lower the need",
  ]);
  expect([after, moves]).toEqual([lock, []]);
});

test("of a retired messenger servers just drain", () => {
  const retired = messengerOf("soroush", { lifecycle: { state: "retired" } });
  expect(release(["thr1-r03-s01"], { messengers: [retired] })).toMatchObject({ changes: [], moves: [{ server: "thr1-r03-s01" }] });
});

test("every name that cannot be released is said at once, and what drains already is left", () => {
  const busy = changed(({ servers, quarantine }) => {
    Object.assign(servers["thr1-r01-s01"] ?? {}, { state: "rolling" });
    Object.assign(servers["thr1-r01-s02"] ?? {}, { state: "erasing" });
    Object.assign(servers["thr1-r02-s01"] ?? {}, { state: "detached", for: "roll" });
    Object.assign(servers["thr1-r02-s02"] ?? {}, { state: "draining" });
    quarantine.servers["thr1-r04-s01"] = { from: "gap", until: "2026-12-01" };
  });
  const names = [
    "thr1-r01-s01",
    "thr1-r01-s02",
    "thr1-r02-s01",
    "thr1-r02-s02",
    "thr1-r04-s01",
    "thr1-r04-s02",
    "thr1-r05-s01",
    "mhd1-a-s01",
  ];
  expect(release(names, { lock: busy })).toMatchObject({
    problems: [
      "there is no server mhd1-a-s01, expected a name such as thr1-r01-s01",
      "thr1-r04-s01 came back from gap already and rests until 2026-12-01",
      "thr1-r04-s02 is held by nobody",
      "there is no server thr1-r05-s01, did you mean thr1-r01-s01?",
      "thr1-r01-s01 is being rolled; end that with roll soroush, and release it then",
      "thr1-r01-s02 is erasing, on its way into quarantine already",
      "thr1-r02-s01 is being rolled; end that with roll soroush, and release it then",
    ],
    lock: busy,
  });
  expect(release(["thr1-r02-s02"], { lock: busy })).toMatchObject({ notes: ["thr1-r02-s02 is draining already"], moves: [], problems: [] });
});

test("who is stale must be allocated first", () => {
  const more = [demandOf("soroush", { all: using(24, { egressMbps: 1500, ingressMbps: 100 }) })];
  expect(release(["thr1-r03-s01"], { demands: more }).problems).toEqual([
    "soroush at thr1: it needs 1500 Mbit/s out, holds 1000; run allocate soroush first",
  ]);
});

const pool = (change: Partial<Record<string, Partial<Rack>>> = {}): Estate =>
  estateOf({
    thr1: site(Object.fromEntries(["r01", "r02", "r03", "r04"].map((name) => [name, rack({ pool: true, servers: 2, ...change[name] })]))),
  });
const bale = messengerOf("bale", { needs: ["network", "cluster"] });
const need = (threads: number) => [demandOf("bale", { all: using(threads) })];
const shared = run({ estate: pool(), messengers: [bale], demands: need(28.8) }).lock;
const letGo = (servers: readonly string[], estate: Estate, threads = 28.8) =>
  release(servers, { estate, messengers: [bale], demands: need(threads), lock: shared });

test("a server of the pool goes while the promises stand without it; egress addresses of others move off it", () => {
  expect(thr1(shared).egress["198.51.100.4/31"]?.servers).toEqual(["thr1-r01-s01", "thr1-r02-s01"]);
  const { lock: after, egress, problems, changes } = letGo(["thr1-r01-s01"], pool());
  expect([problems, changes]).toEqual([[], []]);
  expect(egress).toEqual([
    { messenger: "bale", site: "thr1", prefix: "198.51.100.4/31", index: 0, from: "thr1-r01-s01", to: "thr1-r01-s02" },
  ]);
  expect(thr1(after).servers["thr1-r01-s01"]).toMatchObject({ pool: true, state: "draining" });
});

test("a rack that ceased to be the pool's gives back its servers as far as the promises stand", () => {
  const estate = pool({ r04: { pool: false } });
  expect(letGo(["thr1-r04-s01"], estate).problems).toEqual([]);
  expect(letGo(["thr1-r04-s01", "thr1-r04-s02"], estate).problems).toEqual([
    "without them, of the pool of thr1 32 threads may be promised after the loss of a rack and 36 are. What would help: name fewer servers, have others release what they no longer need, or add racks at thr1",
  ]);
});

test("servers of pool racks that wait take their place", () => {
  const estate = pool({ r02: { servers: 3 }, r03: { servers: 3 }, r04: { pool: false } });
  const { problems, changes, lock: after } = letGo(["thr1-r04-s01", "thr1-r04-s02"], estate);
  expect(problems).toEqual([]);
  expect(changes).toMatchObject([{ holder: "pool", resource: "servers", added: ["thr1-r02-s03", "thr1-r03-s03"] }]);
  expect(thr1(after).servers["thr1-r03-s03"]).toMatchObject({ pool: true, state: "granted" });
});
