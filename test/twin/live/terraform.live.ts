/** Terraform and cdktf give the objects that the manifests give; their next plan is empty. Needs the provider's plugin. */
import { join } from "node:path";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { openTwin, lowerTwin } from "../../../lib/twin/control/twin";
import { run, runCli } from "./command";
import { Company } from "./company";
import { held, manifestsOf } from "./held";
import { whyNoTerraform } from "./provider";
import { describeLive, OwnTwin } from "./twin";

const reason = whyNoTerraform();
if (reason !== undefined) console.warn(`SKIPPED: what terraform and cdktf make of the stacks, because of this: ${reason}`);

interface Deployed {
  readonly sites: readonly {
    readonly brought: { readonly created: number; readonly changed: number; readonly unchanged: number; readonly removed: number };
    readonly settled: { readonly provisioned: number; readonly nodes: number; readonly joined: number; readonly left: number };
  }[];
}

/** Each of four rounds plans and applies all stacks, and raises a twin: seconds each, minutes on a busy machine; in milliseconds. */
const patience = 1_200_000;

describeLive("stacks of a site with a pool, a messenger in it and one with own servers", () => {
  const twin = new OwnTwin();
  const company = new Company(twin.workingFolder);
  const deploy = async (way: string) => (await runCli(twin.workingFolder, ["twin", "deploy", "--by", way])) as Deployed;
  const objectsHere = async () => {
    const site = (await openTwin(twin.folder)).get("own1");
    if (!site) throw new Error("the twin has no site");
    const objects = manifestsOf(join(twin.folder, "cdktf.out"), "own1");
    const found = await held(await site.admin(), objects);
    await site.close();
    return found;
  };
  let byManifests: Record<string, JsonObject | undefined> = {};

  beforeAll(async () => {
    await company.allocate();
    await twin.raise();
    await deploy("manifests");
    byManifests = await objectsHere();
  });
  afterAll(() => twin.throwAway());

  test("objects that the manifests made are left to them", async () => {
    const { code, err } = await run(twin.workingFolder, ["twin", "deploy", "--by", "terraform"]);
    expect({ code, err }).toMatchObject({ code: 1 });
    expect(err).toMatch(reason === undefined ? /own1 was deployed by manifests/ : /terraform cannot be run here: /);
  });

  (reason === undefined ? test : test.skip).each(["terraform", "cdktf"])(
    "%s gives the same, and the next plan is empty",
    async (way) => {
      await lowerTwin(twin.folder);
      await twin.raise();
      const first = await deploy(way);
      const count = Object.keys(byManifests).length;
      expect(first.sites.map(({ brought }) => brought)).toEqual([{ created: count, changed: 0, unchanged: 0, removed: 0 }]);
      await expect(objectsHere()).resolves.toEqual(byManifests);
      const second = await deploy(way);
      expect(second.sites.map(({ brought }) => brought)).toEqual([{ created: 0, changed: 0, unchanged: count, removed: 0 }]);
      expect(second.sites[0]?.settled).toMatchObject({ joined: 0, left: 0 });
    },
    patience,
  );
});
