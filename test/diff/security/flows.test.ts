import * as fc from "fast-check";
import { flowsOf, newFlows, type Flow } from "../../../lib/diff/security/flows";
import type { Json, JsonObject } from "../../../lib/manifests/apiObject";
import { object } from "./compared";

/** A small world: sixteen addresses, six ports, two protocols, pods with and without a label. */
const block = fc
  .tuple(
    fc.nat(15),
    fc.integer({ min: 28, max: 32 }),
    fc.option(fc.tuple(fc.nat(15), fc.integer({ min: 29, max: 32 })), { nil: undefined }),
  )
  .map(([last, length, except]): JsonObject => ({
    ipBlock: {
      cidr: `10.0.0.${String(last)}/${String(length)}`,
      ...(except && { except: [`10.0.0.${String(except[0])}/${String(except[1])}`] }),
    },
  }));
const pods = fc.constantFrom<JsonObject>({ podSelector: {} }, { podSelector: { matchLabels: { app: "web" } } }, { namespaceSelector: {} });
const port = fc.constantFrom<JsonObject>(
  { port: 2 },
  { port: 1, endPort: 3 },
  { port: 1, endPort: 5 },
  { port: 3, endPort: 5 },
  { port: 2, protocol: "UDP" },
  { protocol: "UDP" },
  {},
);
const rule = fc.record({ from: fc.array(fc.oneof(block, pods), { maxLength: 2 }), ports: fc.array(port, { maxLength: 2 }) });
const policy = fc
  .array(rule, { maxLength: 3 })
  .map((ingress) => object("NetworkPolicy", { spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: ingress as Json } }));

interface Packet {
  /** The last byte of an address outside, or a pod. */
  readonly from: number | "web" | "plain" | "web elsewhere" | "plain elsewhere";
  readonly protocol: "TCP" | "UDP" | "SCTP";
  readonly port: number;
}

const packets: readonly Packet[] = [...Array(16).keys(), "web", "plain", "web elsewhere", "plain elsewhere"].flatMap((from) =>
  (["TCP", "UDP", "SCTP"] as const).flatMap((protocol) => [1, 2, 3, 4, 5, 6].map((number) => ({ from, protocol, port: number }) as Packet)),
);

const holds = (cidr: string, last: number): boolean => {
  const [address = "", length = "32"] = cidr.split("/");
  const shift = 32 - Number(length);
  return Number(address.split(".")[3]) >> shift === last >> shift;
};

function passes(spec: JsonObject, { from, protocol, port: number }: Packet): boolean {
  return (spec.ingress as readonly { from: JsonObject[]; ports: JsonObject[] }[]).some(
    (one) =>
      (one.from.length === 0 ||
        one.from.some(({ ipBlock, namespaceSelector, podSelector }) => {
          if (ipBlock) {
            const { cidr, except = [] } = ipBlock as unknown as { cidr: string; except?: string[] };
            return typeof from === "number" && holds(cidr, from) && !except.some((each) => holds(each, from));
          }
          if (typeof from === "number" || (!namespaceSelector && from.endsWith("elsewhere"))) return false;
          return JSON.stringify(podSelector ?? {}) === "{}" || from.startsWith("web");
        })) &&
      (one.ports.length === 0 ||
        one.ports.some(
          (each) =>
            (each.protocol ?? "TCP") === protocol &&
            (each.port === undefined || (number >= Number(each.port) && number <= Number(each.endPort ?? each.port))),
        )),
  );
}

const flows = (given: ReturnType<typeof object>): Flow[] => flowsOf(given, "Ingress");

test("what newly passes is found, and nothing is found where nothing newly passes", () => {
  fc.assert(
    fc.property(policy, policy, (before, after) => {
      const passing = packets.filter((one) => passes(after.spec as JsonObject, one) && !passes(before.spec as JsonObject, one));
      const found = newFlows(flows(before), flows(after));
      if (passing.length > 0) expect(found).not.toEqual([]);
      // Every port is also those of protocols that no packet here has, and anywhere every address.
      const isOpen = (flow: Flow): boolean => flow.port.protocol === "*" || flow.peer.kind === "anywhere" || flow.port.last > 6;
      if (passing.length === 0) expect(found.filter(({ flow }) => !isOpen(flow))).toEqual([]);
    }),
    { numRuns: 1000 },
  );
});
