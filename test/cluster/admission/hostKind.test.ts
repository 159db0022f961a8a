import { hostKindRule } from "../../../lib/cluster/admission/hostKind";
import { refusals } from "../../support/admission";

const text = { type: "string" };
const within = (properties: object) => ({ type: "object", properties });
const spec = { image: within({ url: text }), customDeploy: within({ method: text }), externallyProvisioned: text, online: text };
const provisioning = within({ state: text, image: within({ url: text }), customDeploy: within({ method: text }) });
const version = (name: string, parts: object) => ({ name, served: true, schema: { openAPIV3Schema: within(parts) } });
const whole = { spec: within(spec), status: within({ provisioning }) };
const definition = (...versions: object[]) => ({ metadata: { name: "baremetalhosts.metal3.io" }, spec: { versions } });
const update = (object: object) =>
  refusals(hostKindRule, { operation: "UPDATE", oldObject: { metadata: { name: "baremetalhosts.metal3.io" } }, object });
const message = (field: string) =>
  `the definition of the hosts' kind must keep ${field} in every version: without it every host loses it, and their servers are wiped`;

test("the definition of the hosts' kind keeps what the operator decides by, in every version", () => {
  const rest = { ...spec, image: within({}) };
  expect(update(definition(version("v1alpha1", { ...whole, spec: within(rest) })))).toEqual([message("spec.image.url")]);
  expect(update(definition(version("v1alpha1", whole), version("v1beta1", { ...whole, spec: within(rest) })))).toEqual([
    message("spec.image.url"),
  ]);
  expect(update(definition(version("v1alpha1", { spec: whole.spec })))).toEqual(
    ["status.provisioning.state", "status.provisioning.image.url", "status.provisioning.customDeploy.method"].map(message),
  );
});

test("it may say more, and other definitions may say what they like", () => {
  expect(update(definition(version("v1alpha1", { ...whole, spec: within({ ...spec, disablePowerOff: text }) })))).toEqual([]);
  const other = { metadata: { name: "ipaddresspools.metallb.io" }, spec: { versions: [] } };
  expect(refusals(hostKindRule, { operation: "UPDATE", oldObject: other, object: other })).toEqual([]);
});
