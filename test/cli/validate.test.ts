import { run } from "../../lib/cli/validate";
import type { CommonOptions } from "../../lib/cli/terminal";
import { InputError } from "../../lib/request/problem";
import { edit, sampleRoot } from "../support/root";

async function validate(root: string, format: CommonOptions["format"] = "text") {
  const [out, err]: [string[], string[]] = [[], []];
  const terminal = {
    out: (text: string) => void out.push(text),
    err: (text: string) => void err.push(text.replaceAll(`${root}/`, "")),
    color: false,
  };
  return { code: await run({ root, format }, terminal), out, err };
}

test("says in a line what was checked", async () => {
  expect(await validate(sampleRoot())).toEqual({
    code: 0,
    out: ["5 files checked: 2 sites, 20 racks, 120 servers, 3 messengers; book date 2026-11-24"],
    err: [],
  });
});

test("warns on standard error, and as JSON on standard output", async () => {
  const root = sampleRoot();
  edit(root, "messengers/soroush.yaml", { "2027-03-01": "2026-11-01" });
  const text = "growth: 2026-11-01 has passed, the book date is 2026-11-24; move the figure to audience.active and remove this line";
  expect((await validate(root)).err).toEqual([`warning: messengers/soroush.yaml:8:10: ${text}`]);
  const { out, err } = await validate(root, "json");
  expect(err).toEqual([]);
  expect(JSON.parse(out.join("\n"))).toEqual({
    version: 1,
    checked: { files: 5, sites: 2, racks: 20, servers: 120, messengers: 3, lock: "2026-11-24" },
    warnings: [{ position: { file: `${root}/messengers/soroush.yaml`, line: 8, column: 10 }, message: text }],
  });
});

test("throws every problem and prints nothing", async () => {
  const root = sampleRoot();
  edit(root, "messengers/soroush.yaml", { "tier: focus": "tier: vip", "stackClass: B": "stackClass: D" });
  await expect(validate(root)).rejects.toThrow(InputError);
  await expect(validate(root)).rejects.toMatchObject({ problems: { length: 2 } });
});
