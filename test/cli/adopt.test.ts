import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run } from "../../lib/cli/adopt";
import { run as allocate } from "../../lib/cli/allocate";
import type { CommonOptions } from "../../lib/cli/terminal";
import type { Lock } from "../../lib/request/lock";
import { InputError } from "../../lib/request/problem";
import { fixtures } from "../support/estate";

let root: string;
beforeEach(() => {
  root = join(mkdtempSync(join(tmpdir(), "adopt-")), "stacks");
  cpSync(fixtures, root, { recursive: true });
});
afterEach(() => rmSync(join(root, ".."), { recursive: true }));

const lockFile = () => join(root, "allocations.lock.json");
const lock = () => JSON.parse(readFileSync(lockFile(), "utf8")) as Lock;
const header = "site,kind,resource,messenger,group,address,servers";

async function adopt(rows: readonly string[], format: CommonOptions["format"] = "text") {
  const csv = join(root, "in-use.csv");
  writeFileSync(csv, [header, ...rows, ""].join("\n"));
  const out: string[] = [];
  const terminal = { out: (text: string) => void out.push(text), err: () => undefined, color: false };
  return { code: await run(csv, { root, format }, terminal), out: out.join("\n") };
}

/** What an InputError says. */
function problemsOf(error: unknown): string {
  return error instanceof InputError ? error.message : "";
}

const inUse = [
  "mhd1,server,mhd1-r04-s01,hodhod,all,10.80.9.2,",
  "mhd1,server,mhd1-r05-s01,hodhod,all,10.80.9.3,",
  "mhd1,vlan,2005,hodhod,,,",
  "mhd1,private,10.80.9.0/25,hodhod,,,",
  "thr1,egress,198.51.100.8/31,bale,,,thr1-r08-s01 thr1-r09-s01",
  "thr1,server,thr1-r08-s01,pool,,10.64.3.2,",
  "thr1,server,thr1-r09-s01,pool,all,10.64.3.3,",
  "thr1,private,10.64.3.0/24,pool,,,",
];

test("takes in what exists and says what is short; again it changes nothing", async () => {
  const { code, out } = await adopt(inUse);
  expect(code).toBe(0);
  expect(out).toContain("The lock is written: 8 resources taken in. Bandwidth and quotas follow by allocate.");
  expect(out).toContain("- hodhod at mhd1: server 2");
  expect(out).toMatch(/^- hodhod at mhd1 is short of \d+ servers? of all; allocate hodhod fills it where it fits$/m);
  expect(lock().sites.mhd1?.servers["mhd1-r04-s01"]).toMatchObject({
    messenger: "hodhod",
    group: "all",
    state: "granted",
    address: "10.80.9.2",
    adopted: true,
  });
  expect(lock().sites.thr1?.egress).toEqual({ "198.51.100.8/31": { messenger: "bale", servers: ["thr1-r08-s01", "thr1-r09-s01"] } });
  const bytes = readFileSync(lockFile());
  expect((await adopt(inUse)).out).toBe("Nothing changes: the lock has all of it already.");
  expect(readFileSync(lockFile()).equals(bytes)).toBe(true);
});

test("what was adopted is the beginning of what allocate grants", async () => {
  await adopt(inUse);
  const silent = { out: () => undefined, err: () => undefined, color: false };
  expect(await allocate(["hodhod"], { root, format: "text" }, silent)).toBe(0);
  const { servers, short, vlans } = lock().sites.mhd1 ?? {};
  expect(Object.values(servers ?? {}).filter(({ adopted }) => adopted)).toHaveLength(2);
  expect(Object.keys(servers ?? {}).length).toBeGreaterThan(2);
  expect(short).toEqual({});
  expect(vlans).toEqual({ "2005": { messenger: "hodhod" } });
});

test("every bad row is named by its line, all at once, and nothing is written", async () => {
  const bad = adopt([
    "thr2,vlan,1000,bale,,,",
    "thr1,vlan,1000,balle,,,",
    "thr1,switch,x,bale,,,",
    "thr1,vlan,vlan7,bale,,,",
    "thr1,server,thr1-r01-s01,soroush,compute,10.64.0,",
    "thr1,vips,198.51.100.0,bale,,,",
    "thr1,vips,198.51.100.0/28,bale,all,,",
    ",vlan,1000,bale,,,",
  ]);
  await expect(bad).rejects.toThrow(/in-use\.csv:\d/);
  const message = await bad.then(() => "", problemsOf);
  const lines = message.split("\n").map((line) => line.replace(/^.*in-use\.csv:/, ""));
  expect(lines).toEqual([
    '4:1: unknown kind "switch", expected one of server, vlan, private, vips, egress',
    '5:1: expected the number of a VLAN, got "vlan7"',
    '6:1: thr1-r01-s01: expected its IPv4 address, got "10.64.0"',
    '7:1: expected a prefix such as 10.64.8.0/21, got "198.51.100.0"',
    '8:1: a row of kind vips says nothing of group, got "all"; leave it empty',
    "9:1: site is empty; every row names its site, kind, resource and messenger",
    "2:1: there is no site thr2, expected one of thr1, mhd1",
    "3:1: there is no messenger balle; it needs a file first, messengers/balle.yaml",
  ]);
  expect(existsSync(lockFile())).toBe(false);
});

test("a row that the lock could not hold is refused where it stands", async () => {
  await expect(adopt(["mhd1,server,mhd1-r04-s01,hodhod,all,10.80.9.2,"])).rejects.toThrow(
    /in-use\.csv:2:1: mhd1-r04-s01: 10\.80\.9\.2 lies in no private prefix of its holder$/,
  );
  await expect(adopt(["mhd1,vlan,77,hodhod,,,"])).rejects.toThrow(/in-use\.csv:2:1: VLAN 77 is not of mhd1, which has 2000-2999$/);
  expect(existsSync(lockFile())).toBe(false);
});

test("the columns must be these", async () => {
  writeFileSync(join(root, "in-use.csv"), "site,kind,resorce,messenger,group,address\n");
  const silent = { out: () => undefined, err: () => undefined, color: false };
  const message = await run(join(root, "in-use.csv"), { root, format: "text" }, silent).then(() => "", problemsOf);
  expect(message.split("\n").map((line) => line.replace(/^.*in-use\.csv:/, ""))).toEqual([
    '1:1: unknown column "resorce", did you mean resource?',
    "1:1: missing column resource; expected site,kind,resource,messenger,group,address,servers",
    "1:1: missing column servers; expected site,kind,resource,messenger,group,address,servers",
  ]);
});
