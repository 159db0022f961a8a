/** Every kind that the toolkit writes, against the schema that its API server or operator publishes. */
import { toObjects } from "../../lib/manifests/objects";
import type { ApiObject, Json } from "../../lib/manifests/apiObject";
import { loadSchemas, Schemas } from "../schemas/schemas";
import { everyKind } from "./everyKind";
import { realStacks } from "./realStacks";

const schemas = loadSchemas();
if (typeof schemas === "string") process.stderr.write(`SKIPPED: objects against real schemas: ${schemas}\n`);
const suite = schemas instanceof Schemas ? describe : describe.skip;
const problems = (object: ApiObject): string[] => (schemas instanceof Schemas ? schemas.problems(object) : []);
const objects = toObjects("every-kind", everyKind()).map(({ object }) => object);

/** A wrong field of each kind: where, and what an API server would say of it. */
const planted: readonly (readonly [kind: string, path: string, value: Json, found: string])[] = [
  ["BGPAdvertisement", "spec.ipAddressPool", [], "ipAddressPool"],
  ["BGPPeer", "spec.peerASN", 2 ** 32, "/spec/peerASN must be <= 4294967295"],
  ["BareMetalHost", "spec.image.checksumtype", "sha256", "checksumtype"],
  ["CiliumEgressGatewayPolicy", "spec.egressGateways.0.egressIp", "198.51.100.65", "egressIp"],
  ["ClusterRole", "rules.0.nonResourceUrls", [], "nonResourceUrls"],
  ["ClusterRoleBinding", "subjects.0.group", "x", "group"],
  ["ConfigMap", "data.number", 1, "/data/number"],
  ["IPAddressPool", "spec.serviceAllocation.namespace", [], "namespace"],
  ["LimitRange", "spec.limits.0.default.cpu", "0.5 cores", "/spec/limits/0/default/cpu"],
  ["Namespace", "metadata.label", {}, "label"],
  ["NetworkAttachmentDefinition", "spec.configuration", "{}", "configuration"],
  ["NetworkPolicy", "spec.podselector", {}, "podselector"],
  ["NodeFeatureRule", "spec.rules.0.matchFeature", [], "matchFeature"],
  ["PriorityClass", "value", "1000", "/value"],
  ["ResourceQuota", "spec.hard.pods", "ten", "/spec/hard/pods"],
  ["Role", "rules.0.verb", [], "verb"],
  ["RoleBinding", "roleRef.namespace", "x", "namespace"],
  ["Secret", "data.networkData", "not base64", "/data/networkData"],
  ["ServiceAccount", "automountToken", false, "automountToken"],
  ["ValidatingAdmissionPolicy", "spec.validations.0.expressions", [], "expressions"],
  ["ValidatingAdmissionPolicyBinding", "spec.validationAction", "Deny", "validationAction"],
];

/** A copy of `value` with the dotted path set. */
function withValue(value: Json | undefined, [key, ...rest]: readonly string[], leaf: Json): Json {
  if (key === undefined) return leaf;
  if (Array.isArray(value))
    return (value as readonly Json[]).map((item, index) => (String(index) === key ? withValue(item, rest, leaf) : item));
  const object = value as Record<string, Json>;
  return { ...object, [key]: withValue(object[key], rest, leaf) };
}

suite("objects against the real schemas of their kinds", () => {
  test.each(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))(
    "%s is what its API takes",
    (_, object) => {
      expect(problems(object)).toEqual([]);
    },
  );

  test("every object of every real stack is what its API takes", () => {
    const stacks = realStacks();
    const wrong = stacks.flatMap(([stack, config]) =>
      toObjects(stack, config).flatMap(({ address, object }) => problems(object).map((problem) => `${stack} ${address}: ${problem}`)),
    );
    expect(wrong).toEqual([]);
    const kinds = new Set(stacks.flatMap(([stack, config]) => toObjects(stack, config).map(({ object }) => object.kind)));
    expect([...kinds].filter((kind) => !objects.some((object) => object.kind === kind))).toEqual([]);
  });

  test("each kind has a planted error", () => {
    expect([...new Set(objects.map(({ kind }) => kind))].sort()).toEqual(planted.map(([kind]) => kind));
  });

  test.each(planted)("a wrong field of a %s is found: %s", (kind, path, value, found) => {
    const object = objects.find((each) => each.kind === kind);
    const wrong = problems(withValue(object, path.split("."), value) as ApiObject);
    expect(wrong).toEqual([expect.stringContaining(found)]);
  });

  test("a kind without a schema, a bad name and a bad label are found", () => {
    expect(problems({ apiVersion: "example.io/v1", kind: "Thing", metadata: { name: "a" } })).toEqual([
      "no schema of example.io/v1 Thing; name its file in test/schemas/modules.json",
    ]);
    expect(problems({ apiVersion: "v1", kind: "Namespace", metadata: { name: "A", labels: { a: "-" }, annotations: { "": "" } } })).toEqual(
      ["/metadata/name is no name: A", "/metadata/labels has no valid label in a: -", "/metadata/annotations has no valid key in "],
    );
  });
});
