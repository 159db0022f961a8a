import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { GrantCauses } from "../../../lib/diff/cause/grantCauses";
import { grantRows } from "../../../lib/diff/grants";
import { edit } from "../../support/root";
import { groundOf, sidesOf } from "../grounds";
import { freshRoot, relock } from "../../cli/freshRoot";
import { editLock } from "../../cli/run";

/** A line for each grant of a messenger that moved: where and what, and its causes. */
function explained(id: string, { base, head }: ReturnType<typeof sidesOf>): string[] {
  const causes = new GrantCauses(base, head);
  return grantRows(base, head, new Set(["mhd1", "thr1"]))
    .map((row) => causes.explained(row))
    .filter(({ messenger }) => messenger === id)
    .map(
      ({ site, resource, before, after, causes: found }) =>
        `${site} ${resource} ${String(before)} → ${String(after)} ← ${found.map(({ what, place }) => `${what} (${place ?? ""})`).join("; ")}`,
    );
}

test("a key that moves the need is the cause of every grant that moved, with its line", () => {
  const cause = "audience.active 500k → 900k (stacks/messengers/soroush.yaml:5)";
  const sides = sidesOf((root) => edit(root, "messengers/soroush.yaml", { "active: 500k": "active: 900k", "en: Soroush": "en: Sorush" }));
  expect(explained("soroush", sides)).toEqual([
    `mhd1 compute servers 2 → 3 ← ${cause}`,
    `mhd1 bandwidth out 2136 → 2904 ← ${cause}`,
    `mhd1 bandwidth in 801 → 1208 ← ${cause}`,
    `thr1 bandwidth out 2136 → 2904 ← ${cause}`,
    `thr1 bandwidth in 801 → 1208 ← ${cause}`,
  ]);
});

test("private addresses follow the servers, and so have their cause", () => {
  const lines = explained(
    "bale",
    sidesOf((root) => edit(root, "messengers/bale.yaml", { "on-request": "focus", "needs: [network, cluster]\n": "" })),
  );
  expect(lines).toContain("thr1 private addresses 64 → 128 ← tier on-request → focus (stacks/messengers/bale.yaml:4)");
});

test("a file that is new, or gone, is the cause of all that its messenger gains or gives back", () => {
  const [base, head] = [freshRoot(), freshRoot()];
  for (const file of ["messengers/bale.yaml", "allocations.lock.json"]) rmSync(join(base, file));
  relock(base);
  const sides = { base: groundOf(base), head: groundOf(head) };
  for (const line of explained("bale", sides)) expect(line).toMatch(/ ← the messenger bale is new \(stacks\/messengers\/bale\.yaml:2\)$/);
  const back = explained("bale", { base: sides.head, head: sides.base });
  expect(back.length).toBeGreaterThan(5);
  for (const line of back) expect(line).toMatch(/ ← the file of bale is gone \(stacks\/messengers\/bale\.yaml:2\)$/);
});

test("what the lock alone moved is a verb's, at the lock's line", () => {
  const [base, head] = [freshRoot(), freshRoot()];
  editLock(head, ({ sites }) => {
    const { egress = {} } = sites.thr1 ?? {};
    Reflect.deleteProperty(egress, Object.keys(egress)[0] ?? "");
  });
  writeFileSync(
    join(head, "messengers/soroush.yaml"),
    readFileSync(join(head, "messengers/soroush.yaml"), "utf8").replace("en: Soroush", "en: Sorush"),
  );
  const lines = (["soroush", "bale"] as const).flatMap((id) => explained(id, { base: groundOf(base), head: groundOf(head) }));
  expect(lines).toEqual([
    expect.stringMatching(
      /^thr1 public addresses of outgoing traffic .* ← the lock alone, by a verb \(stacks\/allocations\.lock\.json:\d+\)$/,
    ),
  ]);
});
