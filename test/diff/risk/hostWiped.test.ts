import { hostWiped } from "../../../lib/diff/risk/hostWiped";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { compared, host, image, said, saidOf } from "./hosts";

const of = (...sides: Parameters<typeof saidOf> extends [unknown, ...infer Rest] ? Rest : never) => saidOf(hostWiped, ...sides);
const a = image("a");
const b = image("b");

test("a finding names the host and where it is", () => {
  expect(hostWiped.find(compared({ s01: [host("granted", a), host("granted", b)] }))).toEqual([
    {
      stack: "soroush.thr1",
      address: "kubernetes_manifest.s01",
      object: "BareMetalHost zirsakht-hardware/s01",
      what: "is wiped (soroush's, granted): https://images.example/a -> https://images.example/b; the root disk is written anew, the others keep what is on them; the site's guard refuses it as long as the live label says granted",
    },
  ]);
});

test("an image that goes, and one in the place of a custom deploy", () => {
  const kept = "the root disk is written anew, the others keep what is on them";
  expect(of(host("draining", a), host("draining", {}))).toEqual([
    `is wiped (soroush's, draining): https://images.example/a -> nothing; ${kept}`,
  ]);
  expect(of(host("draining", { customDeploy: { method: "install" } }), host("draining", a))).toEqual([
    `is wiped (soroush's, draining): custom deploy install -> https://images.example/a; ${kept}`,
  ]);
  expect(of(host("draining", { customDeploy: { method: "x" } }), host("draining", { customDeploy: { method: "y" } }))).toHaveLength(1);
});

test("cleaning clears all disks, the default too", () => {
  const cleaned = { ...b, automatedCleaningMode: "metadata" };
  const unsaid = Object.fromEntries(
    Object.entries(host("draining", b).spec as JsonObject).filter(([key]) => key !== "automatedCleaningMode"),
  );
  for (const after of [host("draining", cleaned), { ...host("draining", {}), spec: unsaid }])
    expect(of(host("draining", a), after)[0]).toMatch(/; cleaning clears the partition tables of all its disks$/);
});

test("an object that is deleted or replaced while it has an image", () => {
  expect(of(host("granted", a))[0]).toMatch(/^is wiped unless the site's guard refuses it \(soroush's, granted\): its object is deleted; /);
  expect(of(host("draining", a), host("draining", a, {}, "s02"), true)[0]).toMatch(
    /^is wiped \(soroush's, draining\): its object is deleted and made anew; /,
  );
});

test("a wipe that a verb makes says so", () => {
  expect(of(host("draining", a), host("erasing", image("eraser")))[0]).toMatch(
    /^is wiped by erase, as it was meant \(soroush's, draining -> erasing\): /,
  );
  expect(of(host("rolling", a), host("granted", b))[0]).toMatch(/^is wiped by roll, as it was meant \(soroush's, rolling -> granted\): /);
  expect(of(host("erasing", image("eraser")))[0]).toMatch(/^is wiped by erased, as it was meant \(soroush's, erasing\): /);
});

test("the same wipes on another road do not", () => {
  expect(of(host("granted", a), host("erasing", image("eraser")))[0]).toMatch(
    /^is wiped \(soroush's, granted -> erasing\): .*guard refuses/,
  );
  expect(of(host("granted", a), host("rolling", b))[0]).toMatch(/^is wiped \(/);
  expect(of(host("draining", a), host("granted", b))[0]).toMatch(/^is wiped \(/);
  expect(of(host("draining", a))[0]).toMatch(/^is wiped \(/);
  expect(of(host("erasing", a), host("erasing", a, {}, "s02"), true)[0]).toMatch(/^is wiped \(/);
});

test.each([
  ["the label moves", host("granted", a), host("draining", a)],
  ["a roll begins", host("granted", a), host("rolling", a)],
  ["only the checksum changes", host("granted", a), host("granted", { image: { url: "https://images.example/a", checksum: "b" } })],
  ["an image comes", host("granted", {}), host("granted", a)],
  ["a custom deploy comes beside the same image", host("granted", a), host("granted", { ...a, customDeploy: { method: "x" } })],
  [
    "an adopted host gets an image",
    host("granted", { externallyProvisioned: true }),
    host("granted", { externallyProvisioned: true, ...a }),
  ],
  [
    "an adopted host's image changes",
    host("granted", { externallyProvisioned: true, ...a }),
    host("granted", { externallyProvisioned: true, ...b }),
  ],
  ["an adopted host with an image goes", host("granted", { externallyProvisioned: true, ...a }), undefined],
  ["an adopted host goes", host("granted", { externallyProvisioned: true }), undefined],
  ["a detached host goes", host("granted", a, { "baremetalhost.metal3.io/detached": "" }), undefined],
  ["a host without an image goes", host("granted", {}), undefined],
])("nothing is wiped where %s", (_, before, after) => {
  expect(of(before, after)).toEqual([]);
});

test("a host that is made wipes nothing", () => {
  expect(said(hostWiped, compared({ s01: [undefined, host("granted", a)] }))).toEqual([]);
});

test("a paused host is wiped later", () => {
  expect(of(host("draining", a), host("draining", b, { "baremetalhost.metal3.io/paused": "" }))[0]).toMatch(
    /^is wiped, as soon as the operator takes it up again \(/,
  );
});

test("of a stack that is no more, only where manifests are pruned", () => {
  const removed = ["soroush.thr1"];
  const marked = { "kustomize.toolkit.fluxcd.io/prune": "disabled" };
  expect(said(hostWiped, compared({ s01: [host("draining", a), undefined] }, { removed }))[0]).toMatch(
    /; Terraform leaves it, for its stack is no longer made, but pruned manifests do it$/,
  );
  expect(said(hostWiped, compared({ s01: [host("granted", a, marked), undefined] }, { removed }))).toEqual([]);
});

test("a password in an address does not appear", () => {
  const secret = { image: { url: "https://u:hunter2@images.example/a" } };
  expect(of(host("draining", secret), host("draining", b))[0]).toContain("(sensitive) -> https://images.example/b");
});
