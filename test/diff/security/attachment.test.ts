import { attachment } from "../../../lib/diff/security/attachment";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, object } from "./compared";

const config = (fields: JsonObject = {}, ranges: JsonObject[] = [{ range: "10.64.19.0/26", exclude: ["10.64.19.0/32"] }]) =>
  JSON.stringify({ type: "macvlan", master: "bond0.1002", ipam: { type: "whereabouts", ipRanges: ranges }, ...fields });
const made = (text: string) => object("NetworkAttachmentDefinition", { spec: { config: text } });
const usual = made(config());

test("another VLAN is both: what pods may join, and what no longer", () => {
  const other = made(config({ master: "bond0.1005" }));
  expect(between(attachment, usual, other)).toEqual([
    "widens: pods in messenger-gap may now join bond0.1005 with 10.64.19.1-10.64.19.63 (before: bond0.1002 with 10.64.19.1-10.64.19.63)",
    "narrows: pods in messenger-gap may no longer join bond0.1002 with 10.64.19.1-10.64.19.63 (now: bond0.1005 with 10.64.19.1-10.64.19.63)",
  ]);
  expect(between(attachment, made(config({ vlan: 7 })), made(config({ vlan: 8 })))).toHaveLength(2);
});

test("a range that comes and an exclusion that goes widen; back they narrow", () => {
  const more = made(config({}, [{ range: "10.64.20.0/24" }, { range: "10.64.19.0/26" }]));
  expect(between(attachment, usual, more)).toEqual([
    "widens: pods in messenger-gap may now have 10.64.19.0, 10.64.20.0/24 on bond0.1002 (before: 10.64.19.1-10.64.19.63)",
  ]);
  expect(between(attachment, more, usual)).toEqual([
    "narrows: pods in messenger-gap may no longer have 10.64.19.0, 10.64.20.0/24 on bond0.1002 (now: 10.64.19.1-10.64.19.63)",
  ]);
});

test("keys in another order are nothing; whatever else changes cannot be judged", () => {
  const turned = JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(config()) as JsonObject).reverse()));
  expect(between(attachment, usual, made(turned))).toEqual([]);
  expect(between(attachment, usual, made(config({ mode: "private" })))).toEqual([
    'widens: config changed, which cannot be judged; read it: {"ipam":{"type":"whereabouts"},"type":"macvlan"} -> {"ipam":{"type":"whereabouts"},"mode":"private","type":"macvlan"}',
  ]);
  expect(between(attachment, usual, made("no JSON"))).toEqual([
    expect.stringMatching(/^widens: config changed, which cannot be judged/) as string,
  ]);
});

test("a new network is told, one that goes too; one that cannot be read is said so", () => {
  expect(between(attachment, undefined, usual)).toEqual([
    "widens: is new: pods in messenger-gap may now join bond0.1002 with 10.64.19.1-10.64.19.63",
  ]);
  expect(between(attachment, made("{"), undefined)).toEqual([
    "narrows: is gone: pods in messenger-gap may no longer join a network whose config cannot be read",
  ]);
});
