import { judgeLock } from "../../lib/allocation/judgement";
import { roll, type Roll, type RollInput } from "../../lib/allocation/roll";
import type { Estate, Rack } from "../../lib/request/estate";
import type { Lock, LockServer, LockSite } from "../../lib/request/lock";
import type { Readiness } from "../../lib/request/readiness";
import { demandOf, estateOf, fourRacks, messengerOf, rack, run, site, thr1, using } from "../support/allocation";

const url = "https://images.example/node-2.qcow2";
/** The estate with a new image for new grants. */
const renewed = (estate: Estate): Estate => ({
  ...estate,
  image: "node-2",
  images: { ...estate.images, "node-2": { url, checksum: `sha256:${"2".repeat(64)}` } },
});
const soroush = messengerOf("soroush");
const demands = [demandOf("soroush", { all: using(24, { egressMbps: 1000 }) })];
const lock = run({ estate: fourRacks(), messengers: [soroush], demands }).lock;
const step = (change: Partial<RollInput> = {}): Roll =>
  roll({ estate: renewed(fourRacks()), messengers: [soroush], messenger: soroush, demands, lock, ...change });

/** Every held server, provisioned with what its line says and Ready, but for some. */
const ready = (of: Lock, but: Readonly<Record<string, Partial<Readiness["hosts"][number]>>> = {}): Readiness => ({
  version: 1,
  hosts: Object.entries(thr1(of).servers).map(([name, { image = "" }]) => ({
    name,
    provisioning: "provisioned",
    image: thr1(of).images[image]?.url,
    ready: true,
    ...but[name],
  })),
});
const states = (of: Lock) => Object.values(thr1(of).servers).map(({ state, image }) => `${state} ${image ?? "adopted"}`);
const changed = (change: (lines: LockSite) => void, from: Lock = lock): Lock => {
  const copy = structuredClone(from);
  change(thr1(copy));
  return copy;
};
const line = (lines: LockSite, name: string): LockServer => {
  const found = lines.servers[name];
  if (!found) throw new Error(`${name} is not held`);
  return found;
};

test("a rack rolls, ends with the new image, and the next waits until its hosts are back; six steps for three racks", () => {
  const first = step();
  expect(first).toMatchObject({ problems: [], image: "node-2", stepsLeft: 5 });
  expect(states(first.lock)).toEqual([
    "rolling node-1",
    "rolling node-1",
    "granted node-1",
    "granted node-1",
    "granted node-1",
    "granted node-1",
  ]);
  expect(first.egress.map(({ from, to }) => [from, to])).toEqual([
    ["thr1-r01-s01", "thr1-r02-s02"],
    ["thr1-r01-s02", "thr1-r03-s02"],
  ]);
  const judged = judgeLock({ estate: fourRacks(), messengers: [soroush], demands, lock: first.lock });
  expect(judged).toMatchObject({ stale: [], violations: [] });
  expect(judged.deficits).toMatchObject([{ law: 4, outages: ["thr1-r01-s01", "thr1-r01-s02"], remedy: "end the roll with roll soroush" }]);
  const second = step({ lock: first.lock });
  expect(second).toMatchObject({ problems: [], stepsLeft: 4 });
  expect(states(second.lock).slice(0, 3)).toEqual(["granted node-2", "granted node-2", "granted node-1"]);
  expect(Object.keys(thr1(second.lock).images)).toEqual(["node-1", "node-2"]);
  expect(step({ lock: second.lock })).toMatchObject({
    lock: second.lock,
    problems: [
      "--ready FILE is missing: the next rack waits until the hosts of 2 servers of soroush that may have been rolled are provisioned and their nodes Ready; write it with zirsakht status soroush --format json",
    ],
  });
  let last = second;
  for (let left = 3; left >= 0; left--) {
    last = step({ lock: last.lock, readiness: ready(last.lock) });
    expect(last).toMatchObject({ problems: [], stepsLeft: left });
  }
  expect(states(last.lock)).toEqual(Array.from({ length: 6 }, () => "granted node-2"));
  expect(Object.keys(thr1(last.lock).images)).toEqual(["node-2"]);
  expect(step({ lock: last.lock })).toMatchObject({ moves: [], problems: [], stepsLeft: 0 });
});

