import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { run as diff } from "../../../lib/cli/diff";
import type { Report } from "../../../lib/diff/report";
import { freshRoot, relock } from "../../cli/freshRoot";
import { GitRepository } from "../../support/gitRepository";
import { edit } from "../../support/root";

/** The rows of a change of the files, each with its causes. */
async function rowsOf(change: (root: string) => void): Promise<string[]> {
  const repository = new GitRepository(freshRoot());
  const base = repository.git("rev-parse", "HEAD");
  change(repository.stacks);
  relock(repository.stacks);
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
