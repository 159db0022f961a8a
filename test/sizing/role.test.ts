import { valuesOf } from "../../lib/sizing/coefficient";
import { loadAt } from "../../lib/sizing/load";
import { gatewayMemory, objectBytes, rolesOf, totalOf } from "../../lib/sizing/role";
import { messengerOf } from "./messenger";

const values = valuesOf();
const usual = { active: 5e6, bandwidth: 5e6 };
const roles = (changes: Parameters<typeof messengerOf>[0] = {}, some = values) => {
  const messenger = messengerOf(changes);
  return rolesOf(messenger, some, loadAt(messenger, some, usual));
};

test("gateways provide what the load uses over the utilisation target", () => {
  const { gateway } = roles();
  expect(gateway.threads * values.u_target).toBeCloseTo(gateway.threadsUsed, 12);
  expect(gateway.memoryGiB * values.u_target).toBeCloseTo(gateway.memoryUsedGiB, 12);
});

test("TLS that ends elsewhere takes no memory of gateways", () => {
  expect(gatewayMemory(1e6, false, values)).toBeCloseTo(50e9 / 2 ** 30, 9);
  expect(gatewayMemory(1e6, true, values)).toBeCloseTo(175e9 / 2 ** 30, 9);
  expect(roles({ profile: { tlsAtGateway: false } }).gateway.memoryUsedGiB).toBeCloseTo(gatewayMemory(1.26e6, false, values), 9);
});

test("databases and relays are planned figures, not divided by the target again", () => {
  const { database, relay } = roles();
  expect(database.threads).toBeCloseTo((2 * 5208.333 * 4) / 6000, 4);
  expect(relay.threads).toBeCloseTo(3, 9);
});

test("the application has what the fleet's class leaves, and never less than nothing", () => {
  expect(totalOf(roles()).threads).toBeCloseTo(756, 9);
  const lean = roles({}, { ...values, stack_eff_B: 10 });
  expect(lean.application).toEqual({ threads: 0, memoryGiB: 0 });
  expect(totalOf(lean).threads).toBeGreaterThan(12.6);
});

test("each role's memory follows its threads", () => {
  const { application, database, object, relay } = roles();
  const perThread = [application, database, object, relay].map(({ threads, memoryGiB }) => memoryGiB / threads);
  [4, 8, 4, 2].forEach((expected, index) => expect(perThread[index]).toBeCloseTo(expected, 9));
});

test("an erasure code of 4 of 16 and a fill of 0.8 take 1.667 raw bytes a byte", () => {
  expect(objectBytes(1, values)).toBeCloseTo(16 / 12 / 0.8, 12);
});

test("processes are whole, and hold at most conn_node connections", () => {
  expect(roles().gateway.processes).toBe(9);
  expect(roles({ load: { peakConcurrent: 150_000, source: "test" } }).gateway.processes).toBe(1);
  expect(roles({ load: { peakConcurrent: 150_001, source: "test" } }).gateway.processes).toBe(2);
});
