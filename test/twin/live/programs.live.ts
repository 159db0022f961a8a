/** The programs as Go really built them. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { versionOf } from "../../../lib/twin/programs/modules";
import { programs } from "../../../lib/twin/programs/program";
import { bringPrograms, type Programs } from "../../../lib/twin/programs/programs";
import { describeLive, livePrograms } from "./twin";

/** Those two have no word for their version. */
const silent = ["baremetal-operator", "metallb-controller"];

describeLive("the twin's programs", () => {
  let brought: Programs;
  beforeAll(async () => {
    brought = await livePrograms();
  });

  test("are there after the first call: the second one does nothing", async () => {
    const said: string[] = [];
    await bringPrograms({ progress: (what) => said.push(what) });
    expect(said).toEqual([]);
  });

  test.each(programs)("$name is built of the version that go.mod names", ({ name, module, from }) => {
    // Go writes into every program what it was built of.
    expect(readFileSync(brought.path(name)).includes(`mod\t${from}\t${versionOf(module, from)}\th1:`)).toBe(true);
  });

  test.each(programs.filter(({ name }) => !silent.includes(name)))("$name says its version", ({ name, module, from }) => {
    const args = name === "kubectl" ? ["version", "--client"] : ["--version"];
    expect(execFileSync(brought.path(name), args, { encoding: "utf8" })).toContain(versionOf(module, from).slice(1));
  });
});
