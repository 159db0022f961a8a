import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { run } from "../../lib/cli/twinDeploy";
import { twinFolderOf } from "../../lib/twin/control/folder";
import { holding } from "../twin/control/holder";

const folder = mkdtempSync(join(tmpdir(), "deploy-"));
beforeEach(() => jest.spyOn(process, "cwd").mockReturnValue(folder));
afterEach(() => jest.restoreAllMocks());
afterAll(() => rmSync(folder, { recursive: true }));

const root = join(__dirname, "../../stacks");
const said: string[] = [];
const terminal = { out: (text: string) => void said.push(text), err: (text: string) => void said.push(text), color: false };
const deploying = (): Promise<unknown> => run([], { root, format: "text", by: "manifests" }, terminal);

test("where the sites are is looked up once no other command changes it", async () => {
  const holder = holding(twinFolderOf(folder));
  let ended = false;
  const deployed = deploying().finally(() => (ended = true));
  deployed.catch(() => undefined);
  await pause(400);
  expect(ended).toBe(false);
  expect(said).toContain("waiting for another command that works on this twin");
  await holder.end();
  await expect(deployed).rejects.toThrow("there is no twin here; start it with `npx zirsakht twin up`");
  expect(existsSync(join(folder, ".zirsakht"))).toBe(false);
});

test("Ctrl-C ends the wait for another command", async () => {
  const holder = holding(twinFolderOf(folder));
  const deployed = deploying();
  deployed.catch(() => undefined);
  await pause(400);
  process.emit("SIGINT", "SIGINT");
  await expect(deployed).rejects.toThrow(
    `another command, process ${holder.pid}, works on the twin in ${twinFolderOf(folder)}; nothing was done`,
  );
  await holder.end();
});
