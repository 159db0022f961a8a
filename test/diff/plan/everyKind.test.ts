/** A plan gives the objects that a synth gives: one of every kind, planned by the real provider. */
import { differences } from "../../../lib/diff/semantics/differences";
import { toObjects } from "../../../lib/manifests/objects";
import { everyKind } from "../../manifests/everyKind";
import { recorded } from "./recorded";

test("what is planned is what was synthesized, but for a namespace that the provider gives to groups without one", () => {
  const { changes } = recorded("every-kind/every.thr1").comparison;
  const planned = new Map(changes.map(({ address, after }) => [address, after?.object]));
  const synthesized = toObjects("every.thr1", everyKind());
  expect([...planned.keys()]).toEqual(synthesized.map(({ address }) => address).sort());
  const different = synthesized.flatMap(({ address, object }) => {
    const other = planned.get(address);
    const found = other ? differences(object, other) : [];
    return found.length > 0 ? [{ address, found }] : [];
  });
  const namespace = [{ path: "subjects[0].namespace", after: "default" }];
  expect(different).toEqual([
    { address: "kubernetes_cluster_role_binding_v1.viewers", found: namespace },
    { address: "kubernetes_role_binding_v1.deployers", found: namespace },
  ]);
});
