import type { LockInput } from "../../lib/allocation/draft";
import { judgeLock } from "../../lib/allocation/judgement";
import { releaseMessenger } from "../../lib/allocation/release";
import type { Estate } from "../../lib/request/estate";
import type { Lock, LockServer, LockSite } from "../../lib/request/lock";
import type { Messenger } from "../../lib/request/messenger";
import { demandOf, estateOf, fourRacks, messengerOf, rack, run, site, thr1, using } from "../support/allocation";

const soroush = messengerOf("soroush");
const much = [demandOf("soroush", { all: using(24, { egressMbps: 1000, ingressMbps: 100 }) })];
const little = [demandOf("soroush", { all: using(6, { egressMbps: 10, ingressMbps: 100 }) })];
const lock = run({ estate: fourRacks(), messengers: [soroush], demands: much }).lock;

const release = (change: Partial<LockInput> = {}, messenger: Messenger = soroush) => {
  const input = { estate: fourRacks(), messengers: [messenger], demands: much, lock, ...change };
  return { ...releaseMessenger(input, messenger), input };
};
const changed = (change: (lines: LockSite) => void, from: Lock = lock): Lock => {
  const copy = structuredClone(from);
  change(thr1(copy));
  return copy;
};
const states = (of: Lock): Record<string, string> =>
  Object.fromEntries(Object.entries(thr1(of).servers).map(([name, { state }]) => [name, state]));
const inState = (state: LockServer["state"]): Lock =>
  changed(({ servers }) => {
    for (const line of Object.values(servers)) line.state = state;
  });
const retired = messengerOf("soroush", { lifecycle: { state: "retired" } });

test("who needs all that it has gives back nothing", () => {
  const same = release();
  expect(same).toMatchObject({ lock, moves: [], changes: [], rested: [], egress: [], notes: [], problems: [] });
});

test("surplus drains from the fullest rack while the laws hold, figures fall to the need, and egress moves off", () => {
  const { lock: after, moves, changes, egress, input } = release({ demands: little });
  expect(states(after)).toEqual({
    "thr1-r01-s01": "granted",
    "thr1-r01-s02": "draining",
    "thr1-r02-s01": "granted",
    "thr1-r02-s02": "draining",
    "thr1-r03-s01": "draining",
    "thr1-r03-s02": "draining",
  });
  expect(moves[0]).toEqual({
    server: "thr1-r03-s02",
    site: "thr1",
    holder: "soroush",
    group: "all",
    from: "granted",
    to: "draining",
    works: true,
  });
  expect(thr1(after).servers["thr1-r01-s02"]).toMatchObject({ since: "2026-11-24", image: "node-1", address: "10.64.0.3" });
  expect(thr1(after).bandwidth.soroush).toEqual({ egressMbps: 10, ingressMbps: 100, groups: { all: 10 } });
  expect(changes).toEqual([
    { holder: "soroush", site: "thr1", resource: "egressMbps", added: [], before: 1000, after: 10, why: "it needs no more" },
  ]);
  expect(thr1(lock).egress["198.51.100.16/30"]?.servers).toEqual(["thr1-r01-s01", "thr1-r01-s02", "thr1-r02-s01", "thr1-r03-s01"]);
  expect(thr1(after).egress["198.51.100.16/30"]?.servers).toEqual(["thr1-r01-s01", "thr1-r01-s01", "thr1-r02-s01", "thr1-r02-s01"]);
  expect(egress.map(({ index, from, to }) => [index, from, to])).toEqual([
    [1, "thr1-r01-s02", "thr1-r01-s01"],
    [3, "thr1-r03-s01", "thr1-r02-s01"],
  ]);
  expect(judgeLock({ ...input, lock: after })).toEqual({ stale: [], deficits: [], violations: [], surplus: [], warnings: [] });
  expect(run({ ...input, lock: after }).changes).toEqual([]);
  expect(releaseMessenger({ ...input, lock: after }, soroush).lock).toEqual(after);
});

