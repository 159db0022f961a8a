import * as fc from "fast-check";
import { differences } from "../../../lib/diff/semantics/differences";
import { masked, maskedObject, shownText } from "../../../lib/diff/semantics/sensitive";
import type { ApiObject, Json, JsonObject } from "../../../lib/manifests/apiObject";
import { toObjects } from "../../../lib/manifests/objects";
import { example, stacksOf } from "../../manifests/realStacks";

const made = (kind: string, body: JsonObject, apiVersion = "v1"): ApiObject => ({
  apiVersion,
  kind,
  ...body,
  metadata: { name: "a", namespace: "b", ...(body.metadata as JsonObject | undefined) },
});
const base64 = (text: string): string => Buffer.from(text).toString("base64");
const forHosts = { labels: { "environment.metal3.io": "baremetal" } };
const shown = (before: ApiObject, after: ApiObject) => masked(differences(before, after), before, after);

describe("a Secret", () => {
  test("shows which values change, and none of them", () => {
    const before = made("Secret", { data: { a: base64("1"), b: base64("2"), same: base64("3") } });
    const after = made("Secret", { data: { a: base64("longer"), c: base64("4"), same: base64("3") } });
    expect(shown(before, after)).toEqual([
      { path: "data.a", before: "(sensitive)", after: "(sensitive)" },
      { path: "data.b", before: "(sensitive)" },
      { path: "data.c", after: "(sensitive)" },
    ]);
  });

  test("for hosts is shown in full", () => {
    const before = made("Secret", { metadata: forHosts, data: { metaData: base64("a: 1\n") } });
    const after = made("Secret", { metadata: forHosts, data: { metaData: base64("a: 2\n"), networkData: base64("links: []\n") } });
    expect(shown(before, after)).toEqual([
      { path: "data.metaData", before: base64("a: 1\n"), after: base64("a: 2\n") },
      { path: "data.networkData", after: base64("links: []\n") },
    ]);
    expect(maskedObject(after)).toEqual(after);
  });

  test.each<readonly [why: string, body: JsonObject]>([
    ["another key", { metadata: forHosts, data: { userData: base64("a") } }],
    ["no label", { data: { metaData: base64("a") } }],
    ["another type", { metadata: forHosts, type: "kubernetes.io/tls", data: { metaData: base64("a") } }],
    ["a password in it", { metadata: forHosts, data: { metaData: base64("password: a\n") } }],
    [
      "a secret among other lines, under a key that the policy does not know",
      { metadata: forHosts, data: { metaData: base64("a: 1\npsk: a\nb: 2\n") } },
    ],
    ["a token with which a node joins", { metadata: forHosts, data: { metaData: base64("join: abcdef.0123456789abcdef\n") } }],
    ["a key whose value stands on the next line", { metadata: forHosts, data: { networkData: base64("auth: |\n  a\n") } }],
    ["text in place of data", { metadata: forHosts, stringData: { metaData: "a" } }],
  ])("for hosts with %s is not", (_, body) => {
    expect(JSON.stringify(maskedObject(made("Secret", body)))).not.toContain(base64("a"));
    expect(JSON.stringify(maskedObject(made("Secret", body)))).toContain("(sensitive)");
  });

  test("that becomes one for hosts still hides what it was", () => {
    const before = made("Secret", { data: { metaData: base64("old") } });
    const after = made("Secret", { metadata: forHosts, data: { metaData: base64("new") } });
    expect(shown(before, after)).toContainEqual({ path: "data.metaData", before: "(sensitive)", after: "(sensitive)" });
  });
});

test("what says where a secret is, and what only has such a word in it, is shown", () => {
  const open = made(
    "Deployment",
    {
      automountServiceAccountToken: false,
      rules: [{ apiGroups: [""], resources: ["secrets", "serviceaccounts/token"], verbs: ["get"] }],
      metadata: { annotations: { note: "an author wrote this; see https://docs.example:8443/a?page=2" } },
      spec: {
        bmc: { address: "redfish-virtualmedia://10.0.1.1/redfish/v1/Systems/1", credentialsName: "bmc-1" },
        userData: { name: "node-join", namespace: "zirsakht-hardware" },
        passwordSecret: { name: "bgp", namespace: "metallb-system" },
        env: [{ name: "DB_PASSWORD", valueFrom: { secretKeyRef: { name: "db", key: "password" } } }],
        hard: { secrets: "10", "count/secrets": "10" },
        validations: [{ expression: "variables.token == 'a' && !has(object.spec.auth)", message: "no token may stand here" }],
      },
    },
    "apps/v1",
  );
  expect(maskedObject(open)).toEqual(open);
});

test("the example is shown in full: it holds no secret", () => {
  for (const [stack, config] of stacksOf(example()))
    for (const { object } of toObjects(stack, config)) expect(maskedObject(object)).toEqual(object);
});

const hex = fc.string({ unit: fc.constantFrom(..."0 1 2 3 4 5 6 7 8 9 a b c d e f".split(" ")), minLength: 24, maxLength: 40 });

