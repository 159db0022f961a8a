import { egressGateway } from "../../../lib/diff/security/egressGateway";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, clusterWide } from "./compared";

const own = { podSelector: { matchLabels: { "io.kubernetes.pod.namespace": "messenger-gap" } } };
const gateways = [{ egressIP: "192.0.2.9" }, { egressIP: "192.0.2.8" }];
const made = (spec: JsonObject = {}) =>
  clusterWide("CiliumEgressGatewayPolicy", {
    spec: {
      selectors: [own],
      destinationCIDRs: ["0.0.0.0/0"],
      excludedCIDRs: ["10.0.0.0/8"],
      egressGateways: gateways,
      egressGateway: gateways[0] ?? {},
      ...spec,
    },
  });
const pods = "pods with io.kubernetes.pod.namespace=messenger-gap";

test.each([
  [{ selectors: [own, { podSelector: { matchLabels: { app: "x" } } }] }, "pods with app=x"],
  [{ selectors: [{ podSelector: {} }] }, "every pod"],
  [{ selectors: [{ namespaceSelector: { matchLabels: { a: "b" } } }] }, "every pod of namespaces with a=b"],
])("selectors %j let others leave with its addresses", (spec, who) => {
  const [widened = ""] = between(egressGateway, made(), made(spec));
  expect(widened).toBe(`widens: ${who} may now leave as 192.0.2.8/31 for 0.0.0.0/0 except 10.0.0.0/8 (before: ${pods})`);
  expect(between(egressGateway, made(spec), made())).toContainEqual(
    expect.stringMatching(
      /^narrows: .* may no longer leave as 192\.0\.2\.8\/31 for .* \(now: pods with io\.kubernetes\.pod\.namespace=messenger-gap\)$/,
    ),
  );
});

test("one more requirement lets fewer leave", () => {
  const fewer = made({ selectors: [{ ...own, namespaceSelector: { matchLabels: { a: "b" } } }] });
  expect(between(egressGateway, made(), fewer).map((line) => line.slice(0, 8))).toEqual(["narrows:"]);
});

test("destinations that come and exclusions that go widen; back they narrow", () => {
  const none = made({ excludedCIDRs: [] });
  expect(between(egressGateway, made(), none)).toEqual([
    `widens: ${pods} may now leave as 192.0.2.8/31 for 10.0.0.0/8 (before: 0.0.0.0/0 except 10.0.0.0/8)`,
  ]);
  expect(between(egressGateway, none, made())).toEqual([
    `narrows: ${pods} may no longer leave as 192.0.2.8/31 for 10.0.0.0/8 (now: 0.0.0.0/0 except 10.0.0.0/8)`,
  ]);
  expect(between(egressGateway, none, made({ excludedCIDRs: [], destinationCIDRs: ["128.0.0.0/1", "0.0.0.0/1"] }))).toEqual([]);
});

test("a new policy is told, one that goes too", () => {
  const world = { excludedCIDRs: [], destinationCIDRs: ["203.0.113.0/24"] };
  expect(between(egressGateway, undefined, made(world))).toEqual([
    `widens: is new: ${pods} may now leave as 192.0.2.8/31 for 203.0.113.0/24`,
  ]);
  expect(between(egressGateway, made(world), undefined)).toEqual([
    `narrows: is gone: ${pods} may no longer leave as 192.0.2.8/31 for 203.0.113.0/24`,
  ]);
});