test("a host that is not back holds up the next rack, whatever keeps it", () => {
  const second = step({ lock: step().lock });
  const waiting = (but: Parameters<typeof ready>[1]) => step({ lock: second.lock, readiness: ready(second.lock, but) }).problems;
  expect(waiting({ "thr1-r01-s01": { provisioning: "provisioning" }, "thr1-r01-s02": { ready: false } })).toEqual([
    "thr1-r01-s01: its host is provisioning, expected provisioned",
    "thr1-r01-s02: its node is not Ready",
  ]);
  expect(waiting({ "thr1-r01-s01": { image: "https://images.example/node.qcow2" }, "thr1-r01-s02": { image: undefined } })).toEqual([
    `thr1-r01-s01: its host was provisioned with https://images.example/node.qcow2, expected ${url}`,
    `thr1-r01-s02: its host was provisioned with no image that the file names, expected ${url}`,
  ]);
  expect(step({ lock: second.lock, readiness: { version: 1, hosts: [] } }).problems).toEqual([
    "thr1-r01-s01: the file of --ready says nothing of it; look at every server of soroush",
    "thr1-r01-s02: the file of --ready says nothing of it; look at every server of soroush",
  ]);
  // One that is not back because it died holds up nobody: its rack's loss is judged by the laws.
  const { racks } = site(fourRacks().sites.thr1?.racks ?? {});
  const estate = renewed(estateOf({ thr1: site(racks, { outOfService: { "thr1-r01-s01": "no disk" } }) }));
  const lighter = [demandOf("soroush", { all: using(16, { egressMbps: 1000 }) })];
  expect(
    step({ estate, demands: lighter, lock: second.lock, readiness: ready(second.lock, { "thr1-r01-s01": { ready: false } }) }).problems,
  ).toEqual([]);
});

test("where the image has changed again since, every host that an earlier step may have rolled must be back", () => {
  const second = step({ lock: step().lock });
  const estate = renewed(fourRacks());
  const newest = {
    ...estate,
    image: "node-3",
    images: { ...estate.images, "node-3": { url: `${url}3`, checksum: `sha256:${"3".repeat(64)}` } },
  };
  expect(step({ estate: newest, lock: second.lock }).problems).toEqual([
    "--ready FILE is missing: the next rack waits until the hosts of 6 servers of soroush that may have been rolled are provisioned and their nodes Ready; write it with zirsakht status soroush --format json",
  ]);
  expect(step({ estate: newest, lock: second.lock, readiness: ready(second.lock) })).toMatchObject({
    problems: [],
    image: "node-3",
    stepsLeft: 5,
  });
});

test("hosts that join no cluster need no node", () => {
  const image = { name: "own-2", url, checksum: `sha256:${"2".repeat(64)}` };
  const bare = messengerOf("soroush", { needs: ["hardware"], image });
  const change = { messenger: bare, messengers: [bare] };
  const second = step({ ...change, lock: step(change).lock });
  const hosts = ready(second.lock).hosts.map(({ name, provisioning, image: runs }) => ({ name, provisioning, image: runs }));
  expect(step({ ...change, lock: second.lock, readiness: { version: 1, hosts } })).toMatchObject({
    problems: [],
    image: "own-2",
    stepsLeft: 3,
  });
});

test("an adopted server goes over detached, and is adopted no more", () => {
  const adopted = changed((lines) => {
    for (const name of ["thr1-r01-s01", "thr1-r01-s02"]) {
      const { messenger, group, since, address } = line(lines, name);
      lines.servers[name] = { messenger, group, since, address, state: "granted", adopted: true };
    }
    lines.servers["thr1-r01-s02"] = line(thr1(lock), "thr1-r01-s02");
  });
  const first = step({ lock: adopted });
  expect(first.stepsLeft).toBe(6);
  const second = step({ lock: first.lock });
  expect(second).toMatchObject({ stepsLeft: 5, problems: [] });
  expect(line(thr1(second.lock), "thr1-r01-s01")).toMatchObject({ state: "detached", for: "roll", adopted: true });
  expect(line(thr1(second.lock), "thr1-r01-s02")).toMatchObject({ state: "granted", image: "node-2" });
  const third = step({ lock: second.lock });
  expect(third).toMatchObject({ stepsLeft: 4, problems: [] });
  expect(line(thr1(third.lock), "thr1-r01-s01")).toEqual({
    messenger: "soroush",
    group: "all",
    state: "granted",
    since: "2026-11-24",
    image: "node-2",
    address: "10.64.0.2",
  });
});

