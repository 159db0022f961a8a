import { hostStatusRule } from "../../../lib/cluster/admission/hostStatus";
import { refusals } from "../../support/admission";

const url = "https://images.example/a";
const refused =
  "a granted host stays as it is provisioned: by another status.provisioning its server would be wiped; change its spec, once its label zirsakht.ir/state has moved (zirsakht release, or roll)";
const host = (provisioning: object | undefined, spec: object = { image: { url } }, state = "granted") => ({
  metadata: { name: "thr1-r01-s01", labels: { "zirsakht.ir/state": state } },
  spec: { online: true, ...spec },
  ...(provisioning && { status: { poweredOn: true, provisioning } }),
});
const provisioned = { state: "provisioned", image: { url } };
const update = (oldObject: object, object: object) => refusals(hostStatusRule, { operation: "UPDATE", oldObject, object });

test.each([
  ["another image", { state: "provisioned", image: { url: "https://images.example/b" } }],
  ["no image", { state: "provisioned" }],
  ["that it is available", { ...provisioned, state: "available" }],
  ["that it was deployed otherwise", { ...provisioned, customDeploy: { method: "install" } }],
  ["nothing", undefined],
])("the status of a granted host that is provisioned may not say %s", (_, provisioning) => {
  expect(update(host(provisioned), host(provisioning))).toEqual([refused]);
});

test("nor may an adopted host's status say that it is anything else", () => {
  const adopted = { externallyProvisioned: true };
  const before = host({ state: "externally provisioned" }, adopted);
  expect(update(before, host({ state: "available" }, adopted))).toEqual([refused]);
  expect(update(before, host(undefined, adopted))).toEqual([refused]);
  expect(update(before, before)).toEqual([]);
});

test("everything else of a status may change", () => {
  const { status, ...rest } = host(provisioned);
  expect(update({ ...rest, status }, { ...rest, status: { ...status, poweredOn: false, errorMessage: "x" } })).toEqual([]);
});

test("the operator provisions a new grant, and a roll's new image, and whatever is granted no more", () => {
  expect(update(host(undefined), host({ state: "registering" }))).toEqual([]);
  expect(update(host({ state: "provisioning", image: { url } }), host(provisioned))).toEqual([]);
  const rolled = { image: { url: "https://images.example/b" } };
  expect(update(host(provisioned, rolled), host({ state: "deprovisioning" }, rolled))).toEqual([]);
  expect(update(host(provisioned, undefined, "draining"), host({ state: "deprovisioning" }, undefined, "draining"))).toEqual([]);
});