test("of surplus the dead go first, and no more than the living can spare", () => {
  const { racks } = site(fourRacks().sites.thr1?.racks ?? {});
  const estate = estateOf({ thr1: site(racks, { outOfService: { "thr1-r01-s01": "memory errors" } }) });
  const demands = [demandOf("soroush", { all: using(19.2, { egressMbps: 1000, ingressMbps: 100 }) })];
  expect(release({ estate, demands }).moves.map(({ server, works }) => [server, works])).toEqual([["thr1-r01-s01", false]]);
});

test("an uplink holds back servers whose going would load the others' racks too much", () => {
  const demands = [demandOf("soroush", { all: using(6, { egressMbps: 1000, ingressMbps: 100 }) })];
  expect(release({ demands }).moves).toHaveLength(4);
  // Two racks of one server each would carry all of it, each.
  const { moves, input } = release({ demands, estate: fourRacks({ uplink: 600 }) });
  expect(moves.length).toBeLessThan(4);
  expect(judgeLock({ ...input, lock: releaseMessenger(input, soroush).lock }).violations).toEqual([]);
});

test("who is stale gives back nothing, and is told what to do", () => {
  const demands = [demandOf("soroush", { all: using(48, { egressMbps: 10, ingressMbps: 100 }) })];
  const { problems, lock: after } = release({ demands });
  expect(problems).toEqual([
    "soroush at thr1, all: it has 48 threads of the 80 threads that it needs at peak; 32 threads of the 60 threads that it needs after the loss of a rack: about 4 servers are missing; only who has what it needs can give back: run allocate soroush first",
  ]);
  expect(after).toBe(lock);
});

test("who retires drains all and sends nothing; addresses rest once nothing of its runs, VLAN and prefix once it holds nothing", () => {
  const first = release({}, retired);
  expect(Object.values(states(first.lock))).toEqual(Array.from({ length: 6 }, () => "draining"));
  expect(thr1(first.lock).bandwidth).toEqual({});
  expect(first.rested).toEqual([]);
  const second = release({ lock: inState("erasing") }, retired);
  expect(second.rested).toEqual([
    { holder: "soroush", site: "thr1", resource: "vips", name: "198.51.100.0/28", until: "2026-12-24" },
    { holder: "soroush", site: "thr1", resource: "egress", name: "198.51.100.16/30", until: "2026-12-24" },
  ]);
  expect(thr1(second.lock).quarantine.prefixes).toEqual({
    "198.51.100.0/28": { from: "soroush", until: "2026-12-24" },
    "198.51.100.16/30": { from: "soroush", until: "2026-12-24" },
  });
  const none = changed((lines) => (lines.servers = {}), second.lock);
  const third = release({ lock: none }, retired);
  expect(third.rested.map(({ resource, name }) => [resource, name])).toEqual([
    ["private", "10.64.0.0/25"],
    ["vlan", "1000"],
  ]);
  expect(thr1(third.lock)).toMatchObject({
    vlans: {},
    private: {},
    quarantine: { vlans: { "1000": { from: "soroush", until: "2026-12-24" } } },
  });
});

test.each(["granted", "rolling", "draining"] as const)("while a server is %s nothing of the network rests", (state) => {
  const one = changed(({ servers }) => {
    for (const [index, line] of Object.values(servers).entries()) line.state = index === 0 ? state : "erasing";
  });
  expect(release({ lock: one }, retired).rested).toEqual([]);
});

test("a retired messenger's servers that roll end that first", () => {
  expect(release({ lock: inState("rolling") }, retired)).toMatchObject({
    moves: [],
    notes: ["6 servers of soroush at thr1 are rolling; end that with roll soroush, and release again"],
  });
});

const pool = { r01: rack({ pool: true }), r02: rack({ pool: true }), r03: rack({ pool: true }) };
const mixed: Estate = estateOf({ thr1: site({ ...pool, r05: rack(), r06: rack(), r07: rack() }) });

