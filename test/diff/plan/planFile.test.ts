import { readPlans } from "../../../lib/diff/plan/plans";
import { recordedText } from "./recorded";

const file = "soroush.thr1.json";
const refusal =
  (text: string): (() => unknown) =>
  () =>
    readPlans([{ file, text }]);
const text = recordedText("removed-policy/gap.thr1");
const plan = JSON.parse(text) as Record<string, unknown>;
const write = "write it with `terraform show -json PLAN > FILE`";

test.each([
  ["an empty file", "\n", `is empty; ${write}`],
  ["a saved plan itself", "PK\u0003\u0004\u0014\u0000\b", `is the saved plan itself, which only Terraform reads; ${write}`],
  ["a plan for people", "Terraform will perform the following actions:", `is no JSON; ${write}, with -json`],
  ["a plan that is cut off", text.slice(0, text.length / 2), `is cut off or no JSON; ${write} once more`],
  [
    "a plan's log",
    '{"@level":"info","@message":"Terraform 1.11.4"}\n{"@level":"info"}\n',
    `is the log of \`terraform plan -json\`, not the plan; save the plan with -out, and ${write}`,
  ],
  ["a list", "[]", `is not what \`terraform show -json\` writes: a JSON object; ${write}`],
  [
    "a state's file",
    JSON.stringify({ version: 4, terraform_version: "1.11.4", serial: 3, lineage: "a", outputs: {}, resources: [] }),
    `is a state, not a plan; save a plan with \`terraform plan -out=PLAN\`, and ${write}`,
  ],
  [
    "a state, shown",
    JSON.stringify({ format_version: "1.0", terraform_version: "1.11.4", values: { root_module: {} } }),
    "is a state, not a plan: give `terraform show -json` the file that `terraform plan -out=PLAN` saved",
  ],
  ["any other JSON", "{}", `is not what \`terraform show -json\` writes: it has no format_version; ${write}`],
  [
    "what says nothing of a plan",
    '{"format_version":"1.2"}',
    `says nothing of a plan: it has neither planned_values nor resource_changes; ${write}`,
  ],
  [
    "another major version",
    JSON.stringify({ ...plan, format_version: "2.0" }),
    "has the format_version 2.0; this version reads 1.x: use a Terraform that writes it, or a newer zirsakht",
  ],
])("%s is refused, with what to do", (_, content, message) => {
  expect(refusal(content)).toThrow(new Error(`${file} ${message}`));
});

test("actions that no version here knows are refused, not taken for nothing", () => {
  const strange = text.replace('"actions": ["delete"]', '"actions": ["recycle"]');
  expect(refusal(strange)).toThrow(
    new Error(`${file}: resource_changes.0.change.actions: ["recycle"] are actions that this version does not know; use a newer zirsakht`),
  );
});

test("a newer minor version, and properties that nobody knows, are read", () => {
  const newer = { ...plan, format_version: "1.99", action_invocations: [{ any: 1 }] };
  expect(readPlans([{ file, text: `\uFEFF${JSON.stringify(newer)}` }]).comparison.changes).toHaveLength(1);
});

test("all problems of all files at once; two plans of a stack are one too many", () => {
  const files = ["plan.json", "gap.thr1.json", "stacks/gap.thr1/plan.json", "site.thr1.json"].map((name) => ({
    file: name,
    text: name === "site.thr1.json" ? "" : text,
  }));
  expect(() => readPlans(files)).toThrow(
    new Error(
      [
        "plan.json: a plan does not say which stack it is of; name the file after the stack, such as soroush.thr1.plan.json, or its folder, such as stacks/soroush.thr1/plan.json",
        "gap.thr1.json and stacks/gap.thr1/plan.json are both plans of gap.thr1; give one plan a stack",
        `site.thr1.json is empty; ${write}`,
      ].join("\n"),
    ),
  );
});
