import { claimsRule } from "../../../lib/cluster/admission/claims";
import { refusals } from "../../support/admission";

const namespace = { "zirsakht.ir/messenger": "bale" };
const selectedNode = "volume.kubernetes.io/selected-node";
const claim = (spec: object = {}, annotations?: object) => ({
  metadata: annotations ? { annotations } : {},
  spec: { storageClassName: "local", ...spec },
});
const create = (object: object, mayUpdate: string[] = []) => refusals(claimsRule, { operation: "CREATE", object, namespace, mayUpdate });
const update = (object: object, oldObject: object, mayUpdate: string[] = []) =>
  refusals(claimsRule, { operation: "UPDATE", object, oldObject, namespace, mayUpdate });
const volumeRefused = ["spec.volumeName must be left out: the volume may be another's; the site binds one where the pod is scheduled"];
const nodeRefused = [`the annotation ${selectedNode} must be left out: the scheduler chooses the node by the pod`];
const binder = ["persistentvolumes"];

test("a claim that names no volume and no node is admitted", () => {
  expect(create(claim())).toEqual([]);
  expect(create(claim({}, { other: "x" }))).toEqual([]);
});

test("a claim may not name a volume, nor take one later", () => {
  expect(create(claim({ volumeName: "pv-of-gap" }))).toEqual(volumeRefused);
  expect(update(claim({ volumeName: "pv-of-gap" }), claim())).toEqual(volumeRefused);
});

test("a claim may not name the node of its volume, nor move to another", () => {
  expect(create(claim({}, { [selectedNode]: "thr1-r01-s01" }))).toEqual(nodeRefused);
  expect(update(claim({}, { [selectedNode]: "thr1-r01-s01" }), claim())).toEqual(nodeRefused);
  expect(update(claim({}, { [selectedNode]: "thr1-r01-s01" }), claim({}, { [selectedNode]: "thr1-r02-s01" }))).toEqual(nodeRefused);
});

test("the scheduler and the binder, who write PersistentVolumes, choose both", () => {
  expect(update(claim({ volumeName: "pv-1" }, { [selectedNode]: "thr1-r09-s01" }), claim(), binder)).toEqual([]);
  expect(create(claim({ volumeName: "pv-1" }), binder)).toEqual([]);
});

test("a bound claim changes otherwise, and the provisioner takes its node away", () => {
  const bound = claim({ volumeName: "pv-1" }, { [selectedNode]: "thr1-r09-s01" });
  expect(update({ ...bound, spec: { ...bound.spec, resources: { requests: { storage: "2Gi" } } } }, bound)).toEqual([]);
  expect(update(claim(), claim({}, { [selectedNode]: "thr1-r09-s01" }))).toEqual([]);
});

test("the site's own claims are not judged", () => {
  expect(refusals(claimsRule, { operation: "CREATE", object: claim({ volumeName: "pv-1" }), namespace: {} })).toEqual([]);
});