const outage = (servers: readonly string[]): Estate => {
  const { racks } = site(fourRacks().sites.thr1?.racks ?? {});
  return renewed(estateOf({ thr1: site(racks, { outOfService: Object.fromEntries(servers.map((name) => [name, "no disk"])) }) }));
};

test("with a dead server elsewhere no rack goes that the rest cannot do without; its own rack may", () => {
  expect(step({ estate: outage(["thr1-r01-s01", "thr1-r02-s01"]) })).toMatchObject({
    lock,
    problems: [
      "rack thr1-r01 of soroush cannot be rolled now: without it group all would have 24 threads of the 30 threads that it needs after the loss of a rack",
      "rack thr1-r02 of soroush cannot be rolled now: without it group all would have 24 threads of the 30 threads that it needs after the loss of a rack",
      "rack thr1-r03 of soroush cannot be rolled now: without it group all would have 16 threads of the 30 threads that it needs after the loss of a rack",
      "mend what is out of service, or release it, before a rack is taken from work on purpose",
    ],
    notes: ["2 servers of soroush are out of service and cannot be rolled"],
  });
  expect(step({ estate: outage(["thr1-r02-s01"]) }).moves.map(({ server }) => server)).toEqual(["thr1-r02-s02"]);
});

test("data that may lie on what is out already keep every other rack at work", () => {
  const stores = [demandOf("soroush", { all: using(6, { nvmeGB: 1000 }) })];
  expect(step({ demands: stores, estate: outage(["thr1-r03-s02"]) }).moves.map(({ server }) => server)).toEqual(["thr1-r03-s01"]);
  const both = step({ demands: stores, estate: outage(["thr1-r03-s02", "thr1-r02-s02"]) });
  expect(both.problems[0]).toBe(
    "rack thr1-r01 of soroush cannot be rolled now: without it data of group all may be out of reach, as others of them lie on thr1-r02-s02 (no disk), thr1-r03-s02 (no disk)",
  );
});

test("who is short by record may still be rolled", () => {
  const short = changed((lines) => (lines.short.soroush = { groups: { all: 2 }, since: "2026-11-24" }));
  expect(step({ lock: short, estate: outage(["thr1-r01-s01", "thr1-r02-s01"]) }).problems).toEqual([]);
});

test("the pool rolls as far as its promises stand without the rack", () => {
  const pool = (change: Partial<Record<string, Partial<Rack>>> = {}): Estate =>
    estateOf({
      thr1: site(Object.fromEntries(["r01", "r02", "r03"].map((name) => [name, rack({ pool: true, servers: 2, ...change[name] })]))),
    });
  const bale = messengerOf("bale", { needs: ["cluster"] });
  const shared = run({ estate: pool(), messengers: [bale], demands: [demandOf("bale", { all: using(24) })] }).lock;
  const input = { messengers: [bale], demands: [], lock: shared };
  const first = roll({ ...input, estate: renewed(pool()) });
  expect(first).toMatchObject({ problems: [], stepsLeft: 5 });
  expect(first.moves.map(({ server, holder }) => [server, holder])).toEqual([
    ["thr1-r01-s01", "pool"],
    ["thr1-r01-s02", "pool"],
  ]);
  const dark = roll({ ...input, estate: renewed(pool({ r03: { outOfService: "no power" } })) });
  expect(dark.problems).toEqual([
    "rack thr1-r01 of the pool cannot be rolled now: without it the pool would have 16 threads to give of the 30 that are promised",
    "rack thr1-r02 of the pool cannot be rolled now: without it the pool would have 16 threads to give of the 30 that are promised",
    "mend what is out of service, or release it, before a rack is taken from work on purpose",
  ]);
});
