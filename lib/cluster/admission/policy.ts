/** A ValidatingAdmissionPolicy and its binding: a rule that the API server itself enforces, with no webhook that could be down. */
import { CustomResource } from "../customResource";
import { messengerLabel } from "../labels";
import { Construct } from "../../engine/terraform";

/** A condition in CEL, and what a refused person reads. */
export interface Validation {
  readonly expression: string;
  /** Says what is wrong and what to do. */
  readonly message: string;
}

/** What a rule looks at. */
export interface ResourceRule {
  readonly apiGroups: readonly string[];
  readonly apiVersions: readonly string[];
  readonly resources: readonly string[];
  readonly operations: readonly ("CREATE" | "UPDATE" | "DELETE")[];
}

/** One rule as data. Fields that an object may lack are read with CEL's optional types (`.?field`, `[?key]`). */
export interface AdmissionRule {
  readonly name: string;
  readonly resourceRules: readonly ResourceRule[];
  /** It applies to objects for which all of these hold. @default - all objects */
  readonly matchConditions?: readonly { readonly name: string; readonly expression: string }[];
  readonly variables?: readonly { readonly name: string; readonly expression: string }[];
  readonly validations: readonly Validation[];
  /** Whether it is for messengers' namespaces only; the site's own system is then never touched. */
  readonly inMessengerNamespaces: boolean;
}

const apiVersion = "admissionregistration.k8s.io/v1";

/** The policy and its binding. It fails closed: what the API server cannot judge, it refuses. */
export class AdmissionPolicy extends Construct {
  constructor(scope: Construct, id: string, rule: AdmissionRule) {
    super(scope, id);
    const name = `zirsakht-${rule.name}`;
    const policy = new CustomResource(this, "Resource", {
      apiVersion,
      kind: "ValidatingAdmissionPolicy",
      name,
      spec: {
        failurePolicy: "Fail",
        matchConstraints: { resourceRules: rule.resourceRules },
        ...(rule.matchConditions && { matchConditions: rule.matchConditions }),
        ...(rule.variables && { variables: rule.variables }),
        validations: rule.validations.map((validation) => ({ ...validation, reason: "Forbidden" })),
      },
      protect: true,
    });
    new CustomResource(this, "binding", {
      apiVersion,
      kind: "ValidatingAdmissionPolicyBinding",
      name,
      spec: {
        policyName: name,
        validationActions: ["Deny"],
        ...(rule.inMessengerNamespaces && {
          matchResources: { namespaceSelector: { matchExpressions: [{ key: messengerLabel, operator: "Exists" }] } },
        }),
      },
      protect: true,
      dependsOn: [policy],
    });
  }
}
