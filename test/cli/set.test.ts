import { carryMeasured } from "../../lib/cli/set";
import type { Messenger } from "../../lib/request/messenger";
import { sampleMessenger } from "../support/estate";

const written = sampleMessenger("soroush", {
  audience: { registered: "10M", active: "5M", dailyActive: "2M", source: "test" },
  load: { peakConcurrent: "1.3M", egressGbps: 4, source: "its gateways", asOf: "2026-10-01" },
  profile: { channels: [{ subscribers: "2M", postsPerDay: 40 }] },
});
const tried: Messenger = { ...written, audience: { ...written.audience, active: 10e6 } };
const carried = (...paths: string[]) => carryMeasured(written, tried, ["audience.active", ...paths]);

test("what was counted at the written audience is carried to the tried one", () => {
  expect(carried()).toMatchObject({
    audience: { active: 10e6, dailyActive: 4e6 },
    load: {
      peakConcurrent: 2.6e6,
      egressGbps: 8,
      source: "its gateways, carried from 5000000 to 10000000 active users",
      asOf: "2026-10-01",
    },
    profile: { channels: [{ subscribers: 4e6, postsPerDay: 40 }] },
  });
});

test("what a setting states stays, alone or as a part of what it states", () => {
  expect(carried("load.peakConcurrent").load).toMatchObject({ peakConcurrent: 1.3e6, egressGbps: 8 });
  expect(carried("load").load).toMatchObject({ peakConcurrent: 1.3e6, egressGbps: 4 });
  expect(carried("profile.channels").profile.channels).toEqual(written.profile.channels);
  expect(carried("audience.dailyActive").audience.dailyActive).toBe(2e6);
});

test("the same audience, or one that was nobody, carries nothing", () => {
  expect(carryMeasured(written, written, [])).toBe(written);
  const nobody: Messenger = { ...written, audience: { ...written.audience, active: 0 } };
  expect(carryMeasured(nobody, tried, [])).toBe(tried);
});
