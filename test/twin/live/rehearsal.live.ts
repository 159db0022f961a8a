/** `twin rehearse` as people run it: kept promises, an old deployment, an end in the middle and a kill. */
import { spawn } from "node:child_process";
import { join } from "node:path";
import { rehearsalLabel } from "../../../lib/twin/drill";
import { until } from "../../../lib/twin/wait";
import { Rehearsed } from "./rehearsed";
import { describeLive } from "./twin";

const main = join(__dirname, "../../../dist/lib/cli/main.js");

describeLive("twin rehearse", () => {
  const company = new Rehearsed();
  beforeAll(() => company.raise(), 900_000);
  afterAll(() => company.throwAway());

  /** Starts a rehearsal of the addresses, and sends a signal once it has made something; answers how it ended. */
  async function interrupted(signal: NodeJS.Signals): Promise<{ code: number | null; signal: NodeJS.Signals | null; out: string }> {
    const child = spawn(process.execPath, [main, "twin", "rehearse", "addresses"], { cwd: company.workingFolder });
    let out = "";
    let ended = false;
    child.stdout.setEncoding("utf8").on("data", (piece: string) => (out += piece));
    const end = new Promise<Awaited<ReturnType<typeof interrupted>>>((resolve) =>
      child.on("close", (code, by) => {
        ended = true;
        resolve({ code, signal: by, out });
      }),
    );
    const api = await company.admin();
    const services = () => api.list("/api/v1/services", { labelSelector: rehearsalLabel });
    await until(async () => (ended || (await services()).length > 0 ? true : undefined), {
      seconds: 60,
      signal: new AbortController().signal,
    });
    child.kill(signal);
    return end;
  }

  test("all promises that a drill speaks for are kept, and what a twin cannot show is said", async () => {
    const { code, out, err } = await company.rehearse("addresses");
    expect({ code, said: code === 0 ? "" : `${out}\n${err}` }).toEqual({ code: 0, said: "" });
    expect(out).toMatch(/^\d+ promises kept, none broken, for the lock of 2026-11-24, in /m);
    expect(out).toContain("What a twin cannot show\n\n- packets: ");
    expect(out).not.toContain("Not what the files say");
    expect(err).toMatch(/^ +\d+\.\d s {2}addresses: own1: 2 pools of addresses, 2 messengers$/m);
  });

  test("a rehearsal of an old deployment says so", async () => {
    const api = await company.admin();
    const quota = "/api/v1/namespaces/messenger-bam/resourcequotas/grant";
    await api.demand("PATCH", quota, { body: { spec: { hard: { "services.nodeports": "9" } } } });
    const { code, out } = await company.rehearse("addresses", "--format", "json");
    expect(code).toBe(1);
    expect(JSON.parse(out)).toMatchObject({
      version: 1,
      drift: [
        { site: "own1", object: "ResourceQuota messenger-bam/grant", what: 'spec.hard.services.nodeports: "0" in the files, "9" deployed' },
      ],
    });
    await company.deploy();
  });

  test("ended in the middle it removes what it made, and says that it ended early", async () => {
    const { code, out } = await interrupted("SIGINT");
    expect(code).toBe(1);
    expect(out).toContain("The rehearsal ended early");
    expect(await company.left()).toEqual([]);
  });

  test("killed in the middle, the next one starts clean", async () => {
    expect(await interrupted("SIGKILL")).toMatchObject({ signal: "SIGKILL" });
    expect(await company.left()).not.toEqual([]);
    const { code, out, err } = await company.rehearse("addresses");
    expect({ code, said: code === 0 ? "" : `${out}\n${err}` }).toEqual({ code: 0, said: "" });
    expect(await company.left()).toEqual([]);
  });
});
