import * as fc from "fast-check";
import type { Attribute } from "../../../lib/diff/change";
import { differences } from "../../../lib/diff/semantics/differences";
import { isObject, type ApiObject, type Json, type JsonObject } from "../../../lib/manifests/apiObject";
import { toObjects } from "../../../lib/manifests/objects";
import { everyKind } from "../../manifests/everyKind";
import { applied } from "./applied";

const versions: Readonly<Record<string, string>> = {
  BareMetalHost: "metal3.io/v1alpha1",
  BGPAdvertisement: "metallb.io/v1beta1",
  CiliumEgressGatewayPolicy: "cilium.io/v2",
  CiliumNetworkPolicy: "cilium.io/v2",
  Deployment: "apps/v1",
  IPAddressPool: "metallb.io/v1beta1",
  NetworkPolicy: "networking.k8s.io/v1",
  NodeFeatureRule: "nfd.k8s-sigs.io/v1alpha1",
  PriorityClass: "scheduling.k8s.io/v1",
  Role: "rbac.authorization.k8s.io/v1",
  RoleBinding: "rbac.authorization.k8s.io/v1",
  ValidatingAdmissionPolicy: "admissionregistration.k8s.io/v1",
};
const made = (kind: string, body: JsonObject): ApiObject => ({
  apiVersion: versions[kind] ?? "v1",
  kind,
  ...body,
  metadata: { name: "a", ...(body.metadata as JsonObject | undefined) },
});
const specs = (kind: string, before: Json, after: Json): Attribute[] =>
  differences(made(kind, { spec: before }), made(kind, { spec: after }));
const pods = (before: JsonObject, after: JsonObject): Attribute[] =>
  specs("Deployment", { template: { spec: before } }, { template: { spec: after } });

const egress = (...ports: Json[]): Json => ({ egress: [{ ports }] });
const rule = (verbs: string[], resource = "pods"): Json => ({ apiGroups: [""], resources: [resource], verbs });

describe("what means the same is no difference", () => {
  test.each<readonly [why: string, found: () => Attribute[]]>([
    [
      "a quota's quantities",
      () =>
        specs(
          "ResourceQuota",
          { hard: { cpu: "1", memory: "1Gi", pods: 10 } },
          { hard: { cpu: "1000m", memory: "1073741824", pods: "10" } },
        ),
    ],
    [
      "a limit range's, by type",
      () =>
        specs(
          "LimitRange",
          { limits: [{ type: "Pod", max: { cpu: "0.5" } }, { type: "Container" }] },
          { limits: [{ type: "Container" }, { type: "Pod", max: { cpu: "500m" } }] },
        ),
    ],
    [
      "requests and limits",
      () =>
        pods(
          { containers: [{ name: "a", resources: { limits: { memory: "2Ki" } } }] },
          { containers: [{ name: "a", resources: { limits: { memory: "2048" } } }] },
        ),
    ],
    [
      "an annotated bandwidth",
      () =>
        differences(
          made("Pod", { metadata: { annotations: { "kubernetes.io/egress-bandwidth": "1000M" } } }),
          made("Pod", { metadata: { annotations: { "kubernetes.io/egress-bandwidth": "1G" } } }),
        ),
    ],
    [
      "extended resources",
      () =>
        specs(
          "NodeFeatureRule",
          { rules: [{ name: "r", extendedResources: { a: "2000" } }] },
          { rules: [{ name: "r", extendedResources: { a: "2k" } }] },
        ),
    ],
    [
      "rules of a role and their lists in another order",
      () =>
        differences(
          made("Role", { rules: [rule(["get", "list"]), rule(["get"], "secrets")] }),
          made("Role", { rules: [rule(["get"], "secrets"), rule(["list", "get"])] }),
        ),
    ],
    ["the default protocol of a policy's port", () => specs("NetworkPolicy", egress({ port: 53 }), egress({ port: 53, protocol: "TCP" }))],
    [
      "the default preemption",
      () =>
        differences(
          made("PriorityClass", { value: 1 }),
          made("PriorityClass", { value: 1, preemptionPolicy: "PreemptLowerPriority", globalDefault: false, description: "" }),
        ),
    ],
    ["the default type of a Secret", () => differences(made("Secret", {}), made("Secret", { type: "Opaque" }))],
    [
      "the default of mounting a token",
      () => differences(made("ServiceAccount", {}), made("ServiceAccount", { automountServiceAccountToken: true })),
    ],
    [
      "the defaults of a host",
      () => specs("BareMetalHost", { online: true }, { online: true, automatedCleaningMode: "metadata", externallyProvisioned: false }),
    ],
    ["no labels and empty labels", () => differences(made("Namespace", { metadata: { labels: {} } }), made("Namespace", {}))],
    ["no rules and an empty list of them", () => specs("NetworkPolicy", { podSelector: {}, ingress: [] }, { podSelector: {} })],
    [
      "named volumes in another order",
      () => pods({ volumes: [{ name: "a" }, { name: "b" }] }, { volumes: [{ name: "b" }, { name: "a" }] }),
    ],
  ])("%s", (_, found) => {
    expect(found()).toEqual([]);
  });
});

