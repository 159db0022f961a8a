import { sampleMessenger } from "../../../support/estate";
import { sampleTarget, sampleTargets } from "./sampleTarget";

test("a messenger with own servers: its own nodes, addresses and a neighbour", () => {
  expect(sampleTarget("soroush")).toMatchObject({
    site: "thr1",
    namespace: "messenger-soroush",
    tier: "focus",
    otherTier: "on-request",
    nodes: "soroush",
    server: "thr1-r01-s01",
    serverUid: "node-1",
    vip: "198.51.100.1",
    egress: "198.51.100.64",
    live: true,
    shaped: false,
    foreignServer: "thr1-r08-s01",
    other: { messenger: "bale", nodes: "pool", server: "thr1-r08-s01" },
  });
});

test("a messenger on the pool's nodes: shaped, with a network of its own, and no node that has joined yet", () => {
  expect(sampleTarget("bale")).toMatchObject({
    nodes: "pool",
    server: "thr1-r08-s01",
    serverUid: "",
    shaped: true,
    attachment: "private",
    foreignServer: "thr1-r01-s01",
    other: { messenger: "soroush", nodes: "soroush" },
  });
  expect(sampleTarget("soroush")).not.toHaveProperty("attachment");
});

test("a retired messenger comes last and is nobody's neighbour; who has no namespace is no target", () => {
  const retired = sampleMessenger("bale", { lifecycle: "retired" });
  const targets = sampleTargets([retired, sampleMessenger("hodhod"), sampleMessenger("soroush")]);
  expect(targets.map(({ messenger, live }) => [messenger, live])).toEqual([
    ["soroush", true],
    ["bale", false],
  ]);
  expect(targets[0]).not.toHaveProperty("other");
});
