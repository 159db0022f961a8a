import { eraseServers } from "../../lib/allocation/erase";
import { evidenceFindings, restErased } from "../../lib/allocation/evidence";
import type { Lock, LockServer, LockSite } from "../../lib/request/lock";
import { demandOf, fourRacks, messengerOf, run, thr1, using } from "../support/allocation";

const soroush = messengerOf("soroush");
const demands = [demandOf("soroush", { all: using(24, { egressMbps: 1000 }) })];
const granted = run({ estate: fourRacks(), messengers: [soroush], demands }).lock;
const base = { estate: fourRacks(), messengers: [soroush], demands: [] };
const changed = (change: (lines: LockSite) => void, from: Lock = granted): Lock => {
  const copy = structuredClone(from);
  change(thr1(copy));
  return copy;
};
/** The lock a week on, with these servers changed. */
const withServers = (lines: Readonly<Record<string, Partial<LockServer>>>): Lock => ({
  ...changed(({ servers }) => {
    for (const [name, change] of Object.entries(lines)) Object.assign(servers[name] ?? {}, change);
  }),
  asOf: "2026-12-01",
});
const digest = `sha256:${"e".repeat(64)}`;

test("a drained server gets the eraser, pinned, and keeps its address", () => {
  const lock = withServers({ "thr1-r01-s02": { state: "draining" } });
  const { lock: after, moves, problems } = eraseServers({ ...base, lock }, ["thr1-r01-s02"]);
  expect(problems).toEqual([]);
  expect(moves).toMatchObject([{ server: "thr1-r01-s02", from: "draining", to: "erasing" }]);
  expect(thr1(after).servers["thr1-r01-s02"]).toEqual({
    messenger: "soroush",
    group: "all",
    state: "erasing",
    since: "2026-12-01",
    image: "eraser-1",
    address: "10.64.0.3",
  });
  expect(Object.keys(thr1(after).images)).toEqual(["eraser-1", "node-1"]);
});

test("an adopted server loses its object first; then the same verb erases it", () => {
  const lock = changed(({ servers }) => {
    const since = "2026-11-24";
    servers["thr1-r01-s02"] = { messenger: "soroush", group: "all", state: "draining", since, address: "10.64.0.3", adopted: true };
  });
  const first = eraseServers({ ...base, lock }, ["thr1-r01-s02"]).lock;
  expect(thr1(first).servers["thr1-r01-s02"]).toMatchObject({ state: "detached", for: "erase", adopted: true });
  const second = eraseServers({ ...base, lock: first }, ["thr1-r01-s02"]).lock;
  expect(thr1(second).servers["thr1-r01-s02"]).toEqual({
    messenger: "soroush",
    group: "all",
    state: "erasing",
    since: "2026-11-24",
    image: "eraser-1",
    address: "10.64.0.3",
  });
});

test("nothing at work is erased; all that is wrong is said at once, and nothing is changed", () => {
  const lock = withServers({
    "thr1-r01-s01": { state: "draining" },
    "thr1-r01-s02": { state: "rolling" },
    "thr1-r02-s01": { state: "detached", for: "roll" },
    "thr1-r02-s02": { state: "erasing" },
  });
  const names = ["thr1-r01-s01", "thr1-r01-s02", "thr1-r02-s01", "thr1-r02-s02", "thr1-r03-s01"];
  expect(eraseServers({ ...base, lock }, names)).toMatchObject({
    lock,
    moves: [],
    problems: [
      "thr1-r01-s02 is being rolled; end that with roll soroush, and release it then",
      "thr1-r02-s01 is being rolled; end that with roll soroush, and release it then",
      "thr1-r03-s01 is granted to soroush; erasing would wipe it at work, release it first",
    ],
  });
  expect(eraseServers({ ...base, lock }, ["thr1-r02-s02"])).toMatchObject({
    moves: [],
    problems: [],
    notes: ["thr1-r02-s02 is being erased already; once it is, erased thr1-r02-s02 --evidence FILE"],
  });
});

