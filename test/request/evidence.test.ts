import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { digestOf, readEvidence } from "../../lib/request/evidence";
import { formatProblem } from "../../lib/request/problem";
import { readReadiness } from "../../lib/request/readiness";

const folder = mkdtempSync(join(tmpdir(), "evidence-"));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (text: string): string => {
  writeFileSync(join(folder, "f.json"), text);
  return join(folder, "f.json");
};
const problems = (read: ReturnType<typeof readEvidence> | ReturnType<typeof readReadiness>): string[] =>
  "problems" in read ? read.problems.map((problem) => formatProblem(problem).replaceAll(`${folder}/`, "")) : [];
const good = `{"thr1-r05-s01": {"date": "2026-12-01", "method": "nvme sanitize", "disks": [{"serial": "S1", "sizeGB": 7680}], "by": ["Sara"]}}`;

test("evidence is taken whole, with the digest that sha256sum prints", () => {
  const read = readEvidence(file(good));
  expect(read).toMatchObject({ value: { "thr1-r05-s01": { method: "nvme sanitize" } }, text: good });
  expect(digestOf("abc")).toBe("sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
});

test("everything that is wrong is said at once, where it stands", () => {
  const bad = `{
    "thr1-r05": {},
    "thr1-r05-s01": {"date": "2026-02-30", "method": "Destroyed", "disks": [], "by": [], "seen": true},
    "thr1-r05-s02": {"date": "2026-12-01", "method": "destroyed", "disks": [{"serial": "S1", "sizeGB": 0}], "by": ["Sara", "Sara"]},
    "thr1-r05-s03": {"date": "2026-12-01", "method": "destroyed", "disks": [{"serial": "S1"}], "by": ["Sara", "Reza"]}
  }`;
  expect(problems(readEvidence(file(bad)))).toEqual([
    'f.json:2:5: expected the name of a server such as thr1-r01-s01, got "thr1-r05"',
    'f.json:3:30: thr1-r05-s01.date: expected a day that exists, between 2000-01-01 and 2199-12-31, as YYYY-MM-DD, got "2026-02-30"',
    'f.json:3:54: thr1-r05-s01.method: expected destroyed, written just so, where disks were destroyed, got "Destroyed"',
    "f.json:3:76: thr1-r05-s01.disks: expected every disk of the server, at least one, got a list",
    "f.json:3:86: thr1-r05-s01.by: expected a list of names, at least one, got a list",
    "f.json:3:90: thr1-r05-s01: unknown key seen, expected one of date, method, disks, by",
    "f.json:4:104: thr1-r05-s02.disks.0.sizeGB: expected a size in GB above 0 such as 1920, got 0",
    "f.json:4:115: thr1-r05-s02.by: expected two names where disks were destroyed, of one who did it and one who saw it, got a list",
    "f.json:5:77: thr1-r05-s03.disks.0: missing key sizeGB: Its size in decimal GB.",
  ]);
});

test.each([
  ["", "f.json:1:1: the file is empty; take the file as the eraser wrote it"],
  ["{", "f.json:1:2: not valid JSON: expected } to close the { of 1:1, got the end of the file; take the file as the eraser wrote it"],
  [
    '{"thr1-r05-s01": {}, "thr1-r05-s01": {}}',
    "f.json:1:22: the key thr1-r05-s01 stands twice; evidence is never merged, take the file as the eraser wrote it",
  ],
])("%j is no evidence", (text, problem) => {
  expect(problems(readEvidence(file(text)))).toEqual([problem]);
});

test("a file that is not there is said to be", () => {
  expect(problems(readEvidence(join(folder, "no.json")))).toEqual([`no.json:1:1: no.json does not exist`]);
});

test("of a status only the hosts are read, and the version", () => {
  const host = { name: "thr1-r01-s01", provisioning: "provisioned", image: "https://images.example/a.qcow2", ready: true, labels: {} };
  expect(readReadiness(file(JSON.stringify({ version: 1, hosts: [host], deficits: [] })))).toMatchObject({ value: { hosts: [host] } });
  expect(problems(readReadiness(file('{"version": 2, "hosts": [{"name": "a", "ready": "yes"}]}')))).toEqual([
    "f.json:1:13: version: expected version 1; another version of zirsakht wrote this, use that one, got 2",
    'f.json:1:35: hosts.0.name: expected the name of a server such as thr1-r01-s01, got "a"',
    "f.json:1:26: hosts.0: missing key provisioning: The provisioning state of its BareMetalHost (status.provisioning.state).",
    'f.json:1:49: hosts.0.ready: expected true or false, got "yes"',
  ]);
});
