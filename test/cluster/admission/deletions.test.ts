import { deletionsRule } from "../../../lib/cluster/admission/deletions";
import { refusals } from "../../support/admission";

const deletes = (name: string, labels?: Record<string, string>) =>
  refusals(deletionsRule, { operation: "DELETE", oldObject: { metadata: { name, ...(labels && { labels }) } } });

test("a guarded namespace may not be deleted, nor what holds the hosts, whatever its labels", () => {
  const guarded =
    "it is guarded, for deleting it takes everything in it; retire the messenger first, which takes the label zirsakht.ir/guarded off its namespace";
  const holdsHosts = "it holds every host of the site, and deleting it would delete and so wipe them; release the servers instead";
  expect(deletes("messenger-soroush", { "zirsakht.ir/guarded": "true" })).toEqual([guarded]);
  expect(deletes("zirsakht-hardware", { "zirsakht.ir/guarded": "true" })).toEqual([holdsHosts]);
  expect(deletes("zirsakht-hardware")).toEqual([holdsHosts]);
  expect(deletes("baremetalhosts.metal3.io")).toEqual([holdsHosts]);
});

test("a retired messenger's namespace, other namespaces and other CRDs may go", () => {
  expect(deletes("messenger-soroush", { "zirsakht.ir/messenger": "soroush" })).toEqual([]);
  expect(deletes("default")).toEqual([]);
  expect(deletes("ipaddresspools.metallb.io")).toEqual([]);
});
