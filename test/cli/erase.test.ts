/** `erase` and `erased`, and the whole way of a messenger that retires: its servers come back free. */
import { appendFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as allocate } from "../../lib/cli/allocate";
import { run as erase } from "../../lib/cli/erase";
import { run as erased } from "../../lib/cli/erased";
import { run as release } from "../../lib/cli/release";
import { digestOf } from "../../lib/request/evidence";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";
import { editLock, lockOf, ran, textOf } from "./run";

let root: string;
beforeEach(() => (root = freshRoot()));

const of = (verb: typeof erase, names: string[], check = false) =>
  ran(root, (terminal) => verb(names, { root, format: "text", ...(check ? { check } : {}) }, terminal));
const evidence = (value: unknown): string => {
  const text = typeof value === "string" ? value : JSON.stringify(value, undefined, 1);
  writeFileSync(join(root, "evidence.json"), text);
  return text;
};
const back = (names: string[], check = false) =>
  ran(root, (terminal) =>
    erased(names, { root, format: "text", evidence: join(root, "evidence.json"), ...(check ? { check } : {}) }, terminal),
  );
const general = (name: string) => ({
  date: "2026-11-24",
  method: "purged",
  disks: [3840, 3840, 18_000, 18_000, 18_000, 18_000].map((sizeGB, index) => ({ serial: `${name}-${index}`, sizeGB })),
  by: ["Sara"],
});
const serversOf = (id: string): string[] =>
  Object.values(lockOf(root).sites).flatMap(({ servers }) => Object.keys(servers).filter((name) => servers[name]?.messenger === id));

test("a messenger retires, its servers are erased and rest, and they come back free", async () => {
  appendFileSync(join(root, "messengers/hodhod.yaml"), "lifecycle: retired\n");
  const names = serversOf("hodhod");
  expect(names.length).toBeGreaterThan(1);
  await of(release, ["hodhod"]);
  const started = await of(erase, names);
  expect(started).toMatchObject({ code: 0, error: "" });
  expect(started.out).toContain(`    once they are erased: zirsakht erased ${names.join(" ")} --evidence FILE`);
  const text = evidence(Object.fromEntries(names.map((name) => [name, general(name)])));
  expect((await back(names, true)).code).toBe(2);
  const done = await back(names);
  expect(done).toMatchObject({ code: 0, error: "" });
  expect(done.out).toContain(`- hodhod at mhd1, all: ${names.length} servers erasing → quarantine (`);
  expect(done.out).toContain(`keep evidence.json: the lock has its digest, ${digestOf(text)}`);
  expect(done.out).toContain("    now: zirsakht release hodhod, for the addresses at mhd1 that it needs no more\n");
  expect(done.out).toContain("they are free once the book date has passed 2026-12-08");
  expect(lockOf(root).sites.mhd1?.quarantine.servers[names[0] ?? ""]).toEqual({
    from: "hodhod",
    until: "2026-12-08",
    evidence: digestOf(text),
  });
  expect((await of(release, ["hodhod"])).out).toMatch(/^- hodhod at mhd1: VLAN 2\d{3} rests until 2026-12-24$/m);
  edit(root, "messengers/hodhod.yaml", { "lifecycle: retired\n": "lifecycle: active\n" });
  const granted = async (asOf: string) => {
    const { code } = await ran(root, (terminal) => allocate([], { root, format: "text", asOf, partial: true }, terminal));
    return { code, names: serversOf("hodhod") };
  };
  const during = await granted("2026-12-08");
  expect(during.names.filter((name) => names.includes(name))).toEqual([]);
  editLock(root, ({ sites }) => {
    for (const name of during.names) delete sites.mhd1?.servers[name];
  });
  expect(await granted("2026-12-09")).toEqual({ code: 0, names });
});

test("an adopted server takes one step more, and says so", async () => {
  const [name = ""] = serversOf("hodhod");
  editLock(root, ({ sites }) => {
    const line = sites.mhd1?.servers[name];
    if (!line || !sites.mhd1) return;
    const { messenger, group, since, address } = line;
    sites.mhd1.servers[name] = { messenger, group, since, address, state: "draining", adopted: true };
  });
  const first = await of(erase, [name]);
  expect(first.out).toContain(`- hodhod at mhd1, all: 1 server draining → detached (${name})`);
  expect(first.out).toContain(`    once their objects are applied and seen gone: zirsakht erase ${name}`);
  expect((await of(erase, [name])).out).toContain(`- hodhod at mhd1, all: 1 server detached → erasing (${name})`);
  expect((await of(erase, [name])).out).toContain(`- ${name} is being erased already; once it is, erased ${name} --evidence FILE`);
  const before = textOf(root);
  expect(await of(erase, ["mhd1-r04-s06"])).toMatchObject({ error: "mhd1-r04-s06 is held by nobody" });
  expect(textOf(root)).toBe(before);
});

test("of servers and evidence everything wrong is said at once, where it stands; nothing is written", async () => {
  const [one = "", two = ""] = serversOf("hodhod");
  editLock(root, ({ sites }) => Object.assign(sites.mhd1?.servers[one] ?? {}, { state: "erasing" }));
  const before = textOf(root);
  evidence({ [one]: { ...general(one), date: "2026-11-23", disks: general(one).disks.slice(1) } });
  expect((await back([one, two])).error.split("\n")).toEqual([
    `evidence.json:3:11: ${one}: this is of 2026-11-23, and its erasing was ordered on 2026-11-24; expected evidence of that`,
    `evidence.json:5:12: ${one}: its class has 2 drives of 3.8 TB, and 1 of them stands here; nothing may stay behind`,
    `evidence.json:1:1: nothing stands here of ${two}; expected its date, method, disks and by`,
    `${two} is granted to hodhod; release and erase it first`,
  ]);
  evidence("{");
  expect((await back([two])).error).toBe(
    `evidence.json:1:2: not valid JSON: expected } to close the { of 1:1, got the end of the file; take the file as the eraser wrote it\n${two} is granted to hodhod; release and erase it first`,
  );
  expect(textOf(root)).toBe(before);
});

test("disks that were destroyed want two names", async () => {
  const [one = ""] = serversOf("hodhod");
  editLock(root, ({ sites }) => Object.assign(sites.mhd1?.servers[one] ?? {}, { state: "erasing" }));
  evidence({ [one]: { ...general(one), method: "destroyed" } });
  expect((await back([one])).error).toMatch(
    /^evidence\.json:\d+:9: mhd1-r0\d-s0\d\.by: expected two names where disks were destroyed, of one who did it and one who saw it, got a list$/,
  );
  evidence({ [one]: { ...general(one), method: "destroyed", by: ["Sara", "Reza"] } });
  expect(await back([one])).toMatchObject({ code: 0, error: "" });
});
