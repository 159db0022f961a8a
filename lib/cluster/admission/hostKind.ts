/** The guard of the hosts' kind: a field that its definition loses is lost from every host at once, and the operator wipes what has no image. */
import type { AdmissionRule } from "./policy";

/** The definition of the hosts' kind. */
export const hostDefinition = "baremetalhosts.metal3.io";

/** What the operator decides by. */
const fields = [
  "spec.image.url",
  "spec.customDeploy.method",
  "spec.externallyProvisioned",
  "spec.online",
  "status.provisioning.state",
  "status.provisioning.image.url",
  "status.provisioning.customDeploy.method",
];
// Not typed: the API server's type check looks only a few levels into a definition, and would warn.
const hasField = (field: string) =>
  `dyn(v).schema.openAPIV3Schema${field
    .split(".")
    .map((key) => `.?properties.?${key}`)
    .join("")}.hasValue()`;

/** Every version keeps them. Newer definitions may add what they like. */
export const hostKindRule: AdmissionRule = {
  name: "host-kind",
  resourceRules: [
    { apiGroups: ["apiextensions.k8s.io"], apiVersions: ["v1"], resources: ["customresourcedefinitions"], operations: ["UPDATE"] },
  ],
  matchConditions: [{ name: "hosts", expression: `oldObject.metadata.name == '${hostDefinition}'` }],
  validations: fields.map((field) => ({
    expression: `object.spec.versions.all(v, ${hasField(field)})`,
    message: `the definition of the hosts' kind must keep ${field} in every version: without it every host loses it, and their servers are wiped`,
  })),
  inMessengerNamespaces: false,
};