describe("what means something else is named by its path", () => {
  test.each<readonly [why: string, found: () => Attribute[], attributes: readonly Attribute[]]>([
    [
      "a field",
      () => specs("BareMetalHost", { image: { url: "a", checksum: "1" } }, { image: { url: "b", checksum: "1" } }),
      [{ path: "spec.image.url", before: "a", after: "b" }],
    ],
    ["an object that goes", () => specs("BareMetalHost", { image: { url: "a" } }, {}), [{ path: "spec.image", before: { url: "a" } }]],
    [
      "a label",
      () => differences(made("Pod", { metadata: { labels: { "zirsakht.ir/state": "granted" } } }), made("Pod", {})),
      [{ path: 'metadata.labels["zirsakht.ir/state"]', before: "granted" }],
    ],
    [
      "a verb of one of two rules",
      () =>
        differences(
          made("Role", { rules: [rule(["get"]), rule(["get"], "secrets")] }),
          made("Role", { rules: [rule(["get"]), rule(["list"], "secrets")] }),
        ),
      [
        { path: "rules[1].verbs[-]", before: "get" },
        { path: "rules[1].verbs[+]", after: "list" },
      ],
    ],
    [
      "a rule more, in front",
      () => differences(made("Role", { rules: [rule(["get"])] }), made("Role", { rules: [rule(["list"], "secrets"), rule(["get"])] })),
      [{ path: "rules[+]", after: rule(["list"], "secrets") }],
    ],
    [
      "a port by number and by name",
      () => specs("NetworkPolicy", egress({ port: "80" }), egress({ port: 80 })),
      [{ path: "spec.egress[0].ports[0].port", before: "80", after: 80 }],
    ],
    [
      "a quantity of the same digits",
      () => specs("ResourceQuota", { hard: { "requests.cpu": "1" } }, { hard: { "requests.cpu": "1m" } }),
      [{ path: 'spec.hard["requests.cpu"]', before: "1", after: "1m" }],
    ],
    [
      "text that only looks like a quantity",
      () => differences(made("ConfigMap", { data: { size: "1000m" } }), made("ConfigMap", { data: { size: "1" } })),
      [{ path: "data.size", before: "1000m", after: "1" }],
    ],
    ["everybody and nobody selected", () => specs("NetworkPolicy", { podSelector: {} }, {}), [{ path: "spec.podSelector", before: {} }]],
    [
      "an address more",
      () => specs("IPAddressPool", { addresses: ["10.0.0.0/30"] }, { addresses: ["10.0.1.0/30", "10.0.0.0/30"] }),
      [{ path: "spec.addresses[+]", after: "10.0.1.0/30" }],
    ],
    [
      "a port known by number and protocol",
      () =>
        specs(
          "Service",
          { ports: [{ port: 53, protocol: "UDP" }, { port: 80 }] },
          {
            ports: [
              { port: 80, targetPort: 8080 },
              { port: 53, protocol: "UDP" },
            ],
          },
        ),
      [{ path: 'spec.ports["80/TCP"].targetPort', after: 8080 }],
    ],
    [
      "words in another order",
      () => pods({ containers: [{ name: "a", args: ["x", "y"] }] }, { containers: [{ name: "a", args: ["y", "x"] }] }),
      [
        { path: 'spec.template.spec.containers["a"].args[0]', before: "x", after: "y" },
        { path: 'spec.template.spec.containers["a"].args[1]', before: "y", after: "x" },
      ],
    ],
    [
      "variables in another order",
      () =>
        specs("ValidatingAdmissionPolicy", { variables: [{ name: "a" }, { name: "b" }] }, { variables: [{ name: "b" }, { name: "a" }] }),
      [{ path: "spec.variables[order]", before: ["a", "b"], after: ["b", "a"] }],
    ],
    [
      "egress addresses, by address",
      () =>
        specs(
          "CiliumEgressGatewayPolicy",
          { egressGateways: [{ egressIP: "1.1.1.1" }] },
          { egressGateways: [{ egressIP: "1.1.1.0" }, { egressIP: "1.1.1.1" }] },
        ),
      [{ path: 'spec.egressGateways["1.1.1.0"]', after: { egressIP: "1.1.1.0" } }],
    ],
    [
      "a host that is no longer its own",
      () => specs("BareMetalHost", {}, { externallyProvisioned: true }),
      [{ path: "spec.externallyProvisioned", after: true }],
    ],
  ])("%s", (_, found, attributes) => {
    expect(found()).toEqual(attributes);
  });
});

