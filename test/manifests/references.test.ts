import { resolve } from "../../lib/manifests/references";

const resources = {
  kubernetes_namespace_v1: {
    home: { metadata: { name: "messenger-a", labels: { "a/b": "c" } } },
    "with-dash": { metadata: { name: "other" } },
  },
  kubernetes_role_v1: {
    role: { rule: [{ verbs: ["get"] }, { verbs: ["list"] }], weight: 3, of: "${kubernetes_namespace_v1.home.metadata[0].name}-role" },
  },
  kubernetes_manifest: { round: { a: "${kubernetes_manifest.round.a}" } },
};

test.each([
  ["${kubernetes_namespace_v1.home.metadata[0].name}", "messenger-a"],
  ["${kubernetes_namespace_v1.with-dash.metadata.name}", "other"],
  ["in ${kubernetes_namespace_v1.home.metadata[0].name}, ${kubernetes_role_v1.role.weight} times", "in messenger-a, 3 times"],
  ["${kubernetes_role_v1.role.weight}", 3],
  ["${kubernetes_role_v1.role.rule[1].verbs}", ["list"]],
  ["${kubernetes_role_v1.role.of}", "messenger-a-role"],
  ["$${kept} and %%{kept}", "${kept} and %{kept}"],
  ["{plain} $5", "{plain} $5"],
])("%s is %j", (text, value) => {
  expect(resolve({ spec: { list: [text] } }, resources)).toMatchObject({ body: { spec: { list: [value] } }, problems: [] });
});

test("says what a body needs, by reference and by depends_on, which is not part of it", () => {
  const { body, needs } = resolve({ a: "${kubernetes_role_v1.role.of}", depends_on: ["kubernetes_manifest.m"] }, resources);
  expect(body).toEqual({ a: "messenger-a-role" });
  expect([...needs].sort()).toEqual(["kubernetes_manifest.m", "kubernetes_namespace_v1.home", "kubernetes_role_v1.role"]);
});

const remedy = "write the value itself, or refer to an attribute that another resource of the stack sets";
test.each([
  "${var.secret}",
  "${kubernetes_namespace_v1.gone.metadata[0].name}",
  "${kubernetes_namespace_v1.home.metadata[0].uid}",
  "${upper(kubernetes_namespace_v1.home.metadata[0].name)}",
  "${kubernetes_manifest.round.a}",
])("%s cannot be followed", (text) => {
  expect(resolve({ a: text }, resources).problems).toEqual([`${text} is not a value of this stack; ${remedy}`]);
});

test("a directive is refused", () => {
  expect(resolve({ a: "%{ if true }x" }, resources).problems).toEqual([
    "%{ if true } is a directive of Terraform's templates, which only Terraform can evaluate; write the value itself",
  ]);
});
