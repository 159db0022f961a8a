import { hostsRule } from "../../../lib/cluster/admission/hosts";
import { refusals } from "../../support/admission";

const host = (state: string | undefined, spec: object = {}) => ({
  metadata: { name: "thr1-r01-s01", ...(state !== undefined && { labels: { "zirsakht.ir/state": state } }) },
  spec: { online: true, image: { url: "https://images.example/a", checksum: "1", checksumType: "sha256" }, ...spec },
});
const update = (spec: object, states: readonly [string, string] = ["granted", "granted"]) =>
  refusals(hostsRule, { operation: "UPDATE", oldObject: host(states[0]), object: host(states[1], spec) });
const moveFirst = "move its label zirsakht.ir/state from granted in an apply of its own first (zirsakht release, or roll)";

test.each([
  ["powered off", { online: false }, `a granted host may not be powered off; ${moveFirst}`],
  ["given another image", { image: { url: "https://images.example/b" } }, `another image wipes a granted host's server; ${moveFirst}`],
  ["left without an image", { image: undefined }, `another image wipes a granted host's server; ${moveFirst}`],
  ["given a custom deploy", { customDeploy: { method: "install" } }, `another custom deploy wipes a granted host's server; ${moveFirst}`],
  ["called provisioned by others", { externallyProvisioned: true }, `externallyProvisioned may not change on a granted host; ${moveFirst}`],
])("a granted host may not be %s, even in the update that moves its label", (_, spec, message) => {
  const plain = JSON.parse(JSON.stringify(spec)) as object;
  const without = "image" in spec && spec.image === undefined ? { image: undefined } : plain;
  for (const state of ["granted", "draining"]) {
    const object = JSON.parse(JSON.stringify(host(state, without))) as object;
    expect(refusals(hostsRule, { operation: "UPDATE", oldObject: host("granted"), object })).toEqual([message]);
  }
});

test("a granted host may not be kept off by an annotation; a plain reboot, and taking the annotation away, are admitted", () => {
  const marked = (annotations: object) => ({ ...host("granted"), metadata: { ...host("granted").metadata, annotations } });
  const change = (before: object, after: object) =>
    refusals(hostsRule, { operation: "UPDATE", oldObject: marked(before), object: marked(after) });
  const off = `an annotation reboot.metal3.io/<key> keeps a granted host off; ${moveFirst}`;
  expect(change({}, { "reboot.metal3.io/maintenance": "" })).toEqual([off]);
  expect(refusals(hostsRule, { operation: "UPDATE", oldObject: host("granted"), object: marked({ "reboot.metal3.io/x": "" }) })).toEqual([
    off,
  ]);
  expect(change({}, { "reboot.metal3.io": "" })).toEqual([]);
  expect(change({ "reboot.metal3.io/x": "" }, {})).toEqual([]);
  expect(change({ "reboot.metal3.io/x": "" }, { "reboot.metal3.io/x": "" })).toEqual([]);
});

test("a granted host may not be deleted", () => {
  expect(refusals(hostsRule, { operation: "DELETE", oldObject: host("granted") })).toEqual([
    `deleting a granted host wipes its server; ${moveFirst}`,
  ]);
});

test("the label may move, and once it has, everything may change", () => {
  expect(update({}, ["granted", "draining"])).toEqual([]);
  expect(update({ image: { url: "https://images.example/eraser" }, online: false }, ["draining", "erasing"])).toEqual([]);
  expect(refusals(hostsRule, { operation: "DELETE", oldObject: host("erasing") })).toEqual([]);
  expect(refusals(hostsRule, { operation: "DELETE", oldObject: host(undefined) })).toEqual([]);
});

test("what the operator itself changes is admitted", () => {
  expect(update({ userData: { name: "other" }, bootMode: "UEFI" })).toEqual([]);
});
