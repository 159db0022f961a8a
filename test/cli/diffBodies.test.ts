/** What created and destroyed objects hold, as each form of the report shows it: whole, but for secrets. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../lib/cli/diff";
import type { JsonObject } from "../../lib/manifests/apiObject";

const forms = ["text", "markdown", "html", "json"] as const;
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "bodies-"))));
afterAll(() => rmSync(folder, { recursive: true }));

function write(path: string, content: object): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, JSON.stringify(content));
  return file;
}

/** A synth folder of one stack. */
function side(name: string, resource: JsonObject): string {
  write(`${name}/stacks/gap.thr1/cdk.tf.json`, { resource });
  return dirname(write(`${name}/manifest.json`, { stacks: { "gap.thr1": {} } }));
}

async function printed(names: readonly string[], options: object, form: (typeof forms)[number]): Promise<string> {
  const said: string[] = [];
  await run(
    names,
    { root: "stacks", format: form, ...options },
    { out: (text) => void said.push(text), err: () => undefined, color: false },
  );
  return said.join("");
}

const secretNumber = (number: number): string => `opensesame-${String(number).padStart(2, "0")}`;
const inData = secretNumber(1);
const underKey = secretNumber(2);
const inAddress = secretNumber(3);
const inVariable = secretNumber(4);
const inPass = secretNumber(5);
const inPwd = secretNumber(6);
const inWords = secretNumber(7);
const inFlag = secretNumber(8);
const inCommand = secretNumber(9);
const inSetting = secretNumber(10);
const inList = secretNumber(11);
const inXml = secretNumber(12);
const inBinary = secretNumber(13);
const secrets = [inData, underKey, inAddress, inVariable, inPass, inPwd, inWords, inFlag, inCommand, inSetting, inList, inXml, inBinary];
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const objects: JsonObject = {
  kubernetes_secret_v1: { login: { metadata: { name: "login", namespace: "a" }, data: { any: inData } } },
  kubernetes_manifest: {
    peer: { manifest: { apiVersion: "metallb.io/v1beta2", kind: "BGPPeer", metadata: { name: "peer" }, spec: { password: underKey } } },
    host: {
      manifest: {
        apiVersion: "metal3.io/v1alpha1",
        kind: "BareMetalHost",
        metadata: { name: "host" },
        spec: { online: true, bmc: { address: `redfish://root:${inAddress}@10.0.1.1/redfish` } },
      },
    },
    pod: {
      manifest: {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "pod" },
        spec: { containers: [{ name: "c", image: "shown-1", env: [{ name: "DB_PASSWORD", value: inVariable }] }] },
      },
    },
    worker: {
      manifest: {
        apiVersion: "v1",
        kind: "Pod",
        metadata: { name: "worker" },
        spec: {
          containers: [
            {
              name: "c",
              args: ["--requirepass", inFlag],
              command: ["sh", "-c", `mysql --password ${inCommand}`],
              env: [
                { name: "DB_PASS", value: inPass },
                { name: "MYSQL_PWD", value: inPwd },
                { name: "SECRET_KEY_BASE", value: inWords },
              ],
            },
          ],
        },
      },
    },
    settings: {
      manifest: {
        apiVersion: "v1",
        kind: "ConfigMap",
        metadata: { name: "settings" },
        data: {
          "redis.conf": `port 6379\nrequirepass ${inSetting}\n`,
          "env.yaml": `env:\n  - name: DB_PASSWORD\n    value: ${inList}\n`,
          "users.xml": `<user><password>${inXml}</password></user>`,
        },
        binaryData: { any: base64(inBinary) },
      },
    },
  },
};

describe.each(["created", "destroyed"])("of %s objects", (what) => {
  test.each(forms)("no secret is in the report as %s, and all else is", async (form) => {
    const [full, bare] = [side("full", objects), side("bare", {})];
    const text = await printed(what === "created" ? [bare, full] : [full, bare], {}, form);
    for (const secret of secrets) for (const spelled of [secret, base64(secret)]) expect(text).not.toContain(spelled);
    const isShown = form !== "text";
    for (const open of ["(sensitive)", "shown-1"]) expect([open, text.includes(open)]).toEqual([open, isShown]);
  });
});

const hostData = (metaData: string): JsonObject => ({
  kubernetes_secret_v1: {
    hosts: {
      metadata: { name: "gap.r01", namespace: "zirsakht-hardware", labels: { "environment.metal3.io": "baremetal" } },
      data: { metaData, networkData: '{"links":[{"id":"nic0"}]}' },
    },
  },
});

test.each(["markdown", "html"] as const)("what hosts are told is read as text in %s, JSON over several lines", async (form) => {
  const text = await printed([side("bare", {}), side("full", hostData("zone: r01\nrack: shown-1\n"))], {}, form);
  const lines = text
    .replaceAll("&quot;", '"')
    .split("\n")
    .map((line) => line.trim());
  const at = lines.indexOf("metaData: |");
  expect(lines.slice(at, at + 10)).toEqual([
    "metaData: |",
    "zone: r01",
    "rack: shown-1",
    "networkData: |",
    "{",
    '"links": [',
    "{",
    '"id": "nic0"',
    "}",
    "]",
  ]);
});

test.each(forms)("a line of it that looks like a secret hides all of that text, as %s", async (form) => {
  const told = `zone: r01\njoin-key: ${inData}\n`;
  const text = await printed([side("bare", {}), side("full", hostData(told))], {}, form);
  for (const spelled of [inData, base64(told), "zone: r01"]) expect(text).not.toContain(spelled);
  const isShown = form !== "text";
  for (const open of ["(sensitive)", "nic0"]) expect([open, text.includes(open)]).toEqual([open, isShown]);
});

test.each(forms)("of a saved plan, what Terraform marks is hidden and what it does not know yet is said so, as %s", async (form) => {
  const plan = JSON.parse(readFileSync(join(__dirname, "../diff/plan/fixtures/new-messenger/hodhod.thr1.json"), "utf8")) as {
    resource_changes: { type: string; change: Record<string, unknown> }[];
  };
  const quota = plan.resource_changes.find(({ type }) => type === "kubernetes_resource_quota_v1");
  const after = quota?.change.after as { metadata: { labels?: object }[] } | undefined;
  if (!quota || !after?.metadata[0]) throw new Error("the plan has no quota");
  after.metadata[0].labels = { open: "shown-1", marked: inData };
  quota.change.after_sensitive = { metadata: [{ labels: { marked: true } }] };
  const unknown = quota.change.after_unknown as { metadata: object[] };
  unknown.metadata = [{ ...unknown.metadata[0], labels: { later: true } }];
  const text = await printed([], { plan: [write("hodhod.thr1.json", plan)] }, form);
  expect(text).not.toContain(inData);
  const isShown = form !== "text";
  for (const open of ["(sensitive)", "shown-1", "(known after apply)"]) expect([open, text.includes(open)]).toEqual([open, isShown]);
});
