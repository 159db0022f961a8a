import { bookOf } from "../../lib/allocation/book";
import { judgeLock } from "../../lib/allocation/judgement";
import { Demands } from "../../lib/cli/demands";
import { standingOf } from "../../lib/cli/diffBooks";
import type { Ground } from "../../lib/diff/ground";
import { noMemory } from "../../lib/memory/memory";
import { demandOf } from "../../lib/sizing/demand";
import { sizeMessenger } from "../../lib/sizing/size";
import { calendarOf } from "../../lib/sizing/timeline";
import { groundOf } from "../diff/grounds";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";
import { editLock } from "./run";

const standing = (ground: Ground): ReturnType<typeof standingOf> =>
  standingOf(ground, new Set(Object.keys(ground.estate.sites)), new Demands(ground.coefficients.values, noMemory), noMemory);

/** What runs out at mhd1 after a change of the date that soroush's audience is of, with growth to far more than there is. */
function runOut(dated: string): ReturnType<ReturnType<typeof standing>["books"]["runOut"]> {
  const root = freshRoot();
  edit(root, "messengers/soroush.yaml", {
    "registered: 1M": "registered: 50M",
    ", asOf: 2026-11-24": dated,
    "growth: {2027-03-01: 600k, 2027-09-01: 800k}": "growth: {2027-11-24: 50M}",
  });
  return standing(groundOf(root)).books.runOut("mhd1");
}

test("growth runs a site out, from the book date on where the audience has no date of its own", () => {
  const undated = runOut("");
  expect([...undated.keys()]).toContain("class compute-64");
  expect(undated).toEqual(runOut(", asOf: 2026-11-24"));
});

test("the sites one by one stand as all of them together", () => {
  const root = freshRoot();
  edit(root, "messengers/soroush.yaml", { "active: 500k": "active: 900k" });
  edit(root, "messengers/bale.yaml", { "dailyActive: 25k": "dailyActive: 50k" });
  edit(root, "estate.yaml", {
    "outOfService: {": "outOfService: {thr1-r08-s01: burnt, ",
    "applies: gitops": "applies: gitops\n    outOfService: {mhd1-r01-s01: burnt}",
  });
  // More is promised than either site has.
  editLock(root, ({ sites }) => {
    Object.assign(sites.thr1?.quotas.bale ?? {}, { cpu: 4000 });
    Object.assign(sites.mhd1?.bandwidth.soroush ?? {}, { ingressMbps: 400_000 });
  });
  const ground = groundOf(root);
  const { estate, messengers, lock } = ground;
  const calendar = calendarOf(estate, lock.asOf);
  const demands = messengers.map((messenger) => demandOf(sizeMessenger(messenger, calendar), messenger));
  const { stale, deficits, violations } = judgeLock({ estate, messengers, demands, lock });
  for (const found of [stale, deficits, violations]) expect(new Set(found.map(({ site }) => site))).toEqual(new Set(["mhd1", "thr1"]));
  const { books, ...rest } = standing(ground);
  expect({ sites: books.sites, deficits: books.deficits, ...rest }).toEqual({ sites: bookOf(estate, lock), deficits, stale, violations });
});
