/** Ten changes as a reviewer meets them: each report is a golden file that a person can read. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { run as allocate } from "../../lib/cli/allocate";
import { run as diff } from "../../lib/cli/diff";
import { run as synth } from "../../lib/cli/synth";
import { GitRepository } from "../support/gitRepository";
import { edit } from "../support/root";
import { expectUpToDate } from "../support/upToDate";
import { freshRoot } from "./freshRoot";
import { editLock } from "./run";

const quiet = { out: () => undefined, err: () => undefined, color: false };
const folders: string[] = [];
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

async function reportOf(names: readonly string[], root: string): Promise<{ code: number; text: string }> {
  const said: string[] = [];
  const code = await diff(names, { root, format: "text" }, { ...quiet, out: (text) => void said.push(text) });
  return { code, text: said.join("\n") };
}

/** The report of a change of files, between two commits. */
async function ofFiles(change: (repository: GitRepository) => void | Promise<void>): Promise<{ code: number; text: string }> {
  const repository = new GitRepository(freshRoot());
  const coefficients = join(repository.root, "lib/sizing/coefficients.yaml");
  cpSync(join(__dirname, "../../lib/sizing/coefficients.yaml"), coefficients, { recursive: true });
  const base = repository.commit("the toolkit's coefficients");
  await change(repository);
  const head = repository.commit("the change");
  const before = repository.state();
  const { code, text } = await reportOf([base, head], repository.stacks);
  expect(repository.state()).toBe(before);
  return { code, text: text.replace(base.slice(0, 9), "BASE").replace(head.slice(0, 9), "HEAD") };
}

const grant = (repository: GitRepository, ...names: string[]) =>
  allocate(names, { root: repository.stacks, format: "text", partial: true }, quiet);

let synthesized = "";
beforeAll(async () => {
  synthesized = mkdtempSync(join(tmpdir(), "synthesized-"));
  folders.push(synthesized);
  await synth([], { root: freshRoot(), format: "text", out: synthesized }, quiet);
});

type Resources = Record<string, Record<string, Record<string, unknown>>>;

/** The report of a change of the code that makes a stack: of two synthesized folders. */
async function ofStack(stack: string, change: (resources: Resources) => void): Promise<{ code: number; text: string }> {
  const head = mkdtempSync(join(tmpdir(), "changed-"));
  folders.push(head);
  cpSync(synthesized, head, { recursive: true });
  const file = join(head, "stacks", stack, "cdk.tf.json");
  const config = JSON.parse(readFileSync(file, "utf8")) as { resource: Resources };
  change(config.resource);
  writeFileSync(file, JSON.stringify(config));
  const { code, text } = await reportOf([synthesized, head], "stacks");
  return { code, text: text.replace(synthesized, "BASE").replace(head, "HEAD") };
}

function bodyOf(resources: Resources, address: string): Record<string, never> {
  const [type = "", id = ""] = address.split(".");
  const body = resources[type]?.[id];
  if (!body)
    throw new Error(
      `there is no ${address}, only ${Object.entries(resources)
        .flatMap(([kind, ids]) => Object.keys(ids).map((each) => `${kind}.${each}`))
        .join(" ")}`,
    );
  return body as Record<string, never>;
}

const changes: Readonly<Record<string, () => Promise<{ code: number; text: string }>>> = {
  growth: () =>
    ofFiles(async (repository) => {
      edit(repository.stacks, "messengers/soroush.yaml", { "active: 500k": "active: 950k" });
      await grant(repository, "soroush");
    }),
  "a new messenger": () =>
    ofFiles(async (repository) => {
      writeFileSync(
        join(repository.stacks, "messengers/nava.yaml"),
        "messenger: nava\nname: {en: Nava, fa: نوا}\ntier: on-request\naudience: {registered: 50k, active: 10k, source: test}\nplacement: {sites: {mhd1: 100%}}\naccess: {admins: [nava-admins]}\n",
      );
      await grant(repository, "nava");
    }),
  "a retired messenger": () =>
    ofFiles(({ stacks }) => {
      writeFileSync(
        join(stacks, "messengers/bale.yaml"),
        `${readFileSync(join(stacks, "messengers/bale.yaml"), "utf8")}lifecycle: retired\n`,
      );
    }),
  "a widened role": () =>
    ofStack("soroush.thr1", (resources) => {
      const role = bodyOf(resources, "kubernetes_role_v1.access_role-deployer") as unknown as { rule: object[] };
      role.rule.push({ api_groups: [""], resources: ["secrets", "pods/exec"], verbs: ["*"] });
    }),
  "a removed policy": () =>
    ofStack("bale.thr1", (resources) => {
      delete resources.kubernetes_network_policy_v1?.["isolation_default-deny"];
    }),
  "a lower pod security level": () =>
    ofStack("bale.thr1", (resources) => {
      const namespace = bodyOf(resources, "kubernetes_namespace_v1.namespace") as unknown as {
        metadata: { labels: Record<string, string> };
      };
      namespace.metadata.labels["pod-security.kubernetes.io/enforce"] = "privileged";
    }),
  "a changed image": () =>
    ofFiles(({ stacks }) => {
      edit(stacks, "estate.yaml", {
        "images:\n": `images:\n  node-2: {url: "https://images.example/node-2.qcow2", checksum: "sha256:${"2".repeat(64)}"}\n`,
      });
      editLock(stacks, ({ sites }) => {
        const servers = Object.values(sites.thr1?.servers ?? {}).filter(
          ({ messenger, group }) => messenger === "soroush" && group === "database",
        );
        for (const server of servers) Object.assign(server, { image: "node-2" });
        Object.assign(sites.thr1?.images ?? {}, {
          "node-2": { url: "https://images.example/node-2.qcow2", checksum: `sha256:${"2".repeat(64)}` },
        });
      });
    }),
  "a renamed id": () =>
    ofStack("soroush.thr1", (resources) => {
      const quotas = resources.kubernetes_resource_quota_v1 ?? {};
      const [[id, quota] = []] = Object.entries(quotas);
      if (id === undefined || quota === undefined) throw new Error("there is no quota");
      delete quotas[id];
      quotas.limit = quota;
    }),
  "a reordered file": () =>
    ofFiles(({ stacks }) => {
      const file = join(stacks, "messengers/soroush.yaml");
      const [head = "", id = "", ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
      writeFileSync(file, `${[head, ...lines.reverse(), id].join("\n")}\n`);
    }),
  "a coefficient": () =>
    ofFiles(async (repository) => {
      const file = join(repository.root, "lib/sizing/coefficients.yaml");
      const text = readFileSync(file, "utf8");
      const found = /(\n {2}bw_elasticity:[^]*?value: )([\d.]+)/.exec(text);
      if (!found) throw new Error("there is no bw_elasticity");
      writeFileSync(file, text.replace(found[0], `${found[1] ?? ""}1.9`));
      edit(repository.stacks, "messengers/soroush.yaml", { "size_photo: 100": "size_photo: 140" });
      await grant(repository, "soroush");
    }),
};

test.each(Object.keys(changes))("the report of %s", async (name) => {
  const { code, text } = (await changes[name]?.()) ?? { code: undefined, text: "" };
  expect(code).toBe(name === "a reordered file" ? 0 : 2);
  expectUpToDate(`test/diff/golden/${name}.txt`, `${text}\n`);
});
