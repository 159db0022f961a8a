import { grantOf } from "../../lib/allocation/grant";
import { Bandwidth, serverMbps } from "../../lib/network/bandwidth";
import type { Rack } from "../../lib/request/estate";
import { sampleEstate } from "../support/estate";
import { grantedLock } from "../support/granted";
import { synthIn } from "../support/synth";

const estate = sampleEstate();
const racks = estate.sites.thr1?.racks ?? {};
const rack = (uplink: number, servers: number): Rack => ({
  class: "general-48",
  uplink,
  servers,
  power: 9000,
  switch: { address: "10.0.8.1", asn: 64620 },
  pool: true,
});

test.each([
  [80_000, 4, 18_000],
  [80_000, 1, 50_000],
  [1_000_000, 4, 50_000],
  [100, 7, 12],
])("of an uplink of %d Mbit/s shared by %d servers each promises %d", (uplink, servers, mbps) => {
  expect(serverMbps(estate, rack(uplink, servers))).toBe(mbps);
});

test("each rack's rule names its pool servers; a rack without any has no rule, for that would match every node", () => {
  const { servers } = grantOf(estate, grantedLock(), "pool", "thr1");
  const stack = synthIn((scope) => new Bandwidth(scope, "bandwidth", { estate, racks, servers }));
  const rule = (name: string, server: string) => ({
    name: `rack ${name}`,
    extendedResources: { "zirsakht.ir/egress-mbps": "18k", "zirsakht.ir/ingress-mbps": "18k" },
    matchFeatures: [{ feature: "system.name", matchExpressions: { nodename: { op: "In", value: [server] } } }],
  });
  expect(stack.manifest("bandwidth")).toEqual({
    apiVersion: "nfd.k8s-sigs.io/v1alpha1",
    kind: "NodeFeatureRule",
    metadata: { name: "zirsakht-bandwidth" },
    spec: { rules: [rule("r08", "thr1-r08-s01"), rule("r09", "thr1-r09-s01")] },
  });
});
