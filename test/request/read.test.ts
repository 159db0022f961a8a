import { chmodSync, cpSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { FileMemory } from "../../lib/memory/fileMemory";
import { readRequest } from "../../lib/request/read";
import type { Request } from "../../lib/request/request";
import { edit, editLock, problemsOf, sampleRoot } from "../support/root";

/** What is wrong, said alike by whoever reads for the first time and by whoever has read before, also what was good then. */
const memory = new FileMemory(join(sampleRoot(), "memory"), () => "code");
const read = (root: string) => {
  const problems = problemsOf(root, () => readRequest(root));
  const recalled = () => problemsOf(root, () => readRequest(root, { memory }));
  expect([recalled(), recalled()]).toEqual([problems, problems]);
  return problems;
};

test("reads everything, messengers in order of ids, with hosts and positions", () => {
  const root = sampleRoot();
  const request = readRequest(root);
  expect(request.messengers.map(({ messenger }) => messenger)).toEqual(["bale", "hodhod", "soroush"]);
  expect(request.lock?.asOf).toBe("2026-11-24");
  expect(request.warnings).toEqual([]);
  expect(request.host("thr1-r02-s08")).toEqual({
    server: "thr1-r02-s08",
    bmc: { address: "redfish-virtualmedia://10.10.2.8/redfish/v1/Systems/1", credentials: "bmc-thr1-r02-s08" },
    nics: [
      { mac: "02:01:02:08:00:00", port: "Ethernet8/1" },
      { mac: "02:01:02:08:00:01", port: "Ethernet8/2" },
    ],
    switch: "10.0.2.1",
  });
  expect(request.position({ messenger: "soroush" }, ["audience", "active"])).toEqual({
    file: join(root, "messengers/soroush.yaml"),
    line: 5,
    column: 36,
  });
  expect(request.position({ estate: true }, ["sites", "thr1", "racks", "r01", "power"])).toMatchObject({ line: 46, column: 70 });
  expect(request.position({ messenger: "nobody" }, [])).toBeUndefined();
});

test("whoever remembers reads the same", () => {
  const root = sampleRoot();
  const dataOf = ({ estate, messengers, lock, warnings }: Request) => ({ estate, messengers, lock, warnings });
  const fresh = dataOf(readRequest(root));
  readRequest(root, { memory });
  const recalled = readRequest(root, { memory });
  expect(JSON.stringify(dataOf(recalled))).toBe(JSON.stringify(fresh));
  expect(dataOf(recalled)).toStrictEqual(fresh);
  expect(recalled.host("thr1-r02-s08").switch).toBe("10.0.2.1");
  expect(recalled.position({ messenger: "soroush" }, ["audience", "active"])).toMatchObject({ line: 5, column: 36 });
  edit(root, "messengers/soroush.yaml", { "active: 500k": "active: 400k" });
  expect(readRequest(root, { memory }).messengers[2]?.audience.active).toBe(400_000);
});

test("a lock that is not there yet is none", () => {
  const root = sampleRoot();
  rmSync(join(root, "allocations.lock.json"));
  expect(readRequest(root).lock).toBeUndefined();
});

test("all problems of all files come at once, each with its place, the value and what is allowed", () => {
  const root = sampleRoot();
  edit(root, "estate.yaml", { "horizon: 90d": "horizon: soon", "pool: 10%}": "pol: 10%}" });
  edit(root, "messengers/soroush.yaml", { "tier: focus": "tier: vip", "active: 500k": "active: -3", "stackClass: B": "audiance: 5" });
  edit(root, "messengers/bale.yaml", { "name: {en: Bale, fa: بله}\n": "", "thr1: 100%": "thr1: 99%" });
  editLock(root, (lock) => Object.assign(lock, { version: 2, asOf: "2026-02-30" }));
  expect(read(root)).toEqual([
    'estate.yaml:4:10: horizon: expected a number of days from 0d to 3650d such as 90d, got "soon"',
    "estate.yaml:5:11: headroom: missing key pool: The share of the pool that is never promised, such as 10%.",
    "estate.yaml:5:25: headroom: unknown key pol, did you mean pool?",
    "allocations.lock.json:2:14: version: expected version 1; another version of zirsakht made this lock, use that one, got 2",
    'allocations.lock.json:3:11: asOf: expected a day that exists, between 2000-01-01 and 2199-12-31, as YYYY-MM-DD, got "2026-02-30"',
    "messengers/bale.yaml:2:1: missing key name: What people call it.",
    'messengers/soroush.yaml:4:7: tier: expected one of focus, on-request, got "vip"',
    "messengers/soroush.yaml:5:36: audience.active: expected a whole number up to 10G such as 10M, 250k or 5_000_000, got -3",
    "messengers/soroush.yaml:6:1: unknown key audiance, did you mean audience?",
  ]);
});

test("only the named messenger's file is read", () => {
  const root = sampleRoot();
  writeFileSync(join(root, "messengers/bale.yaml"), "{");
  const request = readRequest(root, { messengers: ["soroush"] });
  expect(request.messengers.map(({ messenger }) => messenger)).toEqual(["soroush"]);
  expect(problemsOf(root, () => readRequest(root, { messengers: ["soruosh", "../estate"] }))).toEqual([
    'there is no messenger "../estate": messengers/../estate.yaml does not exist'.replace("messengers/../", ""),
    'there is no messenger "soruosh": messengers/soruosh.yaml does not exist; did you mean soroush?',
  ]);
});

test("a value that is tried is checked like a written one", () => {
  const root = sampleRoot();
  const [messenger] = readRequest(root, { messengers: ["bale"], set: ["audience.active=70k", "profile.rf=5", "surges=[]"] }).messengers;
  expect([messenger?.audience.active, messenger?.profile.rf]).toEqual([70_000, 5]);
  const wrong = ["audience.active=many", "audience.actve=5", "active", "x=*y", "__proto__.x=1"];
  expect(problemsOf(root, () => readRequest(root, { messengers: ["bale"], set: wrong }))).toEqual([
    "--set active: expected a path and a value, such as audience.active=10M",
    "--set x=*y: expected a path and a value, such as audience.active=10M",
    "--set __proto__.x=1: expected a path and a value, such as audience.active=10M",
    '--set audience.active=many: audience.active: expected a whole number up to 10G such as 10M, 250k or 5_000_000, got "many"',
    "--set audience.actve=5: audience: unknown key actve, did you mean active?",
  ]);
});

test("what is no readable folder or file is said in words", () => {
  const root = sampleRoot();
  rmSync(join(root, "messengers"), { recursive: true });
  renameSync(join(root, "estate.yaml"), join(root, "estat.yaml"));
  expect(read(root)).toEqual([
    "messengers:1:1: messengers does not exist; it holds a file for each messenger",
    "estate.yaml:1:1: estate.yaml does not exist",
  ]);
});

test("a folder, a loop of links and another name in messengers/ are refused", () => {
  const root = sampleRoot();
  mkdirSync(join(root, "messengers/folder.yaml"));
  symlinkSync("loop.yaml", join(root, "messengers/loop.yaml"));
  cpSync(join(root, "messengers/bale.yaml"), join(root, "messengers/bale.yml"));
  cpSync(join(root, "messengers/bale.yaml"), join(root, "messengers/other.yaml"));
  writeFileSync(join(root, "messengers/README.md"), "left aside");
  expect(read(root)).toEqual([
    'messengers/bale.yml:1:1: expected <id>.yaml as the name of a messenger\'s file, the id as in the file, got "bale.yml"; rename it',
    "messengers/folder.yaml:1:1: messengers/folder.yaml is a folder, expected a file",
    "messengers/loop.yaml:1:1: messengers/loop.yaml is a loop of symbolic links",
    "messengers/other.yaml:2:12: messenger: bale stands in other.yaml; the file is named after the id, so rename one of them",
  ]);
});

// The superuser may read everything.
(process.getuid?.() === 0 ? test.skip : test)("a file that may not be read says so", () => {
  const root = sampleRoot();
  chmodSync(join(root, "messengers/bale.yaml"), 0);
  expect(read(root)).toEqual(["messengers/bale.yaml:1:1: messengers/bale.yaml may not be read; give yourself the permission"]);
});

test.each([
  [
    "2026-11-25",
    [
      "lifecycle.since: 2026-11-25 is after the book date 2026-11-24, and it is retired all the same; write the state once that day has come",
    ],
  ],
  ["2026-11-24", []],
])("a state since %s", (since, warnings) => {
  const root = sampleRoot();
  edit(root, "messengers/bale.yaml", { "needs: [network, cluster]": `lifecycle: {state: retired, since: ${since}}` });
  expect(readRequest(root).warnings.map(({ message }) => message)).toEqual(warnings);
});

test("growth that has passed and a lock out of order are warned of", () => {
  const root = sampleRoot();
  edit(root, "messengers/soroush.yaml", { "2027-03-01: 600k": "2026-11-24: 600k" });
  edit(root, "messengers/bale.yaml", { "needs: [network, cluster]": "load: {peakConcurrent: 61k, source: test}" });
  editLock(root, ({ sites }) => {
    const { thr1 } = sites;
    if (thr1) thr1.servers = Object.fromEntries(Object.entries(thr1.servers).reverse());
  });
  expect(readRequest(root).warnings.map(({ position, message }) => `${String(position?.line)}: ${message}`)).toEqual([
    "6: load.peakConcurrent: 61000 connections are more than the 60000 active users; is one of them wrong?",
    "8: growth: 2026-11-24 has passed, the book date is 2026-11-24; move the figure to audience.active and remove this line",
    "84: thr1-r08-s01 stands out of order: was the lock edited by hand? zirsakht allocate writes it in order",
  ]);
});
