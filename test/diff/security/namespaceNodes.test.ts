import { namespaceNodes } from "../../../lib/diff/security/namespaceNodes";
import { between, clusterWide } from "./compared";

const namespace = (labels: Readonly<Record<string, string>> = {}) =>
  clusterWide("Namespace", {
    metadata: { labels: { "zirsakht.ir/messenger": "gap", "zirsakht.ir/nodes": "gap", "zirsakht.ir/tier": "on-request", ...labels } },
  });

test("nodes that are added widen; taken away they narrow", () => {
  const both = namespace({ "zirsakht.ir/nodes-before": "pool" });
  expect(between(namespaceNodes, namespace(), both)).toEqual(["widens: its pods may now run on the nodes of pool (before: gap)"]);
  expect(between(namespaceNodes, both, namespace())).toEqual(["narrows: its pods may no longer run on the nodes of pool (now: gap)"]);
});

test("the same nodes under the other label are nothing", () => {
  const [a, b] = [
    { "zirsakht.ir/nodes": "gap", "zirsakht.ir/nodes-before": "pool" },
    { "zirsakht.ir/nodes": "pool", "zirsakht.ir/nodes-before": "gap" },
  ];
  expect(between(namespaceNodes, namespace(a), namespace(b))).toEqual([]);
});

test("without its messenger's label no admission policy holds there", () => {
  const bare = clusterWide("Namespace", { metadata: { labels: { "zirsakht.ir/nodes": "gap" } } });
  expect(between(namespaceNodes, namespace(), bare)).toEqual([
    "widens: label zirsakht.ir/messenger gap -> none: the admission policies for messengers' pods and services no longer hold there",
  ]);
  expect(between(namespaceNodes, bare, namespace())).toEqual([
    "narrows: label zirsakht.ir/messenger none -> gap: the admission policies for messengers' pods and services hold there",
  ]);
});

test("another messenger's label lets its pods onto that one's servers; a higher tier pushes others off", () => {
  expect(between(namespaceNodes, namespace(), namespace({ "zirsakht.ir/messenger": "bale" }))).toEqual([
    "widens: label zirsakht.ir/messenger gap -> bale: its pods may now tolerate the taint of bale's own servers",
    "narrows: label zirsakht.ir/messenger gap -> bale: its pods may no longer tolerate the taint of gap's own servers",
  ]);
  expect(between(namespaceNodes, namespace(), namespace({ "zirsakht.ir/tier": "focus" }))).toEqual([
    "widens: label zirsakht.ir/tier on-request -> focus: its pods may now push off those of other tiers",
  ]);
  expect(between(namespaceNodes, namespace({ "zirsakht.ir/tier": "focus" }), namespace())).toEqual([
    "narrows: label zirsakht.ir/tier focus -> on-request: its pods may no longer push off those of other tiers",
  ]);
});
