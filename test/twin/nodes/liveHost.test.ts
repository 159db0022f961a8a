import type { ApiObject, JsonObject } from "../../../lib/manifests/apiObject";
import { isCordoned, liveHostOf } from "../../../lib/twin/nodes/liveHost";
import { joins } from "../../../lib/twin/nodes/nodes";

const image = { url: "https://images.example/node-1.qcow2" };
function host(state: string, spec: JsonObject, provisioning: JsonObject = {}, metadata: JsonObject = {}): ApiObject {
  const labels = { "zirsakht.ir/messenger": "a", "zirsakht.ir/group": "all", "zirsakht.ir/rack": "r1", "zirsakht.ir/state": state };
  return {
    apiVersion: "metal3.io/v1alpha1",
    kind: "BareMetalHost",
    metadata: { name: "s01", labels, ...metadata },
    spec,
    status: { provisioning },
  };
}

test.each<[string, ApiObject, boolean]>([
  ["that the operator has not seen", host("granted", { image }), false],
  ["on its way", host("granted", { image }, { state: "provisioning", image }), false],
  ["that runs its image", host("granted", { image }, { state: "provisioned", image }), true],
  [
    "that still runs another",
    host("granted", { image }, { state: "provisioned", image: { url: "https://images.example/old.qcow2" } }),
    false,
  ],
  [
    "that is being deleted",
    host("erasing", { image }, { state: "provisioned", image }, { deletionTimestamp: "2026-11-24T00:00:00Z" }),
    false,
  ],
  ["that is to be adopted", host("granted", { externallyProvisioned: true }, { state: "registering" }), false],
  ["that was adopted", host("granted", { externallyProvisioned: true }, { state: "externally provisioned" }), true],
])("a host %s is settled: %s", (_, object, settled) => {
  expect(liveHostOf(object).isSettled).toBe(settled);
});

test("a host joins by its user data; an adopted one where its messenger has a namespace", () => {
  const joining = liveHostOf(host("granted", { image, userData: { name: "node-join" } }));
  const bare = liveHostOf(host("granted", { image }));
  const adopted = liveHostOf(host("granted", { externallyProvisioned: true }));
  expect([joining, bare, adopted].map((each) => joins(each, new Set()))).toEqual([true, false, false]);
  expect(joins(adopted, new Set(["a"]))).toBe(true);
});

test("servers on their way take no new pods", () => {
  const states = ["granted", "draining", "rolling", "erasing"];
  expect(states.filter((state) => isCordoned(liveHostOf(host(state, {}))))).toEqual(["draining", "rolling"]);
});