test("from own servers to the pool: they stay while it is short there, and go once it is not", () => {
  const own = run({ estate: mixed, messengers: [soroush], demands: much }).lock;
  const shared = messengerOf("soroush", { needs: ["network", "cluster"] });
  const needs = [demandOf("soroush", { all: using(24) })];
  const input = { estate: mixed, messengers: [shared], demands: needs };
  expect(release({ ...input, lock: own }, shared).problems).toEqual([
    "soroush at thr1: it needs 30 threads of the pool, holds 0; only who has what it needs can give back: run allocate soroush first",
  ]);
  const { lock: both } = run({ ...input, lock: own });
  const short = changed((lines) => (lines.short.soroush = { cpu: 2, since: "2026-11-24" }), both);
  if (short.sites.thr1?.quotas.soroush) short.sites.thr1.quotas.soroush.cpu = 28;
  expect(release({ ...input, lock: short }, shared)).toMatchObject({
    lock: short,
    notes: ["soroush keeps 6 servers of all at thr1 that it needs no longer: it is short there of what takes their place"],
  });
  const gone = release({ ...input, lock: both }, shared);
  expect(gone.moves).toHaveLength(6);
  expect(thr1(gone.lock).bandwidth.soroush).toEqual({ egressMbps: 0, ingressMbps: 0, groups: {} });
  expect(thr1(gone.lock).egress["198.51.100.16/30"]?.servers.every((server) => /r0[123]/.test(server))).toBe(true);
  expect(run({ ...input, lock: gone.lock }).changes).toEqual([]);
});

test("a quota falls to the need, and its data may lie by the looser rule of its file", () => {
  const bale = messengerOf("bale", { needs: ["network", "cluster"] });
  const stores = (threads: number, rule: { rf: number; shards: number; parity: number }) => [
    { ...demandOf("bale", { all: using(threads, { nvmeGB: 5000 }) }), ...rule },
  ];
  const strict = { rf: 3, shards: 4, parity: 2 };
  const held = run({ estate: mixed, messengers: [bale], demands: stores(24, strict) }).lock;
  const input = { estate: mixed, messengers: [bale], demands: stores(8, { rf: 2, shards: 4, parity: 2 }) };
  const { lock: after, changes } = release({ ...input, lock: held }, bale);
  expect(thr1(after).quotas.bale).toEqual({ cpu: 10, memoryGiB: 0, nvmeTiB: 5, objectTiB: 0, rf: 2, shards: 4, parity: 2 });
  expect(changes.map(({ resource, before, after: now, added }) => [resource, before, now, added])).toEqual([
    ["cpu", 30, 10, []],
    ["storage", undefined, undefined, ["2 replicas and 4 shards, 2 of them parity"]],
  ]);
  expect(run({ ...input, lock: after }).changes).toEqual([]);
});

test("a quota stays with who retires until it is absent, and with who leaves a site until all else is gone", () => {
  const bale = (change: Partial<Messenger>) => messengerOf("bale", { needs: ["network", "cluster"], ...change });
  const demands = [demandOf("bale", { all: using(8) })];
  const held = run({ estate: mixed, messengers: [bale({})], demands }).lock;
  const after = (messenger: Messenger, from: Lock) => release({ estate: mixed, demands, lock: from }, messenger).lock;
  const gone = bale({ lifecycle: { state: "retired" } });
  const kept = after(gone, held);
  expect(thr1(kept)).toMatchObject({
    quotas: { bale: { cpu: 10 } },
    bandwidth: {},
    vlans: { "1000": { pool: true } },
    vips: {},
    egress: {},
  });
  expect(after(gone, kept)).toEqual(kept);
  expect(thr1(after(bale({ lifecycle: { state: "absent" } }), kept)).quotas).toEqual({});
  const leaving = bale({ placement: { sites: { thr1: 0 }, survives: "rack", layout: "converged" } });
  const left = after(leaving, held);
  expect(thr1(left)).toMatchObject({ quotas: { bale: { cpu: 10 } }, vips: {} });
  expect(thr1(after(leaving, left)).quotas).toEqual({});
});

test("what it is no longer short of is forgotten, as allocate would forget it", () => {
  const short = changed((lines) => (lines.short.soroush = { groups: { all: 2 }, vips: 8, since: "2026-11-24" }));
  expect(thr1(release({ lock: short }).lock).short).toEqual({});
  expect(thr1(release({ lock: short }, retired).lock).short).toEqual({});
});
