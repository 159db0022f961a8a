/** Terraform and cdktf give the objects that the manifests give; their next plan is empty. Needs the provider's plugin. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { findTwinProcesses } from "../../../lib/twin/control/component";
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

  (reason === undefined ? test : test.skip)(
    "a deploy by terraform that is told to end leaves no terraform, and the next one goes on",
    async () => {
      await lowerTwin(twin.folder);
      await twin.raise();
      const terraform = async () => (await findTwinProcesses(twin.folder)).filter(({ program }) => program === "terraform");
      const main = join(__dirname, "../../../dist/lib/cli/main.js");
      const child = spawn(process.execPath, [main, "twin", "deploy", "--by", "terraform"], { cwd: twin.workingFolder });
      let err = "";
      child.stderr.setEncoding("utf8").on("data", (piece: string) => (err += piece));
      const ended = new Promise((resolve) => child.once("close", resolve));
      while (child.exitCode === null && !(await terraform()).some(({ command }) => command.includes("\0apply\0"))) await pause(50);
      child.kill("SIGTERM");
      await expect(ended).resolves.toBe(1);
      expect(err).toContain("own1: ended early; what was brought stays, and the next deploy goes on from there");
      await expect(terraform()).resolves.toEqual([]);
      await deploy("terraform");
      await expect(objectsHere()).resolves.toEqual(byManifests);
    },
    patience,
  );
});
