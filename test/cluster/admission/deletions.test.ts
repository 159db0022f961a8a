import { deletionsRule } from "../../../lib/cluster/admission/deletions";
import { refusals } from "../../support/admission";

const deletes = (name: string, labels?: Record<string, string>) =>
  refusals(deletionsRule, { operation: "DELETE", oldObject: { metadata: { name, ...(labels && { labels }) } } });

test("a guarded namespace and the hosts' CRD may not be deleted", () => {
  const message = expect.stringContaining("retire the messenger first") as string;
  expect(deletes("zirsakht-hardware", { "zirsakht.ir/guarded": "true" })).toEqual([message]);
  expect(deletes("messenger-soroush", { "zirsakht.ir/guarded": "true" })).toEqual([message]);
  expect(deletes("baremetalhosts.metal3.io")).toEqual([message]);
});

test("a retired messenger's namespace, other namespaces and other CRDs may go", () => {
  expect(deletes("messenger-soroush", { "zirsakht.ir/messenger": "soroush" })).toEqual([]);
  expect(deletes("default")).toEqual([]);
  expect(deletes("ipaddresspools.metallb.io")).toEqual([]);
});
