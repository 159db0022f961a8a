/** Every page of docs/jobs on a twin of its own, whole: what it says of hosts and nodes is so, and nothing is wiped that it does not say. */
import { readFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { lockSchema } from "../../../lib/request/lock";
import { openTwin } from "../../../lib/twin/control/twin";
import { TwinFolder } from "../../../lib/twin/control/folder";
import { hostsPath, stateOf } from "../../../lib/twin/drills/wipe/hostState";
import { Company, pages } from "../../jobs/company";
import { describeLive, livePrograms, OwnTwin } from "./twin";

/** A server as the lock has it and its host as the operator does. */
interface Look {
  /** The image that each held server should run. */
  readonly images: ReadonlyMap<string, string>;
  /** How often a host was provisioned shows in when that began last; an adopted one's never does. */
  readonly hosts: ReadonlyMap<string, { readonly uid: string; readonly provision: string }>;
}

const deploy = "npx zirsakht twin deploy";
const patience = 600_000;

describeLive("the jobs", () => {
  const twin = new OwnTwin();
  let company: Company;
  let before: Look = { images: new Map(), hosts: new Map() };

  beforeAll(async () => {
    const kubectl = (await livePrograms()).path("kubectl");
    const env = {
      PATH: `${dirname(kubectl)}${delimiter}${process.env.PATH ?? ""}`,
      KUBECONFIG: new TwinFolder(twin.folder).kubeconfig,
    };
    company = new Company(twin.workingFolder, env);
  }, patience);
  afterAll(() => twin.throwAway(), patience);

  async function look(): Promise<Look> {
    const { sites } = lockSchema.parse(JSON.parse(readFileSync(join(company.folder, "stacks/allocations.lock.json"), "utf8")));
    const lines = Object.values(sites).flatMap(({ servers }) => Object.entries(servers));
    const open = await openTwin(twin.folder);
    const hosts = await Promise.all(Array.from(open.values(), async (site) => (await site.admin()).list(hostsPath)));
    await Promise.all(Array.from(open.values(), (site) => site.close()));
    return {
      images: new Map(lines.map(([name, { image = "none" }]) => [name, image])),
      hosts: new Map(
        hosts.flat().map((host) => {
          const { uid = "", provision = "" } = stateOf(host);
          return [host.metadata.name, { uid, provision }];
        }),
      ),
    };
  }

  describe.each(pages())("$name", ({ steps }) => {
    const titled = steps.map((step) => ({ title: step.kind === "run" ? step.command : `${step.kind} ${step.file}`, step }));
    test.each(titled)(
      "$step.line: $title",
      async ({ title, step }) => {
        company.perform(step);
        if (title !== deploy) return;
        company.perform({ kind: "run", line: step.line, command: "npx zirsakht status", code: 0, prints: ["…, as the lock says.\n"] });
        const now = await look();
        const changed = <T>(one: ReadonlyMap<string, T>, other: ReadonlyMap<string, T>): string[] =>
          [...one].flatMap(([name, value]) => (JSON.stringify(other.get(name)) === JSON.stringify(value) ? [] : [name])).sort();
        expect({ wiped: changed(before.hosts, now.hosts) }).toEqual({ wiped: changed(before.images, now.images) });
        const adopted = [...now.images].flatMap(([name, image]) => (image === "none" ? [name] : []));
        expect(adopted.map((name) => now.hosts.get(name)?.provision ?? "none")).toEqual(adopted.map(() => "none"));
        before = now;
      },
      patience,
    );
  });
});
