import { basisOf, usedCoefficients } from "../../lib/sizing/basis";
import { coefficientBook } from "../../lib/sizing/coefficient";
import { calendar, messengerOf } from "./messenger";

const profile = { tlsAtGateway: true, channels: [] };
const of = (changes: Parameters<typeof messengerOf>[0] = {}) => basisOf(messengerOf({ profile, ...changes }), calendar);
const entry = (name: string, changes: Parameters<typeof messengerOf>[0] = {}) => of(changes).find((basis) => basis.name === name);

test("names every coefficient that a size reads, with its range and source", () => {
  const { value, low, high, kind, source } = coefficientBook().coefficients.dau_mau;
  expect(entry("dau_mau")).toEqual({ name: "dau_mau", value, low, high, kind, source });
  // Class A and C, Mattermost's own table and resumed handshakes play no part here; surges only where there are some.
  const unused = Object.keys(coefficientBook().coefficients).filter((name) => !entry(name));
  expect(unused).toEqual(
    ["surge_signup", "surge_hour", "surge_users", "stack_eff_A", "stack_eff_C", "app_a", "app_b", "tls_resume"].sort(byModel),
  );
});

const byModel = (one: string, other: string) => {
  const names = Object.keys(coefficientBook().coefficients);
  return names.indexOf(one) - names.indexOf(other);
};

test("names a surge's coefficients where there is a surge", () => {
  const surges = [{ name: "s", from: "2026-12-01", to: "2026-12-02" }];
  expect(usedCoefficients(messengerOf({ surges }), calendar)).toEqual(
    expect.arrayContaining(["surge_users", "surge_signup", "surge_hour"]),
  );
});

test("a measured figure stands in the place of the coefficients that would estimate it", () => {
  const load = { peakConcurrent: 1.3e6, source: "its gateways", asOf: "2026-10-01" };
  const measured = { value: 1.3e6, low: 1.3e6, high: 1.3e6, kind: "measured", source: "its gateways, 2026-10-01" };
  expect(entry("load.peakConcurrent", { load })).toEqual({ name: "load.peakConcurrent", ...measured });
  expect(entry("conc_dau", { load })).toBeUndefined();
  const audience = { registered: 10e6, active: 5e6, dailyActive: 2e6, source: "a poll" };
  expect(entry("audience.dailyActive", { audience })).toMatchObject({ value: 2e6, kind: "measured", source: "a poll" });
  expect(entry("dau_mau", { audience })).toBeUndefined();
});

test("an overridden coefficient is the request's, without a range", () => {
  const overridden = { profile: { ...profile, media_days: 7 } };
  expect(entry("profile.media_days", overridden)).toEqual({
    name: "profile.media_days",
    value: 7,
    low: 7,
    high: 7,
    kind: "request",
    source: "the messenger's profile",
  });
  expect(entry("media_days", overridden)).toBeUndefined();
});

test("the audience is the request's, and channels that nothing is said of are assumed away", () => {
  expect(entry("audience.active")).toMatchObject({ value: 5e6, kind: "request", source: "ISNA interview, 2018" });
  expect(entry("profile.channels")).toMatchObject({ value: 0, kind: "request" });
  expect(entry("profile.channels", { profile: { tlsAtGateway: true } })).toMatchObject({ value: 0, kind: "assumed" });
});
