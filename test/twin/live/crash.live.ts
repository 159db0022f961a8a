/** Commands that are killed at chosen points: running them again ends in the same state, nothing doubled, nothing lost. */
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { findTwinProcesses } from "../../../lib/twin/control/component";
import { openTwin } from "../../../lib/twin/control/twin";
import { sweepOnce } from "../../../lib/twin/rehearsal/sweep";
import { Company } from "./company";
import { type Crash, type Ended, run, runCli } from "./command";
import { describeLive, OwnTwin } from "./twin";

/** Runs a command that is to be killed at a point; where it ends before it, the test says in the command's own words why. */
async function kill(workingFolder: string, args: readonly string[], crash: Crash): Promise<void> {
  const { code, signal, out, err } = await run(workingFolder, args, crash);
  expect({ code, signal, told: signal === null ? out + err : "" }).toEqual({ code: null, signal: "SIGKILL", told: "" });
}

describeLive("commands that are killed", () => {
  const twin = new OwnTwin();
  const { workingFolder } = twin;
  let company: Company;

  beforeAll(async () => {
    mkdirSync(workingFolder, { recursive: true });
    company = new Company(workingFolder);
    await company.allocate();
    await twin.raise();
  });
  afterAll(() => twin.throwAway());

  describe("allocate", () => {
    const points: readonly Crash[] = [
      { effect: "mkdir", of: "allocations.lock.json", at: 1 },
      { effect: "mkdir", of: "allocations.lock.json", at: 1, when: "after" },
      { effect: "write", of: "allocations.lock.json", at: 1 },
      { effect: "write", of: "allocations.lock.json", at: 1, when: "half" },
      { effect: "rename", of: "allocations.lock.json", at: 1 },
      { effect: "rename", of: "allocations.lock.json", at: 1, when: "after" },
    ];
    let before: string;
    let after: string;

    beforeAll(async () => {
      before = readFileSync(company.lock, "utf8");
      company.write("chabahar");
      await company.allocate();
      after = readFileSync(company.lock, "utf8");
      expect(after).not.toBe(before);
    });

    test.each(points)("killed $when $effect $at: the lock is whole, and running it again ends in the same", async (crash) => {
      writeFileSync(company.lock, before);
      await kill(workingFolder, ["allocate", "--as-of", "2026-11-24"], crash);
      expect([before, after]).toContain(readFileSync(company.lock, "utf8"));
      await company.allocate();
      expect(readFileSync(company.lock, "utf8")).toBe(after);
    });

    test("a full disk is told, the lock stays as it was, and with room it ends in the same", async () => {
      const disk = join(workingFolder, "disk");
      mkdirSync(disk);
      try {
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "none", disk], { stdio: "ignore" });
      } catch {
        process.stderr.write("SKIPPED: allocate on a full disk: this user may not mount a small one\n");
        return;
      }
      try {
        cpSync(dirname(company.lock), join(disk, "stacks"), { recursive: true });
        const lock = join(disk, "stacks", "allocations.lock.json");
        writeFileSync(lock, before);
        const filler = join(disk, "filler");
        const { bavail, bsize } = statfsSync(disk);
        writeFileSync(filler, Buffer.alloc(bavail * bsize));
        const full = await run(disk, ["allocate", "--as-of", "2026-11-24"]);
        expect(full.code).toBe(1);
        expect(full.err).toMatch(/^ENOSPC: no space left on device/m);
        expect(full.err).not.toContain("    at ");
        expect(readFileSync(lock, "utf8")).toBe(before);
        rmSync(filler);
        await runCli(disk, ["allocate", "--as-of", "2026-11-24"]);
        expect(readFileSync(lock, "utf8")).toBe(after);
        expect(readdirSync(join(disk, "stacks")).sort()).toEqual(["allocations.lock.json", "estate.yaml", "messengers"]);
      } finally {
        execFileSync("umount", [disk]);
      }
    });
  });

  /** Deploys to the end and once more; the second changes nothing, and the API server holds the stacks' objects and no other. */
  async function deployTwice(): Promise<void> {
    await runCli(workingFolder, ["twin", "deploy"]);
    const { sites } = (await runCli(workingFolder, ["twin", "deploy"])) as {
      sites: { brought: { created: number; changed: number; unchanged: number; removed: number } }[];
    };
    const [{ brought } = { brought: undefined }] = sites;
    expect(brought).toMatchObject({ created: 0, changed: 0, removed: 0 });
    expect(brought?.unchanged).toBe(await written());
  }

  /** How many objects the API server says that deploys wrote. */
  async function written(): Promise<number> {
    const sites = await openTwin(twin.folder);
    const api = await sites.get("own1")?.admin();
    if (!api) throw new Error("the twin has no site");
    const lists = [
      "/api/v1/namespaces",
      "/api/v1/secrets",
      "/api/v1/resourcequotas",
      "/api/v1/limitranges",
      "/api/v1/serviceaccounts",
      "/apis/rbac.authorization.k8s.io/v1/roles",
      "/apis/rbac.authorization.k8s.io/v1/rolebindings",
      "/apis/networking.k8s.io/v1/networkpolicies",
      "/apis/scheduling.k8s.io/v1/priorityclasses",
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies",
      "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings",
      "/apis/metal3.io/v1alpha1/baremetalhosts",
      "/apis/metallb.io/v1beta1/ipaddresspools",
      "/apis/metallb.io/v1beta1/bgpadvertisements",
      "/apis/metallb.io/v1beta2/bgppeers",
      "/apis/cilium.io/v2/ciliumegressgatewaypolicies",
      "/apis/k8s.cni.cncf.io/v1/network-attachment-definitions",
      "/apis/nfd.k8s-sigs.io/v1alpha1/nodefeaturerules",
    ];
    let count = 0;
    for (const list of lists)
      for (const { metadata } of await api.list(list))
        if (JSON.stringify(metadata.managedFields ?? []).includes('"manager":"zirsakht"')) count++;
    for (const site of sites.values()) await site.close();
    return count;
  }

  describe("deploy", () => {
    const points: readonly (Crash & { readonly title: string })[] = [
      { title: "at its first object", effect: "PATCH", at: 1 },
      { title: "between two objects", effect: "PATCH", at: 25, when: "after" },
      { title: "before a host", effect: "PATCH", of: "baremetalhosts", at: 1 },
      { title: "while the set-up places Secrets", effect: "PATCH", of: "secrets", at: 3, when: "after" },
      { title: "at a messenger's namespace", effect: "PATCH", of: "messenger-", at: 1 },
      { title: "while it writes down what it brought", effect: "renameSync", of: "deployed.json", at: 1 },
      { title: "after it wrote that down", effect: "renameSync", of: "deployed.json", at: 1, when: "after" },
    ];

    test.each(points)("killed $title: running it again ends in the same", async ({ title, ...crash }) => {
      // Every point has a messenger more, so that there is something to bring.
      company.write(`town-${title.replace(/[^a-z]/g, "").slice(0, 20)}`);
      await company.allocate();
      await kill(workingFolder, ["twin", "deploy"], crash);
      await deployTwice();
    });

    test("the API server dies in the middle: it is told, and after `up` it ends in the same", async () => {
      company.write("town-of-the-server");
      await company.allocate();
      const server = (await findTwinProcesses(twin.folder)).find(({ program }) => program === "kube-apiserver");
      const crash: Crash = { effect: "PATCH", at: 20, when: "after", pid: server?.pid ?? 0 };
      const ended = await run(workingFolder, ["twin", "deploy"], crash);
      expect(ended.code).toBe(1);
      expect(ended.err).toContain("npx zirsakht twin up");
      expect(ended.err).not.toContain("    at ");
      await twin.raise();
      await deployTwice();
    });
  });

  test("an API server that has just begun is asked again for what it has not read yet", async () => {
    for (const { pid } of (await findTwinProcesses(twin.folder)).filter(({ program }) => program === "kube-apiserver"))
      process.kill(pid, "SIGKILL");
    await twin.raise();
    const sites = await openTwin(twin.folder);
    const api = await sites.get("own1")?.admin();
    // It lists every kind there is by a label, and a kind that nobody has asked for yet is put off.
    await expect(api && sweepOnce(api)).resolves.toEqual([]);
    for (const site of sites.values()) await site.close();
  });

  describe("rehearse", () => {
    const points: readonly (Crash & { readonly drill: string; readonly title: string })[] = [
      { title: "while it brings a peak", drill: "peak", effect: "PATCH", of: "deployments", at: 2, when: "after" },
      { title: "while a rack is lost", drill: "rack", effect: "PATCH", of: "/nodes/", at: 2, when: "after" },
      { title: "while it attacks", drill: "intrusion", effect: "POST", of: "", at: 60, when: "after" },
      { title: "while a host's label has moved", drill: "wipe", effect: "PATCH", of: "baremetalhosts", at: 4, when: "after" },
      { title: "while services hold addresses", drill: "addresses", effect: "POST", of: "services", at: 2, when: "after" },
    ];

    test.each(points)("killed $title: the next rehearsal begins clean and keeps its promises", async ({ drill, ...crash }) => {
      await kill(workingFolder, ["twin", "rehearse", drill], crash);
      const again: Ended = await run(workingFolder, ["twin", "rehearse", drill]);
      expect({ code: again.code, broken: again.code === 0 ? "" : again.out + again.err }).toEqual({ code: 0, broken: "" });
      await deployTwice();
    });
  });

  test("down after all of it leaves nothing", async () => {
    await expect(run(workingFolder, ["twin", "down"])).resolves.toMatchObject({ code: 0 });
    expect(existsSync(join(workingFolder, ".zirsakht"))).toBe(false);
    await expect(findTwinProcesses(twin.folder)).resolves.toEqual([]);
  });
});
