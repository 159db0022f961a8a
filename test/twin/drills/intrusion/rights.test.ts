import { roleRules } from "../../../../lib/cluster/roles";
import type { Answer } from "../../../../lib/twin/api";
import { rightsTooMany } from "../../../../lib/twin/drills/intrusion/rights";
import type { Cast, Speaker } from "../../../../lib/twin/drills/intrusion/trial";
import { sampleTarget } from "./sampleTarget";

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}
const target = sampleTarget("soroush");
const self: Rule = { apiGroups: ["authorization.k8s.io"], resources: ["selfsubjectaccessreviews"], verbs: ["create"] };
const rulesOf = (who: keyof typeof roleRules): Rule[] =>
  roleRules[who].map(({ apiGroup, ...rule }) => ({ ...rule, apiGroups: [apiGroup] }));

/** Somebody with these rules in his namespace, and with those elsewhere. */
const holder = (own: readonly Rule[], elsewhere: readonly Rule[] = []): Speaker => ({
  request: (_method, _path, ask): Promise<Answer> => {
    const { namespace } = (ask?.body as { spec: { namespace: string } }).spec;
    const rules = [self, ...(namespace === target.namespace ? own : elsewhere)];
    return Promise.resolve({ status: 201, body: { status: { resourceRules: JSON.parse(JSON.stringify(rules)) as never[] } } });
  },
});
const cast = (people: Cast["people"]): Cast => ({ administrator: holder([]), people });

test("the Roles as they are give nothing too many", async () => {
  const people = {
    viewer: holder(rulesOf("viewer")),
    deployer: holder(rulesOf("deployer")),
    account: holder(rulesOf("deployer")),
    admin: holder(rulesOf("admin")),
    stranger: holder([]),
  };
  expect(await rightsTooMany(target, cast(people))).toEqual([]);
});

test.each<["viewer" | "deployer" | "admin", Rule, string]>([
  ["viewer", { apiGroups: [""], resources: ["secrets"], verbs: ["get"] }, "get secrets"],
  ["viewer", { apiGroups: [""], resources: ["pods"], verbs: ["patch"] }, "patch pods"],
  ["viewer", { apiGroups: [""], resources: ["pods/exec"], verbs: ["get"] }, "get pods/exec"],
  ["deployer", { apiGroups: [""], resources: ["pods/exec"], verbs: ["create"] }, "create pods/exec"],
  ["deployer", { apiGroups: [""], resources: ["pods/binding"], verbs: ["create"] }, "create pods/binding"],
  [
    "admin",
    { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: ["delete"] },
    "delete networkpolicies.networking.k8s.io",
  ],
  [
    "admin",
    { apiGroups: ["rbac.authorization.k8s.io"], resources: ["roles"], verbs: ["escalate"] },
    "escalate roles.rbac.authorization.k8s.io",
  ],
  ["admin", { apiGroups: [""], resources: ["pods"], verbs: ["*"] }, "* pods"],
  ["admin", { apiGroups: ["*"], resources: ["*"], verbs: ["get"] }, "get *.*"],
])("%s with %j is named", async (who, rule, right) => {
  const widened = cast({ [who]: holder([...rulesOf(who), rule]) });
  expect(await rightsTooMany(target, widened)).toEqual([`${who} may ${right} in messenger-soroush`]);
});

test("any right elsewhere is one too many, and any right of a retired messenger's people", async () => {
  const abroad = await rightsTooMany(target, cast({ admin: holder(rulesOf("admin"), rulesOf("viewer").slice(0, 1)) }));
  expect(abroad.map((each) => each.replace(/^.* in /, ""))).toEqual([
    "messenger-bale",
    "default",
    "kube-system",
    "kube-node-lease",
    "zirsakht-hardware",
    "metallb-system",
  ]);
  const retired = await rightsTooMany({ ...target, live: false }, cast({ admin: holder(rulesOf("viewer").slice(0, 1)) }));
  expect(retired).toEqual([expect.stringMatching(/^admin may get configmaps, .* in messenger-soroush$/)]);
});
