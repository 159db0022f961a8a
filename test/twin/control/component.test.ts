import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findTwinProcesses, stopTwinProcesses } from "../../../lib/twin/control/component";
import { isAlive, startProcess } from "../../../lib/twin/control/process";

const base = realpathSync(mkdtempSync(join(tmpdir(), "zirsakht-component-")));
const folder = join(base, "twin");
afterAll(() => rmSync(base, { recursive: true }));

/** Waits, under a program's name. */
async function start(name: string, ...args: readonly string[]): Promise<number> {
  const cwd = join(folder, "cdktf.out/stacks/soroush.thr1");
  mkdirSync(cwd, { recursive: true });
  const program = join(base, name);
  symlinkSync(process.execPath, program);
  const { pid } = await startProcess({
    program,
    args: ["-e", "setTimeout(() => undefined, 60_000)", "--", ...args],
    env: {},
    cwd,
    log: join(base, `${name}.log`),
  });
  return pid;
}

test("the twin's programs are found and ended, and not those that people use", async () => {
  const [etcd, kubectl] = [await start("etcd", `--data-dir=${folder}/sites/thr1`), await start("kubectl", `--kubeconfig=${folder}/a`)];
  const found = await findTwinProcesses(folder);
  expect(found.map(({ pid }) => pid)).toEqual([etcd]);
  await stopTwinProcesses(found);
  expect([isAlive(etcd), isAlive(kubectl)]).toEqual([false, true]);
  process.kill(kubectl, "SIGKILL");
});

(process.platform === "linux" ? test : test.skip)(
  "terraform of a deploy that was killed is found by the stack that it works in",
  async () => {
    const terraform = await start("terraform", "apply");
    const found = await findTwinProcesses(folder);
    expect(found.map(({ pid }) => pid)).toEqual([terraform]);
    await stopTwinProcesses(found);
  },
);
