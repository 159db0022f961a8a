import { accessForMany } from "../../../lib/diff/security/accessForMany";
import { bindingSubjects } from "../../../lib/diff/security/bindingSubjects";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, object } from "./compared";

const binding = (...subjects: JsonObject[]) => object("RoleBinding", { roleRef: { kind: "Role", name: "viewer" }, subjects });
const chosen = { kind: "Group", name: "gap-viewers" };

test.each([
  [
    { kind: "Group", name: "system:unauthenticated" },
    "ANYBODY who reaches the API, without any credentials (Group system:unauthenticated)",
  ],
  [{ kind: "User", name: "system:anonymous" }, "ANYBODY who reaches the API, without any credentials (User system:anonymous)"],
  [
    { kind: "Group", name: "system:authenticated" },
    "EVERYBODY with credentials, the pods of every messenger included (Group system:authenticated)",
  ],
  [
    { kind: "Group", name: "system:serviceaccounts" },
    "EVERY ServiceAccount of the cluster, so the pods of every messenger (Group system:serviceaccounts)",
  ],
  [
    { kind: "Group", name: "system:serviceaccounts:messenger-bale" },
    "every ServiceAccount of messenger-bale, so each of its pods (Group system:serviceaccounts:messenger-bale)",
  ],
  [{ kind: "Group", name: "system:nodes" }, "every node (Group system:nodes)"],
  [
    { kind: "ServiceAccount", name: "default", namespace: "messenger-gap" },
    "every pod of messenger-gap that names no ServiceAccount (ServiceAccount messenger-gap/default)",
  ],
])("%j is said loudly, once", (subject, who) => {
  expect(between(accessForMany, binding(chosen), binding(chosen, subject))).toEqual([
    `widens: ${who} may now do what Role viewer allows in messenger-gap`,
  ]);
  expect(between(accessForMany, binding(chosen, subject), binding(chosen))).toEqual([
    `narrows: ${who} may no longer do what Role viewer allows in messenger-gap`,
  ]);
  expect(between(bindingSubjects, binding(chosen), binding(chosen, subject))).toEqual([]);
});

test("a group that somebody fills is not told; a new stack's crowd is", () => {
  expect(between(accessForMany, undefined, binding(chosen))).toEqual([]);
  expect(between(accessForMany, undefined, binding({ kind: "Group", name: "system:nodes" }), { added: ["gap.thr1"] })).toEqual([
    "widens: is new: every node (Group system:nodes) may now do what Role viewer allows in messenger-gap",
  ]);
});
