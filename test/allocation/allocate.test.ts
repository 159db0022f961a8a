import { allocate, inFairOrder } from "../../lib/allocation/allocate";
import { judgeLock } from "../../lib/allocation/judgement";
import type { Lock } from "../../lib/request/lock";
import { demandOf, estateOf, fourRacks, messengerOf, plainClass, rack, run, site, thr1, using } from "../support/allocation";

const soroush = messengerOf("soroush");
const small = demandOf("soroush", { all: using(6, { egressMbps: 1000, ingressMbps: 400 }) });
const lockOf = (threads: number): Lock =>
  run({ estate: fourRacks(), messengers: [soroush], demands: [demandOf("soroush", { all: using(threads) })] }).lock;
const pooled = () =>
  estateOf({
    thr1: site({
      r01: rack(),
      r02: rack(),
      r07: rack({ pool: true }),
      r08: rack({ pool: true }),
      r09: rack({ pool: true }),
      r10: rack({ pool: true }),
    }),
  });
const bale = messengerOf("bale", { needs: ["network", "cluster"] });

test("own servers bring their lines, each address and each egress server by its rule", () => {
  const { lock, refused } = run({ estate: fourRacks(), messengers: [soroush], demands: [small] });
  expect(refused).toEqual([]);
  const line = (address: string) => ({
    messenger: "soroush",
    group: "all",
    state: "granted",
    since: "2026-11-24",
    image: "node-1",
    address,
  });
  expect(thr1(lock)).toEqual({
    servers: { "thr1-r01-s01": line("10.64.0.2"), "thr1-r02-s01": line("10.64.0.3") },
    images: { "node-1": { url: "https://images.example/node.qcow2", checksum: `sha256:${"0".repeat(64)}` } },
    vlans: { "1000": { messenger: "soroush" } },
    private: { "10.64.0.0/25": { messenger: "soroush" } },
    vips: { "198.51.100.0/28": { messenger: "soroush" } },
    egress: { "198.51.100.16/30": { messenger: "soroush", servers: ["thr1-r01-s01", "thr1-r01-s01", "thr1-r02-s01", "thr1-r02-s01"] } },
    bandwidth: { soroush: { egressMbps: 1000, ingressMbps: 400, groups: { all: 1000 } } },
    quotas: {},
    short: {},
    quarantine: { servers: {}, prefixes: {}, vlans: {} },
  });
});

test("the pool has its servers, VLAN and addresses before anybody, and a share is a quota", () => {
  const demand = demandOf("bale", {
    all: using(6.8, { usedMemoryMiB: 10_240, nvmeGB: 2000, objectGB: 3000, egressMbps: 700, ingressMbps: 300 }),
  });
  const { lock, refused } = run({ estate: pooled(), messengers: [bale], demands: [demand] });
  expect(refused).toEqual([]);
  const lines = thr1(lock);
  expect(Object.keys(lines.servers)).toHaveLength(16);
  expect(lines.servers["thr1-r07-s01"]).toEqual({
    pool: true,
    group: "all",
    state: "granted",
    since: "2026-11-24",
    image: "node-1",
    address: "10.64.0.2",
  });
  expect(lines.vlans).toEqual({ "1000": { pool: true }, "1001": { messenger: "bale" } });
  expect(lines.private).toEqual({ "10.64.0.0/25": { pool: true }, "10.64.0.128/26": { messenger: "bale" } });
  expect(lines.quotas).toEqual({ bale: { cpu: 9, memoryGiB: 13, nvmeTiB: 2, objectTiB: 3, rf: 3, shards: 16, parity: 4 } });
  expect(lines.bandwidth).toEqual({ bale: { egressMbps: 700, ingressMbps: 300, groups: {} } });
  expect(lines.vips).toEqual({ "198.51.100.0/30": { messenger: "bale" } });
  expect(lines.egress).toEqual({ "198.51.100.4/31": { messenger: "bale", servers: ["thr1-r07-s01", "thr1-r08-s01"] } });
});

test("egress addresses of many messengers lie on different pool servers", () => {
  const ids = ["bale", "gap", "igap"];
  const { lock } = run({
    estate: pooled(),
    messengers: ids.map((id) => ({ ...bale, messenger: id })),
    demands: ids.map((id) => demandOf(id, { all: using(1) })),
  });
  const servers = Object.values(thr1(lock).egress).flatMap((line) => line.servers);
  expect(new Set(servers).size).toBe(6);
});

