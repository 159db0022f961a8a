import { readFileSync } from "node:fs";
import { join } from "node:path";
import { goVersionOf, moduleFolder, pins, versionOf } from "../../../lib/twin/programs/modules";
import { crdFiles, programs, stageFiles } from "../../../lib/twin/programs/program";

test("the programs are exactly the tools of the modules", () => {
  for (const module of ["kubernetes", "baremetal", "metallb", "nfd"] as const) {
    const goMod = readFileSync(join(moduleFolder(module), "go.mod"), "utf8");
    const tools = (/^tool \(\n([^)]*)\)/m.exec(goMod)?.[1] ?? /^tool (.*)$/m.exec(goMod)?.[1] ?? "").split("\n").map((line) => line.trim());
    expect(tools.filter((tool) => tool !== "").sort()).toEqual(
      programs
        .filter((program) => program.module === module)
        .map((program) => program.package as string)
        .sort(),
    );
  }
});

test.each([...programs, ...crdFiles, stageFiles])("$from is of one version, and its files have a checksum", ({ module, from }) => {
  const version = versionOf(module, from);
  expect(version).toMatch(/^v\d+\.\d+\.\d+$/);
  expect(pins(module)).toMatch(new RegExp(`^${from.replaceAll(".", "\\.")} ${version.replaceAll(".", "\\.")} h1:`, "m"));
});

test("no set asks for a newer Go than the one that is looked for", () => {
  for (const module of ["kubernetes", "baremetal", "metallb", "nfd", "crds"] as const) expect(goVersionOf(module)).toBe("1.26.0");
});

test("a module that a set does not name has no version there", () => {
  expect(() => versionOf("nfd", "sigs.k8s.io/kwok")).toThrow("modules/nfd/go.mod does not name sigs.k8s.io/kwok");
});
