/** A host whose object is deleted: whatever becomes of it, one finding tells it whole. */
import { riskRules } from "../../../lib/diff/risk/index";
import { findAll } from "../../../lib/diff/rule";
import type { ApiObject } from "../../../lib/manifests/apiObject";
import { compared, host, image } from "./hosts";

const told = (before: ApiObject, after?: ApiObject, options: Parameters<typeof compared>[1] = {}) =>
  findAll(riskRules, compared({ s01: [before, after] }, options)).map(({ rule, what }) => `${rule}: ${what}`);
const adopted = { externallyProvisioned: true };
const detached = { "baremetalhost.metal3.io/detached": "" };
const guarded = { guarded: true };
const refused =
  "its object is deleted, and its prevent_destroy with it; the guard refuses that as long as the live label says granted: then the apply fails and the server stays as it is; else";

test.each([
  [
    "with an image",
    host("granted", image("a")),
    `host-wiped: is wiped unless the site's guard refuses it (soroush's, granted): ${refused} it is powered off and deprovisioned; it ran https://images.example/a, and its disks keep what is on them, unerased`,
  ],
  [
    "that was adopted",
    host("granted", adopted),
    `host-lost: is lost to the operator unless the site's guard refuses it (soroush's, granted): ${refused} it is powered off; it was adopted, so its disks keep what is on them, unerased`,
  ],
  [
    "that is detached",
    host("granted", image("a"), detached),
    `host-lost: is lost to the operator unless the site's guard refuses it (soroush's, granted): ${refused} it runs on, for it is detached, and nothing wipes it or knows it`,
  ],
  [
    "without an image",
    host("granted", {}),
    `host-powered-off: is powered off for good unless the site's guard refuses it (soroush's, granted): ${refused} it is powered off, and nothing wipes it`,
  ],
  [
    "without an image, and off",
    host("granted", { online: false }),
    "guard-lifted: goes together with its guard prevent_destroy, which was not lifted in a change of its own",
  ],
])("a guarded host %s is told once", (_, before, what) => {
  expect(told(before, undefined, guarded)).toEqual([what]);
});

test.each([
  [
    "draining",
    image("a"),
    "host-wiped: is wiped (soroush's, draining): its object is deleted; it is powered off and deprovisioned; it ran https://images.example/a, and its disks keep what is on them, unerased",
  ],
  [
    "draining",
    adopted,
    "host-lost: is lost to the operator by erase, as it was meant (soroush's, draining): its object is deleted; it is powered off; it was adopted, so its disks keep what is on them, unerased",
  ],
  [
    "erasing",
    image("eraser"),
    "host-wiped: is wiped by erased, as it was meant (soroush's, erasing): its object is deleted; it is powered off and deprovisioned; it ran https://images.example/eraser, and its disks keep what is on them, unerased",
  ],
  [
    "draining",
    {},
    "host-powered-off: is powered off for good (soroush's, draining): its object is deleted; it is powered off, and nothing wipes it",
  ],
])("one that is %s is told once, and nothing refuses it", (state, spec, what) => {
  expect(told(host(state, spec))).toEqual([what]);
});

test("one that is made anew is told once too", () => {
  expect(told(host("granted", image("a")), host("granted", image("a"), {}, "s02"), { replaced: true })).toEqual([
    "host-wiped: is wiped unless the site's guard refuses it (soroush's, granted): its object is deleted and made anew; the guard refuses that as long as the live label says granted: then the apply fails and the server stays as it is; else it is powered off and deprovisioned; it ran https://images.example/a, and its disks keep what is on them, unerased",
  ]);
  expect(told(host("draining", adopted), host("draining", adopted, {}, "s02"), { replaced: true })).toEqual([
    "host-powered-off: is powered off (soroush's, draining): its object is deleted and made anew; it is powered off, and nothing wipes it",
  ]);
});

test("one that is off, or whose power-off is disabled, is not said to be powered off", () => {
  for (const spec of [{ online: false }, { disablePowerOff: true }])
    expect(told(host("draining", { ...image("a"), ...spec }))).toEqual([
      "host-wiped: is wiped (soroush's, draining): its object is deleted; it is deprovisioned; it ran https://images.example/a, and its disks keep what is on them, unerased",
    ]);
});

test("one whose disks are cleaned is said to lose them", () => {
  expect(told(host("draining", { ...image("a"), automatedCleaningMode: "metadata" }))[0]).toMatch(
    /; it ran https:\/\/images\.example\/a, and cleaning clears the partition tables of all its disks$/,
  );
});
