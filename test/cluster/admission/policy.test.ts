import { AdmissionPolicy, type AdmissionRule } from "../../../lib/cluster/admission/policy";
import { admissionRules } from "../../../lib/cluster/admission/rules";
import { synthIn } from "../../support/synth";

const rule: AdmissionRule = {
  name: "example",
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE"] }],
  validations: [{ expression: "false", message: "never" }],
  inMessengerNamespaces: true,
};
const policy = (changes: Partial<AdmissionRule> = {}) => synthIn((stack) => new AdmissionPolicy(stack, "policy", { ...rule, ...changes }));

test("the policy fails closed, and its binding denies in messengers' namespaces only", () => {
  const stack = policy();
  expect(stack.manifest("policy")).toMatchObject({
    apiVersion: "admissionregistration.k8s.io/v1",
    kind: "ValidatingAdmissionPolicy",
    metadata: { name: "zirsakht-example" },
    spec: {
      failurePolicy: "Fail",
      matchConstraints: { resourceRules: rule.resourceRules },
      validations: [{ expression: "false", message: "never", reason: "Forbidden" }],
    },
  });
  expect(stack.manifest("policy_binding").spec).toEqual({
    policyName: "zirsakht-example",
    validationActions: ["Deny"],
    matchResources: { namespaceSelector: { matchExpressions: [{ key: "zirsakht.ir/messenger", operator: "Exists" }] } },
  });
  expect(stack.at("kubernetes_manifest.policy_binding")).toMatchObject({
    depends_on: ["kubernetes_manifest.policy"],
    lifecycle: { prevent_destroy: true },
  });
});

test("a cluster-wide rule is bound everywhere", () => {
  expect(policy({ inMessengerNamespaces: false }).manifest("policy_binding").spec).not.toHaveProperty("matchResources");
});

test("a site has every rule, each with a message that fits and one place for its objects", () => {
  expect(admissionRules.map(({ name }) => name)).toEqual([
    "attachments",
    "bandwidth",
    "claims",
    "deletions",
    "host-kind",
    "host-status",
    "hosts",
    "mirrors",
    "nodes",
    "pods",
    "services",
  ]);
  for (const { name, validations, resourceRules, inMessengerNamespaces } of admissionRules) {
    expect(validations.every(({ message }) => message.length > 0 && message.length < 1024 && !message.includes("\n"))).toBe(true);
    // A cluster-scoped object has no namespace by which it could be chosen.
    const clusterScoped = resourceRules.some(({ resources }) =>
      resources.some((resource) => /^(nodes|namespaces|customresource)/.test(resource)),
    );
    expect([name, clusterScoped && inMessengerNamespaces]).toEqual([name, false]);
  }
});
