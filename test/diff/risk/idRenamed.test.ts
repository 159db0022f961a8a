import { idRenamed } from "../../../lib/diff/risk/idRenamed";
import { comparedSides, risksOf, sideObject } from "../sides";

const quota = (id: string, of: object = {}) => sideObject("ResourceQuota", {}, { id, ...of });

test("an object under another id, with the command that moves its state", () => {
  expect(risksOf(idRenamed, comparedSides([quota("quota")], [quota("limit")]))).toEqual([
    "ResourceQuota messenger-gap/a gets another id, kubernetes_resource_quota_v1.limit; keep the old one, or move the state first: terraform state mv 'kubernetes_resource_quota_v1.quota' 'kubernetes_resource_quota_v1.limit'",
  ]);
});

test("an object under another type, between which Terraform moves no state", () => {
  const before = quota("quota", { address: "kubernetes_resource_quota.quota" });
  expect(risksOf(idRenamed, comparedSides([before], [quota("quota")]))).toEqual([
    "ResourceQuota messenger-gap/a gets another id, kubernetes_resource_quota_v1.quota; keep the old one, or import the object under the new id and forget the old one: terraform state rm 'kubernetes_resource_quota.quota'",
  ]);
});

test("another object, one of another namespace or stack, and the same id are none", () => {
  for (const other of [
    quota("limit", { name: "b" }),
    quota("limit", { namespace: "messenger-bale" }),
    quota("limit", { stack: "bale.thr1" }),
    quota("quota"),
  ])
    expect(risksOf(idRenamed, comparedSides([quota("quota")], [other]))).toEqual([]);
});