test("of a pool of 3 racks of 2 servers of 16 threads, 64 threads of quota can be promised and no more", () => {
  const racks = { r01: rack({ servers: 2, pool: true }), r02: rack({ servers: 2, pool: true }), r03: rack({ servers: 2, pool: true }) };
  const estate = estateOf({ thr1: site(racks) }, { classes: { plain: { ...plainClass, threads: 18_000 } } });
  // 64 threads of requests are 51.2 used at 80 %.
  expect(run({ estate, messengers: [bale], demands: [demandOf("bale", { all: using(51.2) })] }).refused).toEqual([]);
  const { lock, refused } = run({ estate, messengers: [bale], demands: [demandOf("bale", { all: using(52) })] });
  expect(refused).toMatchObject([{ messenger: "bale", site: "thr1", resource: "cpu", missing: 1 }]);
  expect(lock.sites).toEqual({});
});

test("hosts without a cluster run the messenger's own image, and no server carries their egress addresses", () => {
  const own = { name: "gap-1", url: "https://images.example/gap.qcow2", checksum: `sha256:${"1".repeat(64)}` };
  const { lock } = run({
    estate: fourRacks(),
    messengers: [messengerOf("soroush", { needs: ["hardware", "network"], image: own })],
    demands: [small],
  });
  expect(Object.values(thr1(lock).servers).map(({ image }) => image)).toEqual(["gap-1", "gap-1"]);
  expect(thr1(lock).images).toEqual({ "gap-1": { url: own.url, checksum: own.checksum } });
  expect(thr1(lock).egress).toEqual({ "198.51.100.4/31": { messenger: "soroush", servers: [] } });
});

test("the network alone is lines without servers", () => {
  const { lock } = run({ estate: fourRacks(), messengers: [messengerOf("soroush", { needs: ["network"] })], demands: [small] });
  expect(thr1(lock)).toMatchObject({
    servers: {},
    quotas: {},
    bandwidth: { soroush: { egressMbps: 1000, ingressMbps: 400, groups: {} } },
    vlans: { "1000": { messenger: "soroush" } },
    private: { "10.64.0.0/26": { messenger: "soroush" } },
    egress: { "198.51.100.4/31": { messenger: "soroush", servers: [] } },
  });
});

test("growth adds servers and a further prefix, and raises bandwidth; what is held stays", () => {
  const before = run({ estate: fourRacks(), messengers: [soroush], demands: [small] }).lock;
  const demands = [demandOf("soroush", { all: using(70 * 0.6, { egressMbps: 4000, ingressMbps: 400 }) })];
  const { lock, changes } = run({
    estate: fourRacks(),
    messengers: [messengerOf("soroush", { network: { private: 200 } })],
    demands,
    lock: before,
    asOf: "2026-12-01",
  });
  const lines = thr1(lock);
  expect(Object.keys(lines.servers)).toHaveLength(10);
  expect(lines.servers["thr1-r01-s01"]?.since).toBe("2026-11-24");
  expect(lines.servers["thr1-r03-s01"]).toMatchObject({ since: "2026-12-01", address: "10.64.0.8" });
  expect(Object.keys(lines.private)).toEqual(["10.64.0.0/25", "10.64.0.128/25"]);
  expect(lines.bandwidth).toEqual({ soroush: { egressMbps: 4000, ingressMbps: 400, groups: { all: 4000 } } });
  expect(changes.map(({ resource, before: old, after }) => [resource, old, after])).toEqual([
    ["private", undefined, undefined],
    ["servers", 2, 10],
    ["egressMbps", 1000, 4000],
  ]);
  expect(
    run({ estate: fourRacks(), messengers: [messengerOf("soroush", { network: { private: 200 } })], demands, lock, asOf: "2026-12-01" }),
  ).toEqual({ lock, changes: [], refused: [] });
});

test("a need that falls takes nothing back, and who retires keeps its lines", () => {
  const before = lockOf(40);
  const retired = messengerOf("soroush", { lifecycle: { state: "retired" } });
  for (const messengers of [
    [soroush],
    [retired],
    [messengerOf("soroush", { placement: { sites: { thr1: 0 }, survives: "rack", layout: "converged" } })],
  ])
    expect(run({ estate: fourRacks(), messengers, demands: [demandOf("soroush", { all: using(1) })], lock: before }).changes).toEqual([]);
});

