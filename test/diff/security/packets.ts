/** A small world for the tests of flows: sixteen addresses, six ports, protocols, pods with and without a label; and what rules let through in it. */
import * as fc from "fast-check";
import type { JsonObject } from "../../../lib/manifests/apiObject";

export interface Packet {
  /** Whom it comes from or goes to: the last byte of an address outside, or a pod. */
  readonly peer: number | "web" | "plain" | "web elsewhere" | "plain elsewhere";
  readonly protocol: "TCP" | "UDP" | "SCTP";
  readonly port: number;
}

export const packets: readonly Packet[] = [...Array(16).keys(), "web", "plain", "web elsewhere", "plain elsewhere"].flatMap((peer) =>
  (["TCP", "UDP", "SCTP"] as const).flatMap((protocol) => [1, 2, 3, 4, 5, 6].map((port) => ({ peer, protocol, port }) as Packet)),
);

/** A rule of either way: `peers` is its from or its to. */
export interface Rule {
  readonly peers: readonly JsonObject[];
  readonly ports: readonly JsonObject[];
}

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
const peer = fc.oneof(block, pods);
const numbered: readonly JsonObject[] = [
  { port: 2 },
  { port: 1, endPort: 3 },
  { port: 1, endPort: 5 },
  { port: 3, endPort: 5 },
  { port: 2, protocol: "UDP" },
];

export const rule: fc.Arbitrary<Rule> = fc.record({
  peers: fc.array(peer, { maxLength: 2 }),
  ports: fc.array(fc.constantFrom<JsonObject>(...numbered, { protocol: "UDP" }, {}), { maxLength: 2 }),
});

/** Rules that let through nothing but packets of this world. */
export const closedRule: fc.Arbitrary<Rule> = fc.record({
  peers: fc.array(peer, { minLength: 1, maxLength: 2 }),
  ports: fc.array(fc.constantFrom(...numbered), { minLength: 1, maxLength: 2 }),
});

const holds = (cidr: string, last: number): boolean => {
  const [address = "", length = "32"] = cidr.split("/");
  const shift = 32 - Number(length);
  return Number(address.split(".")[3]) >> shift === last >> shift;
};

function isPeer({ ipBlock, namespaceSelector, podSelector }: JsonObject, of: Packet["peer"]): boolean {
  if (ipBlock) {
    const { cidr, except = [] } = ipBlock as unknown as { cidr: string; except?: string[] };
    return typeof of === "number" && holds(cidr, of) && !except.some((each) => holds(each, of));
  }
  if (typeof of === "number" || (!namespaceSelector && of.endsWith("elsewhere"))) return false;
  return JSON.stringify(podSelector ?? {}) === "{}" || of.startsWith("web");
}

const isPort = ({ protocol = "TCP", port, endPort = port ?? null }: JsonObject, of: Packet): boolean =>
  protocol === of.protocol && (port === undefined || (of.port >= Number(port) && of.port <= Number(endPort)));

/** Whether rules let a packet through, as Kubernetes has it. */
export function passes(rules: readonly Rule[], packet: Packet): boolean {
  return rules.some(
    ({ peers, ports }) =>
      (peers.length === 0 || peers.some((one) => isPeer(one, packet.peer))) &&
      (ports.length === 0 || ports.some((one) => isPort(one, packet))),
  );
}
