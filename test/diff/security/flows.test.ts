import * as fc from "fast-check";
import { flowsOf, newFlows, type Flow } from "../../../lib/diff/security/flows";
import type { Json } from "../../../lib/manifests/apiObject";
import { object } from "./compared";
import { packets, passes, rule, type Rule } from "./packets";

function flows(rules: readonly Rule[]): Flow[] {
  const ingress = rules.map(({ peers, ports }) => ({ from: peers, ports })) as unknown as Json;
  return flowsOf(object("NetworkPolicy", { spec: { podSelector: {}, policyTypes: ["Ingress"], ingress } }), "Ingress");
}

test("what newly passes is found, and nothing is found where nothing newly passes", () => {
  const rules = fc.array(rule, { maxLength: 3 });
  fc.assert(
    fc.property(rules, rules, (before, after) => {
      const passing = packets.filter((one) => passes(after, one) && !passes(before, one));
      const found = newFlows(flows(before), flows(after));
      if (passing.length > 0) expect(found).not.toEqual([]);
      // Every port is also those of protocols that no packet here has, and anywhere every address.
      const isOpen = (flow: Flow): boolean => flow.port.protocol === "*" || flow.peer.kind === "anywhere" || flow.port.last > 6;
      if (passing.length === 0) expect(found.filter(({ flow }) => !isOpen(flow))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