test("nothing dead, dark, ordered, resting or of the pool is newly granted", () => {
  const estate = estateOf({
    thr1: site(
      {
        r01: rack(),
        r02: rack({ outOfService: "no power" }),
        r03: rack({ inService: "2026-11-25" }),
        r04: rack({ pool: true }),
        r05: rack(),
        r06: rack({ inService: "2026-11-24" }),
      },
      { outOfService: { "thr1-r01-s01": "memory errors" } },
    ),
  });
  const empty = run({ estate, messengers: [], demands: [] }).lock;
  thr1(empty).quarantine.servers["thr1-r01-s02"] = { from: "gap", until: "2026-11-24" };
  thr1(empty).quarantine.servers["thr1-r05-s01"] = { from: "gap", until: "2026-11-23", evidence: `sha256:${"2".repeat(64)}` };
  const { lock } = run({ estate, messengers: [soroush], demands: [demandOf("soroush", { all: using(28) })], lock: empty });
  const granted = Object.entries(thr1(lock).servers).filter(([, line]) => line.messenger === "soroush");
  expect(granted.map(([name]) => name)).toEqual([
    "thr1-r01-s03",
    "thr1-r01-s04",
    "thr1-r05-s01",
    "thr1-r05-s02",
    "thr1-r05-s03",
    "thr1-r06-s01",
    "thr1-r06-s02",
    "thr1-r06-s03",
  ]);
  expect(thr1(lock).quarantine.servers).toEqual({ "thr1-r01-s02": { from: "gap", until: "2026-11-24" } });
});

test("prefixes and VLANs that rest are not given, and rest no more once they are given again", () => {
  const empty = run({ estate: fourRacks(), messengers: [], demands: [] }).lock;
  thr1(empty).quarantine.prefixes = {
    "198.51.100.0/28": { from: "gap", until: "2026-12-24" },
    "10.64.0.0/25": { from: "gap", until: "2026-11-01" },
  };
  thr1(empty).quarantine.vlans = { "1000": { from: "gap", until: "2026-12-24" }, "1001": { from: "gap", until: "2026-11-01" } };
  const { lock } = run({ estate: fourRacks(), messengers: [soroush], demands: [small], lock: empty });
  const { vlans, private: prefixes, vips, quarantine } = thr1(lock);
  expect([Object.keys(vlans), Object.keys(prefixes), Object.keys(vips)]).toEqual([["1001"], ["10.64.0.0/25"], ["198.51.100.16/28"]]);
  expect(quarantine).toEqual({
    servers: {},
    prefixes: { "198.51.100.0/28": { from: "gap", until: "2026-12-24" } },
    vlans: { "1000": { from: "gap", until: "2026-12-24" } },
  });
});

test("a group takes the class that it holds, else the first of the file that fits", () => {
  const classes = { tiny: { ...plainClass, serves: ["all" as const] }, plain: plainClass };
  const racks = { r01: rack({ class: "tiny", servers: 1 }), r02: rack({ class: "tiny", servers: 1 }), r03: rack(), r04: rack() };
  const estate = estateOf({ thr1: site(racks) }, { classes });
  const of = (threads: number, lock?: Lock) =>
    run({ estate, messengers: [soroush], demands: [demandOf("soroush", { all: using(threads) })], lock });
  expect(Object.keys(thr1(of(6).lock).servers)).toEqual(["thr1-r01-s01", "thr1-r02-s01"]);
  expect(Object.keys(thr1(of(12).lock).servers)).toEqual(["thr1-r03-s01", "thr1-r03-s02", "thr1-r04-s01", "thr1-r04-s02"]);
  expect(of(12, of(6).lock).refused).toMatchObject([{ group: "all", resource: "servers", missing: 1 }]);
});

test("focus is first, then the id; who does not fit leaves everything to those who come after", () => {
  const racks = { r01: rack({ servers: 2 }), r02: rack({ servers: 2 }) };
  const estate = estateOf({ thr1: site(racks) });
  const ids = ["bale", "gap", "igap"];
  const messengers = ids.map((id) => messengerOf(id, { tier: id === "igap" ? "focus" : "on-request" }));
  expect(inFairOrder(messengers).map(({ messenger }) => messenger)).toEqual(["igap", "bale", "gap"]);
  const demands = [demandOf("bale", { all: using(13) }), demandOf("gap", { all: using(6) }), demandOf("igap", { all: using(6) })];
  const { lock, changes, refused } = run({ estate, messengers, demands });
  expect(refused.map(({ messenger, resource, missing }) => [messenger, resource, missing])).toEqual([
    ["bale", "servers", 2],
    ["bale", "egress", 4],
  ]);
  expect(changes).toEqual([]);
  expect(lock.sites).toEqual({});
});