const peers = ["Endpoints", "Nodes", "Entities", "CIDR", "CIDRSet"].flatMap((of) => [`from${of}`, `to${of}`]);

test.each(peers)("Cilium's %s: an empty list selects nobody, and none everybody; the order is ignored", (field) => {
  const policy = (rule: JsonObject): JsonObject => ({ ingress: [rule] });
  const between = (before: JsonObject, after: JsonObject) => specs("CiliumNetworkPolicy", policy(before), policy(after));
  expect(between({ [field]: [] }, {})).toEqual([{ path: `spec.ingress[0].${field}`, before: [] }]);
  expect(between({}, { [field]: [] })).toEqual([{ path: `spec.ingress[0].${field}`, after: [] }]);
  expect(between({ [field]: ["a", "b"] }, { [field]: ["b", "a"], toPorts: [] })).toEqual([]);
});

/** The lists of every kind that the API reads in no order, by kind: what `kinds.ts` says, written down once more. */
const unordered: Readonly<Record<string, readonly string[]>> = {
  BGPAdvertisement: ["ipAddressPools", "peers", "nodeSelectors"],
  BGPPeer: ["nodeSelectors"],
  CiliumEgressGatewayPolicy: ["selectors", "destinationCIDRs", "excludedCIDRs"],
  ClusterRole: ["rules", "nonResourceURLs", "verbs"],
  ClusterRoleBinding: ["subjects"],
  IPAddressPool: ["addresses", "namespaces"],
  LimitRange: ["limits"],
  NetworkPolicy: ["ingress", "egress", "from", "to", "ports", "policyTypes", "except", "matchExpressions", "values"],
  NodeFeatureRule: ["matchFeatures", "value"],
  ResourceQuota: ["scopes", "matchExpressions", "values"],
  Role: ["rules", "apiGroups", "resources", "resourceNames", "verbs"],
  RoleBinding: ["subjects"],
  ServiceAccount: ["imagePullSecrets", "secrets"],
  ValidatingAdmissionPolicy: ["resourceRules", "apiGroups", "apiVersions", "operations", "resources", "validations", "matchConditions"],
  ValidatingAdmissionPolicyBinding: ["validationActions", "matchExpressions"],
};

