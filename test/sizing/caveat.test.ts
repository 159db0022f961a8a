import { caveatsOf } from "../../lib/sizing/caveat";
import { sizeMessenger } from "../../lib/sizing/size";
import { calendar, messengerOf } from "./messenger";

const of = (changes: Parameters<typeof messengerOf>[0]) => {
  const messenger = messengerOf({ stackClass: "A", profile: { tlsAtGateway: true, channels: [] }, ...changes });
  return caveatsOf(sizeMessenger(messenger, calendar), messenger);
};

test("nothing is said where nothing is in doubt", () => {
  expect(of({})).toEqual([]);
});

test("missing channels are warned of, unless all that they carry is measured", () => {
  const profile = { tlsAtGateway: true };
  expect(of({ profile })).toEqual([
    "soroush says nothing of its channels, which carry most of the traffic of domestic messengers: bandwidth and deliveries are too low unless it has none (profile.channels: [] says so)",
  ]);
  expect(of({ profile, load: { egressGbps: 10, source: "test" } })).toHaveLength(1);
  expect(of({ profile, load: { egressGbps: 10, messagesOutPerSecond: 9000, source: "test" } })).toEqual([]);
});

test("class B is called unvalidated, unless the messenger knows its own efficiency", () => {
  expect(of({ stackClass: "B" })).toEqual([
    "soroush is of stack class B, which is unvalidated: no published fleet lies between classes A and C",
  ]);
  expect(of({ stackClass: "B", profile: { tlsAtGateway: true, channels: [], stack_eff_B: 500 } })).toEqual([]);
});

test("a peak of more people than are registered is pointed out", () => {
  expect(of({ surges: [{ name: "s", from: "2026-12-01", to: "2026-12-02", active: 12e6 }] })).toEqual([
    "soroush would have more active users at its peak (12000000) than are registered today (10000000): the others would have to sign up",
  ]);
});

test("a retired messenger is in no doubt", () => {
  expect(of({ stackClass: "B", profile: { tlsAtGateway: true }, lifecycle: { state: "retired" } })).toEqual([]);
});