test("an erased server rests for the days of the estate, with the digest; images that nobody runs are forgotten", () => {
  const lock = withServers({ "thr1-r02-s02": { state: "erasing", image: "eraser-1" } });
  thr1(lock).images["eraser-1"] = { url: "https://images.example/eraser-1.qcow2", checksum: digest };
  const { lock: after, moves, problems } = restErased({ ...base, lock }, ["thr1-r02-s02"], digest);
  expect(problems).toEqual([]);
  expect(moves).toMatchObject([{ from: "erasing", to: "quarantine" }]);
  expect(thr1(after).servers["thr1-r02-s02"]).toBeUndefined();
  expect(thr1(after).quarantine.servers).toEqual({ "thr1-r02-s02": { from: "soroush", until: "2026-12-15", evidence: digest } });
  expect(Object.keys(thr1(after).images)).toEqual(["node-1"]);
});

test("it is free once the book date has passed the day, and a later grant removes the line", () => {
  const lock = withServers({});
  for (const name of Object.keys(thr1(lock).servers)) delete thr1(lock).servers[name];
  for (const name of ["thr1-r01-s01", "thr1-r02-s01"]) thr1(lock).quarantine.servers[name] = { from: "gap", until: "2026-12-15" };
  const grantedOn = (asOf: string) => thr1(run({ ...base, demands, lock, asOf }).lock);
  expect(grantedOn("2026-12-15").servers["thr1-r01-s01"]).toBeUndefined();
  expect(grantedOn("2026-12-16").servers["thr1-r01-s01"]).toMatchObject({ state: "granted" });
  expect(grantedOn("2026-12-16").quarantine.servers).toEqual({});
});

test("only what is being erased comes back, and only once it carries no egress address", () => {
  const lock = withServers({
    "thr1-r01-s01": { state: "draining" },
    "thr1-r01-s02": { state: "detached", for: "erase" },
    "thr1-r02-s02": { state: "rolling" },
  });
  expect(restErased({ ...base, lock }, ["thr1-r01-s01", "thr1-r01-s02", "thr1-r02-s02", "thr1-r03-s01"], digest).problems).toEqual([
    "thr1-r01-s01 is draining, and nothing erases it so far; erase it first",
    "thr1-r01-s02 is detached, and nothing erases it so far; erase it first",
    "thr1-r02-s02 is being rolled; end that with roll soroush",
    "thr1-r03-s01 is granted to soroush; release and erase it first",
  ]);
  const erasing = changed(({ servers }) => {
    for (const line of Object.values(servers)) line.state = "erasing";
  });
  expect(restErased({ ...base, lock: erasing }, ["thr1-r01-s01"], digest).problems).toEqual([
    "thr1-r01-s01 still carries an egress address of 198.51.100.16/30; run release soroush, which gives the addresses back or moves them once none of its servers runs there",
  ]);
});

const erasure = (sizes: readonly number[], change: object = {}) => ({
  date: "2026-12-01",
  method: "purged",
  disks: sizes.map((sizeGB, index) => ({ serial: `S${index}-${sizes.length}`, sizeGB })),
  by: ["Sara"],
  ...change,
});
const findings = (evidence: Parameters<typeof evidenceFindings>[3], names = ["thr1-r02-s02"]) =>
  evidenceFindings(fourRacks(), withServers({ "thr1-r02-s02": { state: "erasing", since: "2026-12-01" } }), names, evidence);

test("evidence of every drive, of a size as drives are sold, is taken", () => {
  expect(findings({ "thr1-r02-s02": erasure([480, 10_001.9, 99_950]) })).toEqual([]);
});

test("evidence that lacks a drive, is older than the order, or names a disk twice is refused, all at once", () => {
  expect(
    findings(
      {
        "thr1-r02-s02": erasure([10_000, 480], { date: "2026-11-30" }),
        "thr1-r04-s01": erasure([1, 2], { disks: [{ serial: "S0-2", sizeGB: 1 }] }),
      },
      ["thr1-r02-s02", "thr1-r03-s01"],
    ),
  ).toEqual([
    { path: ["thr1-r04-s01", "disks", 0, "serial"], message: "thr1-r04-s01: the disk S0-2 stands there already, as one of thr1-r02-s02" },
    {
      path: ["thr1-r02-s02", "date"],
      message: "thr1-r02-s02: this is of 2026-11-30, and its erasing was ordered on 2026-12-01; expected evidence of that",
    },
    {
      path: ["thr1-r02-s02", "disks"],
      message: "thr1-r02-s02: its class has 1 drive of 100 TB, and 0 of them stand here; nothing may stay behind",
    },
    { path: [], message: "nothing stands here of thr1-r03-s01; expected its date, method, disks and by" },
  ]);
});