/** A copy in which those lists are longer and turned by as many places as `random` says. */
function turned(value: Json, lists: readonly string[], random: () => number): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map((item) => turned(item, lists, random));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value as JsonObject).map(([key, inner]) => {
      const copy = turned(inner, lists, random);
      if (!lists.includes(key) || !Array.isArray(copy)) return [key, copy];
      const list = copy as readonly Json[];
      const by = random() % Math.max(list.length, 1);
      return [key, [...list.slice(by), ...list.slice(0, by)]];
    }),
  );
}

/** The lists made longer, so that there is something to turn: each scalar and object once more, a little different. */
function longer(value: Json): Json {
  if (Array.isArray(value))
    return (value as readonly Json[]).flatMap((item, index): Json[] => {
      const copy = longer(item);
      if (typeof copy === "string") return [copy, `${copy}-${index}`];
      return isObject(copy) ? [copy, { ...copy, type: "more", name: "more" }] : [copy];
    });
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value as JsonObject).map(([key, inner]) => [key, longer(inner)]));
}

const objects = toObjects("every-kind", everyKind()).map(({ object }) => object);

test.each(objects.map((object) => [`${object.kind} ${object.metadata.name}`, object] as const))(
  "%s: order is ignored where the API ignores it",
  (_, object) => {
    const long = longer(object) as ApiObject;
    fc.assert(
      fc.property(fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (turns) => {
        let turn = 0;
        const other = turned(long, unordered[object.kind] ?? [], () => turns[turn++ % turns.length] ?? 0) as ApiObject;
        expect(differences(long, other)).toEqual([]);
      }),
      { numRuns: 30 },
    );
  },
);

/** Objects of the kinds with many meanings, whose fields have the right names and anything in them. */
const scalar = fc.constantFrom<Json>("get", "list", "1", "1000m", "0.5", "TCP", 1, 80, true, null, "Opaque");
const names = [
  "rules",
  "verbs",
  "egress",
  "ports",
  "protocol",
  "port",
  "hard",
  "limits",
  "type",
  "max",
  "name",
  "variables",
  "plain",
  "a.b",
];
const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { depthSize: "medium" },
    scalar,
    fc.array(tie("tree"), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...names), tie("tree"), { maxKeys: 3 }) as fc.Arbitrary<Json>,
  ),
}));
const body = fc.record({ spec: tree, rules: tree }, { requiredKeys: [] });
const kind = fc.constantFrom("Role", "NetworkPolicy", "ResourceQuota", "LimitRange", "ValidatingAdmissionPolicy", "Secret");
const pair = fc.tuple(kind, body, body).map(([of, before, after]) => [made(of, before), made(of, after)] as const);

const swapped = ({ path, ...values }: Attribute): Attribute => ({
  path: path.replace(/\[([+-])\]$/, (_, mark) => (mark === "+" ? "[-]" : "[+]")),
  ...("after" in values && { before: values.after }),
  ...("before" in values && { after: values.before }),
});
const sorted = (attributes: readonly Attribute[]): string[] =>
  attributes.map((each) => JSON.stringify(each, ["path", "before", "after"])).sort();

test("an object does not differ from itself", () => {
  fc.assert(fc.property(pair, ([object]) => expect(differences(object, structuredClone(object))).toEqual([])));
});

test("swapping the sides swaps before and after", () => {
  fc.assert(
    fc.property(pair, ([before, after]) => {
      expect(sorted(differences(after, before))).toEqual(sorted(differences(before, after).map(swapped)));
    }),
    { numRuns: 500 },
  );
});

test("applying the attributes to what was gives what is", () => {
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const found = differences(before, after);
      fc.pre(!found.some(({ path }) => path.endsWith("[order]")));
      const left = differences(applied(before, found, after), after);
      // Elements with keys that are added at the end may be in another order.
      expect(left.filter(({ path }) => !path.endsWith("[order]"))).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
