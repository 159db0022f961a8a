import { nodeIdentity } from "../../../lib/diff/security/nodeIdentity";
import { erasingMetaData, metaDataOf } from "../../../lib/hardware/hostIdentity";
import { between, object } from "./compared";

const secret = (text: string, key = "metaData") => object("Secret", { data: { [key]: Buffer.from(text).toString("base64") } });
const identity = (holder: string) => metaDataOf({ holder, site: "thr1", rack: "r01", group: "compute", joins: true });
const own = secret(identity("gap"));
const tainted = (taints: string) => secret(identity("gap").replace("zirsakht.ir/messenger=gap:NoSchedule", taints));
const lets = "pods that do not tolerate it may be placed there";

test("a taint that goes opens the nodes; one that comes closes them", () => {
  expect(between(nodeIdentity, own, tainted(""))).toEqual([
    `widens: nodes that join with it: taint zirsakht.ir/messenger=gap:NoSchedule -> none; ${lets}`,
  ]);
  expect(between(nodeIdentity, tainted(""), own)).toEqual([
    "narrows: nodes that join with it: taint zirsakht.ir/messenger=gap:none -> NoSchedule; it keeps off pods that do not tolerate it",
  ]);
});

test("a weaker effect opens too, a stronger does not", () => {
  expect(between(nodeIdentity, own, tainted("zirsakht.ir/messenger=gap:PreferNoSchedule"))).toEqual([
    `widens: nodes that join with it: taint zirsakht.ir/messenger=gap:NoSchedule -> PreferNoSchedule; ${lets}`,
  ]);
  expect(between(nodeIdentity, own, tainted("zirsakht.ir/messenger=gap:NoExecute")).map((line) => line.slice(0, 8))).toEqual(["narrows:"]);
});

test("another messenger's label gives it the nodes", () => {
  expect(between(nodeIdentity, own, secret(identity("bale")))).toEqual([
    `widens: nodes that join with it: taint zirsakht.ir/messenger=gap:NoSchedule -> none; ${lets}`,
    "widens: pods of bale may now run on nodes that join with it (before: pods of gap)",
    "narrows: nodes that join with it: taint zirsakht.ir/messenger=bale:none -> NoSchedule; it keeps off pods that do not tolerate it",
    "narrows: pods of gap may no longer run on nodes that join with it (now: pods of bale)",
  ]);
});

test("a new identity is told where its own taint is missing; the pool's has none", () => {
  expect(between(nodeIdentity, undefined, own)).toEqual([]);
  expect(between(nodeIdentity, own, undefined)).toEqual([]);
  expect(between(nodeIdentity, undefined, secret(identity("pool")))).toEqual([]);
  expect(between(nodeIdentity, undefined, tainted(""), { added: ["gap.thr1"] })).toEqual([
    `widens: is new: nodes that join with it: taint zirsakht.ir/messenger=gap:NoSchedule -> none; ${lets}`,
  ]);
});

test("the order of taints and labels is nothing; other data and hosts that do not join have no identity", () => {
  expect(between(nodeIdentity, tainted("a=b:NoSchedule,c=d:NoSchedule"), tainted("c=d:NoSchedule,a=b:NoSchedule"))).toEqual([]);
  expect(between(nodeIdentity, own, secret(erasingMetaData))).toEqual([]);
  expect(between(nodeIdentity, secret(identity("gap"), "networkData"), secret("{", "metaData"))).toEqual([]);
});
