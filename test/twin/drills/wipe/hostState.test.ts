/** What counts as a change of a host. */
import type { ApiObject } from "../../../../lib/manifests/apiObject";
import { changesOf } from "../../../../lib/twin/drills/wipe/hostState";

const host = (change: object = {}, status: object = {}): ApiObject => ({
  apiVersion: "metal3.io/v1alpha1",
  kind: "BareMetalHost",
  metadata: { name: "s1", uid: "1", generation: 3, labels: { "zirsakht.ir/state": "granted" }, ...change },
  status: { poweredOn: true, provisioning: { state: "provisioned", image: { url: "a" } }, ...status },
});
const changes = (now?: ApiObject): string[] => changesOf(new Map([["s1", host()]]), new Map(now ? [["s1", now]] : []));

test.each([
  [host(), []],
  [undefined, ["s1 is gone or granted no more"]],
  [host({ uid: "2" }), ["s1: uid: 1 -> 2"]],
  [host({ generation: 4 }), ["s1: generation: 3 -> 4"]],
  [host({ deletionTimestamp: "now" }), ["s1: deletion: none -> now"]],
  [host({ annotations: { "reboot.metal3.io/x": "" } }), ["s1: reboot:  -> reboot.metal3.io/x"]],
  [host({}, { provisioning: { state: "deprovisioning", image: { url: "a" } } }), ["s1: provisioning: provisioned -> deprovisioning"]],
  [host({}, { provisioning: { state: "provisioned", image: { url: "b" } } }), ["s1: image: a -> b"]],
  [host({}, { operationHistory: { provision: { start: "then" } } }), ["s1: provision: none -> then"]],
])("case %#", (now, said) => {
  expect(changes(now)).toEqual(said);
});

test("power says nothing: the operator's test mode has one switch for all hosts", () => {
  expect(changes(host({}, { poweredOn: false }))).toEqual([]);
});
