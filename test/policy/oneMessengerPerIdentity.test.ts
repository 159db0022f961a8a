import { oneMessengerPerIdentity } from "../../lib/policy/oneMessengerPerIdentity";
import { breaches, placed } from "./tree";

const group = (name: string) => ({ kind: "Group", name, apiGroup: "rbac.authorization.k8s.io" });
const remedy = "give each messenger groups of its own, in access of its file";

test("a group in one messenger's bindings passes, at all its sites", () => {
  const account = { kind: "ServiceAccount", name: "deployer" };
  expect(
    breaches(
      oneMessengerPerIdentity,
      placed("RoleBinding", { subjects: [group("gap-admins"), account] }),
      placed("RoleBinding", { subjects: [group("gap-admins")] }, { stack: "gap.mhd1" }),
      placed(
        "RoleBinding",
        { subjects: [group("soroush-admins"), account, { kind: "User", name: "gap-admins" }] },
        { namespace: "messenger-soroush", stack: "soroush.thr1" },
      ),
    ),
  ).toEqual([]);
});

test("a group or an account of two messengers is found, also across sites", () => {
  expect(
    breaches(
      oneMessengerPerIdentity,
      placed("RoleBinding", { subjects: [group("admins"), { kind: "ServiceAccount", name: "deployer" }] }),
      placed(
        "RoleBinding",
        { subjects: [group("others"), group("admins"), { kind: "ServiceAccount", name: "deployer", namespace: "messenger-gap" }] },
        { namespace: "messenger-soroush", stack: "soroush.mhd1", name: "b" },
      ),
    ),
  ).toEqual([
    `b: subjects[1].name: Group admins has rights in messenger-gap and in messenger-soroush; ${remedy}`,
    `b: subjects[2].name: ServiceAccount messenger-gap/deployer has rights in messenger-gap and in messenger-soroush; ${remedy}`,
  ]);
});
