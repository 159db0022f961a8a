import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { run } from "../../lib/cli/roll";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";
import { lockOf, ran, textOf } from "./run";

let root: string;
beforeEach(() => {
  root = freshRoot();
  const checksum = `sha256:${"2".repeat(64)}`;
  edit(root, "estate.yaml", {
    "image: node-1": "image: node-2",
    "  eraser-1:": `  node-2: {url: "https://images.example/node-2.qcow2", checksum: "${checksum}"}\n  eraser-1:`,
  });
});

const roll = (holder: string, options: { check?: boolean; ready?: string; format?: "json" } = {}) =>
  ran(root, (terminal) => run(holder, { root, format: "text", ...options }, terminal));
const status = (change: (name: string) => object = () => ({})): string => {
  const hosts = Object.values(lockOf(root).sites).flatMap(({ servers, images }) =>
    Object.entries(servers).map(([name, { image = "" }]) => ({
      name,
      provisioning: "provisioned",
      image: images[image]?.url,
      ready: true,
      ...change(name),
    })),
  );
  writeFileSync(join(root, "status.json"), JSON.stringify({ version: 1, asOf: "2026-11-24", hosts }));
  return join(root, "status.json");
};

test("a step at a time: the label, the image, and then the next rack once its hosts are back", async () => {
  expect((await roll("soroush", { check: true })).code).toBe(2);
  const first = await roll("soroush");
  expect(first.code).toBe(0);
  expect(first.out).toMatch(/^Roll of soroush to node-2 on 2026-11-24$/m);
  expect(first.out).toMatch(/^- soroush at mhd1, compute: \d servers? granted → rolling \(mhd1-r01-s01.*\)$/m);
  expect(first.out).toMatch(/^ {4}kubectl --context mhd1 drain mhd1-r01-s01[\w -]* --ignore-daemonsets --delete-emptydir-data$/m);
  const steps = Number(/(\d+) steps left/.exec(first.out)?.[1]);
  const second = await roll("soroush");
  expect(second.out).toMatch(/^- soroush at mhd1, compute: \d servers? rolling → granted/m);
  expect(second.out).toMatch(
    /^Run by hand, once their hosts are wiped and before these are provisioned anew\n\n {4}kubectl --context mhd1 delete node mhd1-r01-s01[\w -]*$/m,
  );
  expect(second.out).toContain(`    once this is applied: zirsakht roll soroush --ready FILE; ${steps - 1} steps left`);
  const before = textOf(root);
  expect((await roll("soroush")).error).toMatch(
    /^--ready FILE is missing: the next rack waits until the hosts of \d servers? of soroush that may have been rolled are provisioned and their nodes Ready; write it with zirsakht status soroush --format json$/,
  );
  expect((await roll("soroush", { ready: status((name) => (name === "mhd1-r01-s01" ? { ready: false } : {})) })).error).toBe(
    "mhd1-r01-s01: its node is not Ready",
  );
  expect(textOf(root)).toBe(before);
  expect((await roll("soroush", { ready: status() })).out).toMatch(/granted → rolling \(mhd1-r02-s01/);
});

test("to the end, as often as it said; then nothing changes", async () => {
  let left = 1;
  for (let runs = 0; left > 0 && runs < 100; runs++) {
    const { out, error } = await roll("pool", { ready: status(), format: "json" });
    expect(error).toBe("");
    const document = JSON.parse(out) as { stepsLeft: number; image: string; written: boolean };
    if (runs > 0) expect(document.stepsLeft).toBe(left - 1);
    expect(document).toMatchObject({ image: "node-2", written: true });
    left = document.stepsLeft;
  }
  const images = Object.values(lockOf(root).sites).flatMap(({ servers }) =>
    Object.values(servers).flatMap(({ pool, image }) => (pool ? [image] : [])),
  );
  expect(new Set(images)).toEqual(new Set(["node-2"]));
  expect((await roll("pool", { check: true, ready: status() })).code).toBe(0);
});

test("who is not there, and a status that is none, are refused", async () => {
  expect((await roll("sorush")).error).toBe('there is no messenger "sorush": messengers/sorush.yaml does not exist; did you mean soroush?');
  writeFileSync(join(root, "status.json"), '{"version": 1}');
  expect((await roll("soroush", { ready: join(root, "status.json") })).error).toBe(
    "status.json:1:1: missing key hosts: The hosts that were looked at.",
  );
});
