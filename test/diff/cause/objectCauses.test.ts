import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as diff } from "../../../lib/cli/diff";
import type { Report } from "../../../lib/diff/report";
import { freshRoot, relock } from "../../cli/freshRoot";
import { editLock } from "../../cli/run";
import { GitRepository } from "../../support/gitRepository";
import { edit } from "../../support/root";

/** The rows of a change of the files, each with its causes. @param grant what brings the lock up to date */
async function rowsOf(change: (root: string) => void, grant = relock): Promise<string[]> {
  const repository = new GitRepository(freshRoot());
  const base = repository.git("rev-parse", "HEAD");
  change(repository.stacks);
  grant(repository.stacks);
  const out: string[] = [];
  const terminal = { out: (text: string) => void out.push(text), err: () => undefined, color: false };
  await diff([base, repository.commit("the change")], { root: repository.stacks, format: "json" }, terminal);
  const { changes } = JSON.parse(out.join("")) as Report;
  return changes.map(({ action, kind, causes }) => `${action} ${kind} ← ${causes.map(({ what }) => what).join("; ")}`);
}

test("of two keys of a file, each names the objects that it moves", async () => {
  const rows = await rowsOf((root) =>
    edit(root, "messengers/bale.yaml", { "admins: [bale-admins]": "admins: [others], viewers: [guests]" }),
  );
  const [admins, viewers] = ["access.admins[0] bale-admins → others", 'access.viewers nothing → ["guests"]'];
  expect(rows.filter((row) => row.includes(admins))).toEqual([`update RoleBinding ← ${admins}`]);
  expect(rows.filter((row) => row.includes(viewers)).length).toBe(rows.length - 1);
});

test("half of a change that makes no stack of its own says nothing, and ends nothing", async () => {
  const rows = await rowsOf((root) => {
    const file = join(root, "estate.yaml");
    writeFileSync(file, readFileSync(file, "utf8").replaceAll("compute-64", "compute").replace("10.0.0.53", "10.0.0.54"));
  });
  expect(new Set(rows)).toEqual(new Set(["update Secret ← estate sites.thr1.dns[0] 10.0.0.53 → 10.0.0.54"]));
});

test("a stack that goes does so for what places its messenger, not for its name", async () => {
  const rows = await rowsOf((root) =>
    edit(root, "messengers/soroush.yaml", {
      "thr1: 60%, mhd1: 40%": "thr1: 100%",
      "survives: site": "survives: rack",
      "en: Soroush": "en: Sorush",
    }),
  );
  expect(rows).toContain(
    "destroy Namespace ← placement.sites.thr1 60% → 100%; placement.sites.mhd1 40% → nothing; placement.survives site → rack",
  );
});

const [seven, eight] = ["https://images.example/hodhod-7.qcow2", "https://images.example/hodhod-8.qcow2"];

test("where an image lies elsewhere, its hosts name the line of the messenger's file, and the lock's", async () => {
  const rows = await rowsOf((root) => {
    edit(root, "allocations.lock.json", { [seven]: eight });
    edit(root, "messengers/hodhod.yaml", { [seven]: eight, "en: Hodhod": "en: Hudhud" });
  });
  const place = `image.url ${seven} → ${eight}; the lock: images.hodhod-7.url ${seven} → ${eight}`;
  expect(rows.find((row) => row.startsWith("update BareMetalHost"))).toBe(`update BareMetalHost ← ${place}`);
});

const changed = { "name: hodhod-7": "name: hodhod-8", [seven]: eight };

test("servers that come to run the image of the file name its lines", async () => {
  expect(await rowsOf((root) => edit(root, "messengers/hodhod.yaml", changed))).toEqual([
    expect.stringMatching(
      /^update BareMetalHost ← image\.name hodhod-7 → hodhod-8; image\.url .*hodhod-8\.qcow2; the lock: servers\..*image hodhod-7 → hodhod-8;/,
    ),
  ]);
});

test("a server that is erased does not for the image of the file", async () => {
  const erase = (root: string): void =>
    editLock(root, ({ sites }) => {
      const { servers = {}, images = {} } = sites.mhd1 ?? {};
      const [line] = Object.values(servers).filter(({ messenger }) => messenger === "hodhod");
      Object.assign(line ?? {}, { state: "erasing", image: "eraser-1" });
      const [url, checksum] = ["https://images.example/eraser-1.qcow2", `sha256:${"e".repeat(64)}`];
      Object.assign(images, { "eraser-1": { url, checksum }, "hodhod-8": { url: eight, checksum: `sha256:${"7".repeat(64)}` } });
    });
  const [row] = await rowsOf((root) => edit(root, "messengers/hodhod.yaml", changed), erase);
  expect(row).toMatch(/^update BareMetalHost ← /);
  expect(row).not.toContain("image.");
});
