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
  /** The image that each held server should run; `adopted` where that is not ours to say, `detached` where it has no host meanwhile. */
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
      images: new Map(lines.map(([name, { state, image = "adopted" }]) => [name, state === "detached" ? state : image])),
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
        const names = [...before.hosts.keys()].sort();
        const anew = names.filter((name) => JSON.stringify(now.hosts.get(name)) !== JSON.stringify(before.hosts.get(name)));
        expect({ anew }).toEqual({ anew: names.filter((name) => now.images.get(name) !== before.images.get(name)) });
        const adopted = [...now.images].flatMap(([name, image]) => (image === "adopted" ? [name] : []));
        expect(adopted.filter((name) => now.hosts.get(name)?.provision !== "none")).toEqual([]);
        before = now;
      },
      patience,
    );
  });
});
