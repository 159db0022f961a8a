import { everywhere, Unfinished, type Verdict } from "../../lib/twin/drill";

const verdict = (about: string): Verdict => ({ promise: "something holds", about, done: "tried", seen: "held", kept: true });
const after = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

test("sites are judged at once, and their verdicts stand in the order of the sites", async () => {
  const found = everywhere(["thr1", "mhd1"], async (site, verdicts) => {
    await after(site === "thr1" ? 20 : 1);
    verdicts.push(verdict(site));
  });
  expect((await found).map(({ about }) => about)).toEqual(["thr1", "mhd1"]);
});

test("where a site fails, what was judged is not lost: there before, elsewhere after", async () => {
  const failed: unknown = await everywhere(["thr1", "mhd1"], async (site, verdicts) => {
    verdicts.push(verdict(`${site} before`));
    if (site === "thr1") throw new Error("thr1 is silent");
    await after(10);
    verdicts.push(verdict(`${site} after`));
  }).catch((error: unknown) => error);
  expect(failed).toBeInstanceOf(Unfinished);
  expect(failed).toMatchObject({ message: "thr1 is silent", cause: { message: "thr1 is silent" } });
  expect((failed as Unfinished).verdicts.map(({ about }) => about)).toEqual(["thr1 before", "mhd1 before", "mhd1 after"]);
});
