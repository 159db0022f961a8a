import { valuesOf } from "../../lib/sizing/coefficient";
import { loadAt, type Moment } from "../../lib/sizing/load";
import { messengerOf } from "./messenger";

const values = valuesOf();
const usual: Moment = { active: 5e6, bandwidth: 5e6 };
const doubled: Moment = { active: 10e6, bandwidth: 10e6 };
const load = (changes: Parameters<typeof messengerOf>[0], moment = usual) => loadAt(messengerOf(changes), values, moment);
const source = { source: "measured" };

test("daily active users that are known replace the estimate, and grow with the active", () => {
  const audience = { registered: 10e6, active: 5e6, dailyActive: 2e6, source: "test" };
  expect(load({ audience }).load).toMatchObject({ dailyActive: 2e6, peakConcurrent: 2e6 * 0.42 });
  expect(load({ audience }, doubled).load.dailyActive).toBe(4e6);
});

test.each(["peakConcurrent", "messagesInPerSecond", "messagesOutPerSecond", "loginsPerSecond", "egressGbps", "ingressGbps"] as const)(
  "a measured %s replaces the estimate, and grows with the active users",
  (name) => {
    expect(load({ load: { ...source, [name]: 42 } }).load[name]).toBeCloseTo(42, 9);
    expect(load({ load: { ...source, [name]: 42 } }, doubled).load[name]).toBeCloseTo(84, 9);
  },
);

test("what follows from a measured figure follows from it, and not from the estimate", () => {
  const { load: followed } = load({ load: { ...source, peakConcurrent: 600_000, messagesInPerSecond: 1000 } });
  expect(followed.loginsPerSecond).toBe(2000);
  expect(followed.messagesOutPerSecond).toBe(2100);
});

test("a measured total of egress is split over the roles as the estimate is", () => {
  const estimated = load({});
  const measured = load({ load: { ...source, egressGbps: 10 } });
  for (const role of ["gateway", "object", "relay"] as const) {
    expect(measured.traffic[role].egressGbps / 10).toBeCloseTo(estimated.traffic[role].egressGbps / estimated.load.egressGbps, 12);
    expect(measured.traffic[role].ingressGbps).toBe(estimated.traffic[role].ingressGbps);
  }
});

test("measured traffic of a messenger without any by estimate is messages", () => {
  const silent = { ...values, msg_dau: 0, calls_dau: 0 };
  const { traffic } = loadAt(messengerOf({ load: { ...source, egressGbps: 3 } }), silent, usual);
  expect(traffic).toMatchObject({ gateway: { egressGbps: 3 }, object: { egressGbps: 0 }, relay: { egressGbps: 0 } });
});

test("an event raises what happens a second, measured or not, and neither connections nor logins", () => {
  const event: Moment = { ...usual, peak: values.event_mult };
  for (const measured of [{}, { load: { ...source, messagesInPerSecond: 3000, egressGbps: 6, peakConcurrent: 1e6 } }]) {
    const [before, during] = [load(measured).load, load(measured, event).load];
    for (const name of ["messagesInPerSecond", "messagesOutPerSecond", "egressGbps", "ingressGbps"] as const)
      expect(during[name] / before[name]).toBeCloseTo(10 / 3, 9);
    expect(during).toMatchObject({ peakConcurrent: before.peakConcurrent, loginsPerSecond: before.loginsPerSecond });
  }
});

test("bandwidth follows the users whose bandwidth is used, everything else the users there are", () => {
  const surge = load({}, { active: 10e6, bandwidth: 15e6 }).load;
  const grown = load({}, doubled).load;
  expect(surge.egressGbps / grown.egressGbps).toBeCloseTo(1.5, 12);
  expect(surge.messagesInPerSecond).toBe(grown.messagesInPerSecond);
});

test("traffic by role adds up to the load's", () => {
  const { load: whole, traffic } = load({ profile: { tlsAtGateway: true, channels: [{ subscribers: 1e6, postsPerDay: 50 }] } });
  expect(traffic.gateway.egressGbps + traffic.object.egressGbps + traffic.relay.egressGbps).toBeCloseTo(whole.egressGbps, 12);
  // 10,938 messages a second of 200 bytes; 750 relayed calls of two legs of 40 kbit/s.
  const plain = load({}).traffic;
  expect(plain.gateway.egressGbps).toBeCloseTo(0.0175, 12);
  expect(plain.relay.egressGbps).toBeCloseTo(0.06, 12);
});

test("nobody makes no load", () => {
  expect(new Set(Object.values(load({}, { active: 0, bandwidth: 0 }).load))).toEqual(new Set([0]));
});

test("a measured load holds as it is where the file has no active users to grow from", () => {
  const audience = { registered: 10e6, active: 0, source: "test" };
  expect(load({ audience, load: { ...source, peakConcurrent: 1000 } }).load.peakConcurrent).toBe(1000);
});
