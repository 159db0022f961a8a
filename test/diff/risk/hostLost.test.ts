import { hostLost } from "../../../lib/diff/risk/hostLost";
import type { ApiObject } from "../../../lib/manifests/apiObject";
import { compared, host, image, said, saidOf } from "./hosts";

const of = (before: ApiObject, after?: ApiObject, replaced?: boolean) => saidOf(hostLost, before, after, replaced);
const adopted = (state: string, annotations = {}) => host(state, { externallyProvisioned: true }, annotations);

test("an adopted host that goes; on the verbs' road it says so", () => {
  const kept = "its object is deleted; it is powered off; it was adopted, so its disks keep what is on them, unerased";
  expect(of(adopted("granted"))[0]).toMatch(/^is lost to the operator unless the site's guard refuses it \(soroush's, granted\): /);
  expect(of(adopted("draining"))).toEqual([`is lost to the operator by erase, as it was meant (soroush's, draining): ${kept}`]);
  expect(of(adopted("rolling"))).toEqual([`is lost to the operator by roll, as it was meant (soroush's, rolling): ${kept}`]);
  expect(of(adopted("erasing"))).toEqual([`is lost to the operator (soroush's, erasing): ${kept}`]);
});

test("a host that is detached or paused, and not one that is taken up again", () => {
  const detached = host("granted", image("a"), { "baremetalhost.metal3.io/detached": "" });
  expect(of(host("granted", image("a")), detached)).toEqual([
    "is lost to the operator (soroush's, granted): the operator lets go of it: annotation baremetalhost.metal3.io/detached; what changes here takes effect when it is taken away",
  ]);
  expect(of(adopted("granted"), adopted("granted", { "baremetalhost.metal3.io/paused": "" }))).toEqual([
    "is lost to the operator (soroush's, granted): the operator no longer looks at it: annotation baremetalhost.metal3.io/paused; its object cannot be deleted either",
  ]);
  expect(of(detached, host("granted", image("a")))).toEqual([]);
  expect(of(detached, host("draining", image("a"), { "baremetalhost.metal3.io/detached": "" }))).toEqual([]);
  expect(of(detached)[0]).toMatch(/; else it runs on, for it is detached, and nothing wipes it or knows it$/);
});

test("a host with an image is wiped and not lost; one that is made anew or adopted is not", () => {
  expect(of(host("granted", image("a")))).toEqual([]);
  expect(of(adopted("granted"), adopted("granted"), true)).toEqual([]);
  expect(of(adopted("granted"), adopted("draining"))).toEqual([]);
  expect(said(hostLost, compared({ s01: [undefined, adopted("granted")] }))).toEqual([]);
});

test("Terraform deletes nothing of a stack that is no more", () => {
  expect(said(hostLost, compared({ s01: [adopted("granted"), undefined] }, { removed: ["soroush.thr1"] }))).toEqual([]);
});
