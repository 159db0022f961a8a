import { hostPoweredOff } from "../../../lib/diff/risk/hostPoweredOff";
import type { ApiObject } from "../../../lib/manifests/apiObject";
import { compared, host, image, said, saidOf } from "./hosts";

const of = (before: ApiObject, after?: ApiObject, replaced?: boolean) => saidOf(hostPoweredOff, before, after, replaced);
const on = host("granted", image("a"));

test("online true -> false, and not the other way", () => {
  const off = host("granted", { ...image("a"), online: false });
  expect(of(on, off)).toEqual(["is powered off: online true -> false (soroush's, granted)"]);
  expect(of(off, on)).toEqual([]);
});

test("an object that goes and was neither wiped nor lost", () => {
  expect(of(host("draining", {}))[0]).toMatch(/^is powered off for good \(soroush's, draining\): its object is deleted; /);
  expect(of(host("draining", {}), host("draining", {}, {}, "s02"), true)[0]).toMatch(
    /^is powered off \(soroush's, draining\): its object is deleted and made anew; /,
  );
});

test("an object that goes with its image, or adopted, is told by another rule", () => {
  for (const before of [on, host("granted", { externallyProvisioned: true })]) expect(of(before)).toEqual([]);
});

test.each([
  ["that was off", host("granted", { online: false })],
  ["that is detached", host("granted", {}, { "baremetalhost.metal3.io/detached": "" })],
  ["whose power-off is disabled", host("granted", { disablePowerOff: true })],
])("an object %s goes and powers nothing off", (_, before) => {
  expect(of(before)).toEqual([]);
});

test("a reboot, and one that keeps the host off", () => {
  const rebooted = host("granted", image("a"), { "reboot.metal3.io": "" });
  expect(of(on, rebooted)).toEqual(["is rebooted: annotation reboot.metal3.io (soroush's, granted)"]);
  expect(of(on, host("granted", image("a"), { "reboot.metal3.io/upgrade": "" }))).toEqual([
    "is powered off until the annotation reboot.metal3.io/upgrade is taken away (soroush's, granted)",
  ]);
  expect(of(rebooted, on)).toEqual([]);
  expect(of(rebooted, host("draining", image("a"), { "reboot.metal3.io": "" }))).toEqual([]);
});

test("another image or label powers nothing off, nor does a new host", () => {
  expect(of(on, host("draining", image("b")))).toEqual([]);
  expect(said(hostPoweredOff, compared({ s01: [undefined, on] }))).toEqual([]);
});

test("Terraform deletes nothing of a stack that is no more", () => {
  expect(said(hostPoweredOff, compared({ s01: [on, undefined] }, { removed: ["soroush.thr1"] }))).toEqual([]);
});
