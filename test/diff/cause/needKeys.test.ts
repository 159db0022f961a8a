import { needKeys } from "../../../lib/diff/cause/objectCauses";
import { messengerSchema } from "../../../lib/request/messenger";
import { buildApp } from "../../../lib/stacks/app";
import { sampleMessenger } from "../../support/estate";
import { grantedRequest } from "../../support/granted";
import { written } from "../../support/synth";

const others: Readonly<Record<string, unknown>> = {
  audience: { registered: "9M", active: "3M", source: "another" },
  stackClass: "C",
  profile: { size_photo: 333, channels: [] },
  load: { peakConcurrent: 77_000, source: "measured" },
  growth: { "2027-02-02": "4M" },
  surges: [{ name: "another", from: "2027-01-01", to: "2027-01-02", factor: 3 }],
};

const textsWith = (changes: Readonly<Record<string, unknown>>) =>
  written((outdir) => buildApp(grantedRequest({ messengers: [sampleMessenger("soroush", changes)] }), { outdir }));

test.each([...needKeys])("%s is a key of the file, and no stack depends on it but by the grant", (key) => {
  expect(Object.keys(messengerSchema.shape)).toContain(key);
  expect(others[key]).toBeDefined();
  expect(textsWith({ [key]: others[key] })).toEqual(textsWith({}));
});

test("of other keys stacks do depend", () => {
  expect(textsWith({ access: { admins: ["another"] } })).not.toEqual(textsWith({}));
});