test("partial grants what fits, whole groups only, and records the rest; then nobody is refused again", () => {
  const estate = estateOf({ thr1: site({ r01: rack({ servers: 2 }), r02: rack({ servers: 2 }) }) });
  const demands = [demandOf("soroush", { compute: using(6, { egressMbps: 100 }), object: using(60, { egressMbps: 300 }) })];
  const messengers = [messengerOf("soroush", { network: { egress: 0 } })];
  const partial = run({ estate, messengers, demands, partial: true });
  expect(partial.refused).toMatchObject([{ group: "object", resource: "servers" }]);
  expect(Object.keys(thr1(partial.lock).servers)).toEqual(["thr1-r01-s01", "thr1-r02-s01"]);
  expect(thr1(partial.lock).short).toEqual({ soroush: { groups: { object: 13 }, egressMbps: 300, since: "2026-11-24" } });
  expect(run({ estate, messengers, demands, lock: partial.lock }).refused).toEqual([]);
  expect(run({ estate, messengers, demands, lock: partial.lock, names: ["soroush"] })).toEqual({
    lock: partial.lock,
    changes: [],
    refused: [],
  });
});

test("a short is filled by name only, lowered when the need falls, and gone when the group does without", () => {
  const few = estateOf({ thr1: site({ r01: rack({ servers: 2 }), r02: rack({ servers: 2 }) }) });
  const demands = [demandOf("soroush", { all: using(24) })];
  const messengers = [messengerOf("soroush", { needs: ["hardware", "cluster"] })];
  const { lock } = run({ estate: few, messengers, demands, partial: true });
  expect(thr1(lock).short).toEqual({ soroush: { groups: { all: 5 }, since: "2026-11-24" } });
  expect(run({ estate: fourRacks(), messengers, demands, lock }).changes).toEqual([]);
  const filled = run({ estate: fourRacks(), messengers, demands, lock, names: ["soroush"] });
  expect(Object.keys(thr1(filled.lock).servers)).toHaveLength(6);
  expect(thr1(filled.lock).short).toEqual({});
  const fallen = run({ estate: few, messengers, demands: [demandOf("soroush", { all: using(13) })], lock });
  expect(thr1(fallen.lock).short).toEqual({ soroush: { groups: { all: 4 }, since: "2026-11-24" } });
  const gone = run({ estate: few, messengers: [messengerOf("soroush", { lifecycle: { state: "retired" } })], demands, lock });
  expect(thr1(gone.lock).short).toEqual({});
});

test("the uplink of a rack is promised once: all reservations together stay below it", () => {
  const estate = fourRacks({ uplink: 1000 });
  const ids = ["bale", "gap", "igap"];
  const messengers = ids.map((id) => messengerOf(id));
  const { refused } = run({ estate, messengers, demands: ids.map((id) => demandOf(id, { all: using(6, { egressMbps: 1000 }) })) });
  expect(refused.map(({ messenger, resource, missing }) => [messenger, resource, missing])).toEqual([["igap", "rack uplink", 1000]]);
});

test("the uplink of the site is promised once, in each direction, less its headroom", () => {
  const estate = estateOf({ thr1: site({ r01: rack(), r02: rack() }, { uplink: 2000 }) }, { headroom: { uplink: 100, pool: 0 } });
  const messengers = [messengerOf("gap", { needs: ["network"] }), messengerOf("igap", { needs: ["network"] })];
  const demands = [
    demandOf("gap", { all: using(1, { egressMbps: 1500, ingressMbps: 100 }) }),
    demandOf("igap", { all: using(1, { egressMbps: 301, ingressMbps: 1800 }) }),
  ];
  const { refused } = run({ estate, messengers, demands });
  expect(refused.map(({ messenger, resource, missing }) => [messenger, resource, missing])).toEqual([
    ["igap", "site uplink", 1],
    ["igap", "site uplink", 100],
  ]);
  const partial = run({ estate, messengers, demands, partial: true });
  expect(thr1(partial.lock).bandwidth.igap).toEqual({ egressMbps: 300, ingressMbps: 1700, groups: {} });
  expect(thr1(partial.lock).short).toEqual({ igap: { egressMbps: 1, ingressMbps: 100, since: "2026-11-24" } });
});

test("a change of tier keeps what the pool gave beside what is its own", () => {
  const groups = { all: using(6, { egressMbps: 700 }) };
  const shared = run({ estate: pooled(), messengers: [bale], demands: [demandOf("bale", groups)] }).lock;
  const { lock } = run({ estate: pooled(), messengers: [messengerOf("bale")], demands: [demandOf("bale", groups)], lock: shared });
  expect(thr1(lock).quotas).toEqual(thr1(shared).quotas);
  expect(thr1(lock).bandwidth).toEqual({ bale: { egressMbps: 1400, ingressMbps: 0, groups: { all: 700 } } });
  const back = run({ estate: pooled(), messengers: [bale], demands: [demandOf("bale", groups)], lock });
  expect(back.changes).toEqual([]);
});