/** Where a secret may stand, by what would give it away. */
const places: Readonly<Record<string, (secret: string) => ApiObject>> = {
  "a Secret's data": (secret) => made("Secret", { data: { any: base64(secret), raw: secret } }),
  "a Secret's text": (secret) => made("Secret", { stringData: { any: secret } }),
  "a Secret's bytes": (secret) => made("Secret", { binaryData: { any: secret } }),
  "a Secret of another version": (secret) => made("Secret", { metadata: forHosts, data: { metaData: secret } }, "v2"),
  "a password": (secret) => made("BGPPeer", { spec: { password: secret } }),
  "a password in a list": (secret) => made("A", { spec: { users: [{ user: "a", passwd: secret }] } }),
  credentials: (secret) => made("A", { spec: { credentials: { user: secret, nested: [{ deep: secret }] } } }),
  "a number under a secret key": (secret) =>
    made("A", { spec: { apiKey: [Number(`1${secret.replace(/\D/g, "")}`.slice(0, 15)), secret] } }),
  "a key with dashes": (secret) => made("ConfigMap", { data: { "join-token": secret } }),
  "a kubeconfig": (secret) => made("ConfigMap", { data: { "admin.kubeconfig": secret } }),
  "a private key by its name": (secret) => made("ConfigMap", { data: { "tls.key": secret } }),
  "a private key": (secret) => made("ConfigMap", { data: { any: `-----BEGIN EC PRIVATE KEY-----\n${secret}\n` } }),
  "a file": (secret) => made("ConfigMap", { data: { "app.conf": `user = a\ndb_password = ${secret}\n` } }),
  "JSON in text": (secret) => made("NetworkAttachmentDefinition", { spec: { config: JSON.stringify({ auth: { "api-key": secret } }) } }),
  "user data as text": (secret) => made("BareMetalHost", { spec: { userData: `#cloud-config\n${secret}` } }),
  "user data inline": (secret) => made("BareMetalHost", { spec: { userData: { inline: secret } } }),
  "a BMC's address": (secret) => made("BareMetalHost", { spec: { bmc: { address: `redfish://root:${secret}@10.0.1.1/redfish` } } }),
  "a password with a slash": (secret) => made("BareMetalHost", { spec: { bmc: { address: `https://root:a/${secret}@10.0.1.1/` } } }),
  "a token in an address": (secret) => made("BareMetalHost", { spec: { image: { url: `https://${secret}@images.example/a` } } }),
  "a signed address": (secret) => made("BareMetalHost", { spec: { image: { url: `https://images.example/a?X-Amz-Signature=${secret}` } } }),
  "a variable": (secret) => made("Pod", { spec: { containers: [{ name: "c", env: [{ name: "DB_PASSWORD", value: secret }] }] } }),
  "an argument": (secret) => made("Pod", { spec: { containers: [{ name: "c", args: [`--password=${secret}`] }] } }),
  "a connection": (secret) =>
    made("Pod", { spec: { containers: [{ name: "c", env: [{ name: "DB", value: `Server=a;Password=${secret}` }] }] } }),
  "a header": (secret) => made("A", { spec: { headers: [`Bearer ${secret}`] } }),
  "a web token": (secret) => made("A", { spec: { any: `eyJhbGciOi.eyJ${secret}.a` } }),
  "a repeated object": (secret) =>
    made("Pod", { metadata: { annotations: { "kubectl.kubernetes.io/last-applied-configuration": `{"spec":{"any":"${secret}"}}` } } }),
};

test.each(Object.entries(places))("%s never appears", (_, plant) => {
  fc.assert(
    fc.property(hex, hex, (secret, other) => {
      fc.pre(secret !== other);
      const [before, after] = [plant(secret), plant(other)];
      const bare = made(before.kind, {}, before.apiVersion);
      const attributes = [...shown(before, after), ...shown(before, bare), ...shown(bare, after)];
      expect(attributes.length).toBeGreaterThan(2);
      const said = JSON.stringify([attributes, maskedObject(before), maskedObject(after)]);
      for (const text of [secret, other, base64(secret), base64(other)]) expect(said).not.toContain(text);
      expect(said).toContain("(sensitive)");
    }),
    { numRuns: 50 },
  );
});

test("neither length nor likeness is told", () => {
  const of = (secret: string): Json => maskedObject(made("Secret", { data: { a: secret, b: secret } }));
  expect(of("1")).toEqual(of("a much longer secret"));
});

test("a text for people", () => {
  expect(shownText("https://images.example/node.qcow2")).toBe("https://images.example/node.qcow2");
  expect(shownText("https://u:p@images.example/node.qcow2")).toBe("(sensitive)");
});

test.each([
  ...["x://", "a://b:", "a://b:80/", "-eyJ", "eyJ.", "auth ", "?a", "-----BEGIN "],
  ...["auth", "-auth", "--", "<auth", "name: auth", " \n", "auth \n", "name:auth\n", "\t"],
])("the time for text made of %j grows with its length, not with its square", (unit) => {
  const fastest = (length: number): number => {
    const text = unit.repeat(length / unit.length);
    const times = Array.from({ length: 9 }, () => {
      const start = process.hrtime.bigint();
      shownText(text);
      return Number(process.hrtime.bigint() - start);
    });
    return Math.min(...times);
  };
  fastest(40_000);
  expect(fastest(80_000) / fastest(40_000)).toBeLessThan(3);
});
