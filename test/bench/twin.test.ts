import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { twin } from "../../bench/twin";

jest.mock("node:child_process", () => ({ ...jest.requireActual<object>("node:child_process"), spawnSync: jest.fn() }));
jest.mock("../../lib/twin/programs/programs", () => ({ bringPrograms: () => Promise.resolve({ path: (name: string) => name }) }));

test("where the bare cluster cannot be thrown away, the twin is, and no file is left", async () => {
  const spawned = jest
    .mocked(spawnSync)
    .mockImplementation((_, args) => ({ status: args?.includes("down") ? 0 : 1, stdout: "", stderr: "it stays" }) as never);
  await expect(twin()).rejects.toThrow("delete cluster");
  expect(spawned.mock.calls.map(([, args]) => args?.find((word) => ["create", "delete", "down"].includes(word)))).toEqual([
    "create",
    "delete",
    "down",
  ]);
  const { cwd } = spawned.mock.calls[0]?.[2] ?? {};
  expect(existsSync(String(cwd))).toBe(false);
});