test("named messengers alone are brought up to date, and the pool is left", () => {
  const messengers = [soroush, messengerOf("gap")];
  const demands = [demandOf("soroush", { all: using(6) }), demandOf("gap", { all: using(6) })];
  const { lock } = run({ estate: pooled(), messengers, demands, names: ["gap"] });
  expect(new Set(Object.values(thr1(lock).servers).map(({ messenger }) => messenger))).toEqual(new Set(["gap"]));
});

test("a named allocation keeps the lock's horizon and coefficients, one of all takes the new ones", () => {
  const old: Lock = { ...lockOf(6), horizon: "60d", coefficients: "0" };
  const input = { estate: fourRacks(), messengers: [soroush], demands: [small], lock: old, asOf: "2026-11-24", coefficients: "1" };
  expect(allocate({ ...input, names: ["soroush"] }).lock).toMatchObject({ horizon: "60d", coefficients: "0" });
  expect(allocate(input).lock).toMatchObject({ horizon: "90d", coefficients: "1" });
});

test("an id that is also a property of every object is an id like others", () => {
  const messengers = [messengerOf("constructor", { needs: ["network", "cluster"] })];
  const { lock, refused } = run({ estate: pooled(), messengers, demands: [demandOf("constructor", { all: using(1) })] });
  expect(refused).toEqual([]);
  expect(Object.keys(thr1(lock).quotas)).toEqual(["constructor"]);
});

/** A pool with one large rack: what lies there once fits, three times it does not. */
const uneven = () =>
  estateOf({
    thr1: site({
      r01: rack({ pool: true, servers: 6 }),
      ...Object.fromEntries(["r02", "r03", "r04"].map((id) => [id, rack({ pool: true, servers: 1 })])),
    }),
  });
const inPool = (id: string, rf: number, nvmeGB: number) => ({
  messenger: messengerOf(id, { needs: ["cluster"] }),
  demand: { ...demandOf(id, { all: using(1, { nvmeGB }) }), rf, shards: 4, parity: 2 },
});

test("all data of the pool are judged by the strictest rule in it, also by who reads only its own file", () => {
  const strict = inPool("hodhod", 3, 7000);
  const loose = inPool("kabootar", 1, 70_000);
  const first = run({ estate: uneven(), messengers: [strict.messenger], demands: [strict.demand] }).lock;
  expect(thr1(first).quotas.hodhod).toMatchObject({ nvmeTiB: 7, rf: 3, shards: 4, parity: 2 });
  const next = { estate: uneven(), messengers: [loose.messenger], demands: [loose.demand], lock: first, names: ["kabootar"] };
  expect(run(next).refused.map(({ messenger, resource }) => [messenger, resource])).toEqual([["kabootar", "nvmeTiB"]]);
  const { lock } = run({ ...next, partial: true });
  // Of racks of 60, 10, 10 and 10 TB three replicas of 45 TB can lie, which is 40 TiB, 7 of them hodhod's.
  expect(thr1(lock).quotas.kabootar).toMatchObject({ nvmeTiB: 33, rf: 1 });
  const judged = judgeLock({
    estate: uneven(),
    messengers: [strict.messenger, loose.messenger],
    demands: [strict.demand, loose.demand],
    lock,
  });
  expect(judged).toMatchObject({ stale: [], violations: [], deficits: [] });
});

test("a stricter rule of a file is stale until the pool lays what it holds by it, and a looser one changes nothing", () => {
  const held = inPool("hodhod", 1, 30_000);
  const lock = run({ estate: uneven(), messengers: [held.messenger], demands: [held.demand] }).lock;
  const asked = (rf: number) => ({ estate: uneven(), messengers: [held.messenger], demands: [{ ...held.demand, rf }], lock });
  expect(judgeLock(asked(2)).stale.map(({ what }) => what)).toEqual([
    "its data must lie as 2 replicas and 4 shards, 2 of them parity, and the lock promises 1 replica and 4 shards, 2 of them parity",
  ]);
  const tightened = run(asked(2));
  expect(thr1(tightened.lock).quotas.hodhod).toMatchObject({ rf: 2 });
  expect(tightened.changes).toHaveLength(1);
  expect(judgeLock({ ...asked(2), lock: tightened.lock }).stale).toEqual([]);
  expect(run({ ...asked(1), lock: tightened.lock }).changes).toEqual([]);
  expect(run(asked(5)).refused).toMatchObject([{ messenger: "hodhod", resource: "storage" }]);
});
