/** Values that a plan does not know yet, and values that nobody may see. */
import { altered, changes, recorded } from "./recorded";

test("what only the apply will know is said so", () => {
  const words = recorded("other-changed/other.thr1").comparison.changes.find(({ address }) => address.endsWith(".words"));
  expect(words?.attributes).toEqual([{ path: "data", before: { some_key: "a: b\n" }, after: "(known after apply)" }]);
});

test("of secrets it is said that they change, and nothing else", () => {
  const login = recorded("other-changed/other.thr1").comparison.changes.find(({ address }) => address.endsWith(".login"));
  expect(login?.attributes).toEqual([{ path: "data.password", before: "(sensitive)", after: "(sensitive)" }]);
  expect([login?.before?.object.data, login?.after?.object.data]).toEqual([
    { password: "(sensitive)", user: "(sensitive)" },
    { password: "(sensitive)", user: "(sensitive)" },
  ]);
  expect(changes("sensitive/soroush.thr1")).toEqual([
    {
      action: "update",
      address: "kubernetes_manifest.addresses",
      attributes: [{ path: "metadata.labels.secret", after: "(sensitive)" }],
    },
    {
      action: "update",
      address: "kubernetes_namespace_v1.namespace",
      attributes: [{ path: "metadata.labels.secret", after: "(sensitive)" }],
    },
  ]);
  const everything = JSON.stringify([recorded("other-changed/other.thr1"), recorded("sensitive/soroush.thr1")]);
  const encoded = ["first", "second", "hunter2"].map((secret) => Buffer.from(secret).toString("base64"));
  for (const secret of ['"first"', '"second"', "hunter2", ...encoded]) expect(everything).not.toContain(secret);
});

test("another secret in the place of one is a change in which neither is seen", () => {
  const { comparison } = altered("lowered-pod-security/gap.thr1", ({ resource_changes: [{ change }] }) =>
    Object.assign(change, { before_sensitive: { metadata: [{ labels: true }] } }),
  );
  const [namespace] = comparison.changes;
  const path = 'metadata.labels["pod-security.kubernetes.io/enforce"]';
  expect(namespace?.attributes).toEqual([{ path, before: "(sensitive)", after: "(sensitive)" }]);
  const labels = Object.values((namespace?.after?.object.metadata.labels ?? {}) as object);
  expect([...new Set(labels)]).toEqual(["(sensitive)"]);
});

test("a key of a Secret's data that only the apply will know is no text of it", () => {
  const name = "hodhod.r01.all";
  const side = { metadata: [{ name, namespace: "zirsakht-hardware", labels: { "environment.metal3.io": "baremetal" } }], type: "Opaque" };
  const { comparison } = altered("removed-policy/gap.thr1", ({ resource_changes: [resource] }) =>
    Object.assign(resource, {
      type: "kubernetes_secret_v1",
      change: {
        ...resource.change,
        actions: ["update"],
        before: { ...side, data: { metaData: "a: b\n" } },
        after: { ...side, data: {} },
        after_unknown: { data: { metaData: true } },
        before_sensitive: { data: true },
        after_sensitive: { data: true },
      },
    }),
  );
  const [secret] = comparison.changes;
  expect(JSON.stringify(secret)).not.toContain(Buffer.from("(known after apply)").toString("base64"));
  expect(secret?.attributes.map(({ path }) => path)).toEqual(["data.metaData"]);
});
