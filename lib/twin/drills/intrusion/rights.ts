/** Every right that somebody has, as the API server lists it: a Role that was widened shows, whatever it was widened by. */
import { hardwareNamespace } from "../../../hardware/namespace";
import { objects, texts, valueAt, type JsonObject } from "../../../manifests/apiObject";
import { loadBalancerNamespace } from "../../../cluster/siteNamespaces";
import { isDone, messageOf } from "../../api";
import { across } from "./attempt";
import type { Who } from "./attempt";
import type { Target } from "./target";
import type { Cast, Speaker } from "./trial";

const reading = new Set(["get", "list", "watch"]);
const writing = new Set(["create", "update", "patch", "delete", "deletecollection"]);
/** What everybody may ask about himself. */
const self = /^(?:selfsubjectaccessreviews|selfsubjectrulesreviews|selfsubjectreviews)\./;
/** Reading these is getting in. */
const entrances = new Set(["pods/exec", "pods/attach", "pods/portforward"]);
const workloads = ["daemonsets", "deployments", "replicasets", "statefulsets"];

/** What a Role may write, and nothing else, whatever its rules are. */
const deployerWrites = [
  ...["configmaps", "persistentvolumeclaims", "pods", "pods/eviction", "secrets", "services"],
  ...workloads.map((resource) => `${resource}.apps`),
  ...workloads.filter((resource) => resource !== "daemonsets").map((resource) => `${resource}/scale.apps`),
  ...["cronjobs.batch", "jobs.batch", "horizontalpodautoscalers.autoscaling", "poddisruptionbudgets.policy"],
];
const writes: Readonly<Record<Who, ReadonlySet<string>>> = {
  viewer: new Set(),
  deployer: new Set(deployerWrites),
  account: new Set(deployerWrites),
  admin: new Set([...deployerWrites, ...entrances, "pods/ephemeralcontainers", "serviceaccounts"]),
  stranger: new Set(),
  node: new Set(),
};

/** A right in a namespace, such as `create pods/exec`. */
interface Right {
  readonly verb: string;
  /** `deployments.apps`; of the core group `pods`. */
  readonly resource: string;
}

function rightsOf(rules: readonly JsonObject[]): Right[] {
  return rules.flatMap((rule) =>
    texts(rule.apiGroups).flatMap((group) =>
      texts(rule.resources).flatMap((name) =>
        texts(rule.verbs).map((verb) => ({ verb, resource: group === "" ? name : `${name}.${group}` })),
      ),
    ),
  );
}

/** Whether somebody may have a right in the namespace of his messenger. */
function isGiven(who: Who, { verb, resource }: Right): boolean {
  if (self.test(resource)) return verb === "create";
  if (resource.includes("*") || who === "stranger") return false;
  if (entrances.has(resource)) return writes[who].has(resource) && (verb === "get" || verb === "create");
  if (reading.has(verb)) return resource !== "secrets" || writes[who].has("secrets");
  return writing.has(verb) && writes[who].has(resource);
}

async function rightsIn(speaker: Speaker, namespace: string): Promise<Right[]> {
  const [apiVersion, kind] = ["authorization.k8s.io/v1", "SelfSubjectRulesReview"];
  const answer = await speaker.request("POST", across(apiVersion, "selfsubjectrulesreviews"), {
    body: { apiVersion, kind, spec: { namespace } },
  });
  if (!isDone(answer)) throw new Error(`${namespace}: nobody says what may be done there: ${messageOf(answer)}`);
  return rightsOf(objects(valueAt(answer.body, "status", "resourceRules")));
}

const written = ({ verb, resource }: Right): string => `${verb} ${resource}`;

/**
 * Rights that nobody gave, such as `viewer may create pods in messenger-soroush`. Servers are left out: RBAC does not know theirs.
 */
export async function rightsTooMany(target: Target, { people }: Cast): Promise<string[]> {
  const elsewhere = ["default", "kube-system", "kube-node-lease", hardwareNamespace, loadBalancerNamespace];
  const found: string[] = [];
  for (const [who, speaker] of Object.entries(people) as [Who, Speaker][]) {
    if (who === "node") continue;
    for (const namespace of [target.namespace, ...(target.other ? [target.other.namespace] : []), ...elsewhere]) {
      const role = target.live && namespace === target.namespace ? who : "stranger";
      const many = (await rightsIn(speaker, namespace)).filter((right) => !isGiven(role, right));
      if (many.length > 0) found.push(`${who} may ${[...new Set(many.map(written))].slice(0, 5).join(", ")} in ${namespace}`);
    }
  }
  return found;
}
