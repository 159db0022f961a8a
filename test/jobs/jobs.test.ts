/** Every page of docs/jobs on a copy of their company, without a cluster: what needs one waits for the twin (test/twin/live/jobs.live.ts). */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { lockSchema } from "../../lib/request/lock";
import { Company, jobs, pages } from "./company";

const company = new Company();
afterAll(() => company.throwAway());

/** A command that asks clusters; the file that one writes follows a `>`. */
const live = /^(?:kubectl|npx zirsakht (?:twin|status)) [^>]*(?:> (.+))?$/;

/** What `status --format json` says where every host is as the lock wants it. */
function allReady(): string {
  const { sites } = lockSchema.parse(JSON.parse(readFileSync(join(company.folder, "stacks/allocations.lock.json"), "utf8")));
  const hosts = Object.values(sites).flatMap(({ servers, images }) =>
    Object.entries(servers).map(([name, { image = "" }]) => ({
      name,
      provisioning: "provisioned",
      image: images[image]?.url,
      ready: true,
    })),
  );
  return JSON.stringify({ version: 1, hosts });
}

test("the index lists every page", () => {
  const files = readdirSync(jobs).filter((name) => name.endsWith(".md"));
  expect(
    pages()
      .map(({ name }) => name)
      .sort(),
  ).toEqual(files.sort());
});

test.each(pages())("the links of $name lead somewhere", ({ name }) => {
  const links = [...readFileSync(join(jobs, name), "utf8").matchAll(/\]\(([^)#]+)[^)]*\)/g)].map(([, target]) => target ?? "");
  expect(links.filter((target) => !existsSync(join(jobs, target)))).toEqual([]);
});

describe.each(pages())("$name", ({ steps }) => {
  const titled = steps.map((step) => ({ title: step.kind === "run" ? step.command : `${step.kind} ${step.file}`, step }));
  test.each(titled)("$step.line: $title", ({ title, step }) => {
    const [isLive, file] = live.exec(title) ?? [];
    if (isLive === undefined) company.perform(step);
    else if (file !== undefined) writeFileSync(join(company.folder, file), allReady());
  });
});
