import { advertisement } from "../../../lib/diff/security/advertisement";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, object } from "./compared";

const nodes = [{ matchLabels: { "zirsakht.ir/messenger": "gap" } }];
const closed = { ipAddressPools: ["gap"], peers: ["rack-r01"], nodeSelectors: nodes };
const made = (spec: JsonObject, kind = "BGPAdvertisement") => object(kind, { spec });

test.each([
  ["ipAddressPools", ["gap", "bale"], "announce pool bale (before: pool gap)"],
  ["ipAddressPools", [], "announce EVERY pool (before: pool gap)"],
  ["ipAddressPoolSelectors", [{ matchLabels: { a: "b" } }], "announce pools with a=b (before: pool gap)"],
  ["peers", [], "announce to EVERY peer (before: peer rack-r01)"],
  ["nodeSelectors", [], "announce from EVERY node (before: nodes with zirsakht.ir/messenger=gap)"],
  ["nodeSelectors", [{}], "announce from EVERY node (before: nodes with zirsakht.ir/messenger=gap)"],
  [
    "nodeSelectors",
    [...nodes, { matchLabels: { "zirsakht.ir/messenger": "bale" } }],
    "announce from nodes with zirsakht.ir/messenger=bale (before: nodes with zirsakht.ir/messenger=gap)",
  ],
])("%s %j opens it, and closes it again", (field, value, what) => {
  const open = made({ ...closed, [field]: value });
  expect(between(advertisement, made(closed), open)).toEqual([`widens: may now ${what}`]);
  expect(between(advertisement, open, made(closed))).toEqual([`narrows: may no longer ${what.replace("(before:", "(now:")}`]);
});

test("the same nodes in one more rack are growth; other nodes there are not", () => {
  const grown = { ...closed, peers: ["rack-r02", "rack-r01"] };
  expect(between(advertisement, made(closed), made(grown))).toEqual([]);
  expect(between(advertisement, made(grown), made(closed))).toEqual([]);
  const others = made({ ...grown, nodeSelectors: [...nodes, { matchLabels: { "zirsakht.ir/messenger": "bale" } }] });
  expect(between(advertisement, made(closed), others)).toEqual([
    "widens: may now announce to peer rack-r02 (before: peer rack-r01)",
    "widens: may now announce from nodes with zirsakht.ir/messenger=bale (before: nodes with zirsakht.ir/messenger=gap)",
  ]);
});

test("another order is nothing; peers are none of an L2Advertisement, interfaces are", () => {
  expect(between(advertisement, made({ ...closed, peers: ["a", "b"] }), made({ ...closed, peers: ["b", "a"] }))).toEqual([]);
  const l2 = (spec: JsonObject) => made({ ...closed, ...spec }, "L2Advertisement");
  expect(between(advertisement, l2({ interfaces: ["eth0"] }), l2({ interfaces: [], peers: [] }))).toEqual([
    "widens: may now announce on EVERY interface (before: interface eth0)",
  ]);
});

test("a new advertisement is told whole, one that goes too", () => {
  expect(between(advertisement, undefined, made({ ...closed, peers: [] }))).toEqual([
    "widens: is new: may now announce pool gap to EVERY peer from nodes with zirsakht.ir/messenger=gap",
  ]);
  expect(between(advertisement, made(closed), undefined)).toEqual([
    "narrows: is gone: may no longer announce pool gap to peer rack-r01 from nodes with zirsakht.ir/messenger=gap",
  ]);
});
