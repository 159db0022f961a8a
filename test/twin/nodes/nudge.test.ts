import type { Json } from "../../../lib/manifests/apiObject";
import type { Answer } from "../../../lib/twin/api";
import { Nudge } from "../../../lib/twin/nodes/nudge";

const asked: string[] = [];
const status = { of: 200 };
const api = {
  request: (method: string, path: string, { body }: { readonly body?: Json } = {}): Promise<Answer> => {
    asked.push(`${method} ${path.split("/").at(-1) ?? ""} ${JSON.stringify(body)}`);
    return Promise.resolve({ status: status.of, body: {} });
  },
};
const host = (name: string, phase: string) => ({ name, phase });
const pair = (name: string) =>
  ["now", null].map((value) => `PATCH ${name} ${JSON.stringify({ metadata: { annotations: { "zirsakht.ir/looked-at": value } } })}`);
const stuck = [host("s01", "provisioned"), host("s02", "deprovisioning"), host("s03", "provisioning")];

beforeEach(() => {
  asked.length = 0;
  status.of = 200;
});

test("hosts that wait for each other are nudged in turn, twice each", async () => {
  const nudge = new Nudge(api);
  await nudge.among(stuck, 15_000);
  await nudge.among(stuck, 16_000);
  await nudge.among(stuck, 17_000);
  expect(asked).toEqual([...pair("s02"), ...pair("s03"), ...pair("s02")]);
});

test("nobody is nudged who gets on, or whom nobody wipes", async () => {
  const nudge = new Nudge(api);
  await nudge.among(stuck, 14_999);
  await nudge.among([host("s03", "provisioning"), host("s04", "inspecting")], 60_000);
  await nudge.among([], 60_000);
  expect(asked).toEqual([]);
});

test("a host that went meanwhile is no fault; a refusal is", async () => {
  status.of = 404;
  await new Nudge(api).among(stuck, 15_000);
  status.of = 403;
  await expect(new Nudge(api).among(stuck, 15_000)).rejects.toThrow("s02");
});
