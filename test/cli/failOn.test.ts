import { failing } from "../../lib/cli/failOn";
import type { Report } from "../../lib/diff/report";
import { riskRules } from "../../lib/diff/risk";
import { securityRules } from "../../lib/diff/security";
import { InputError } from "../../lib/request/problem";
import { small } from "../diff/render/reports";

const [risk] = small.risk;
const [security] = small.security;
if (!risk || !security) throw new Error("the small report has no findings");
const report = (change: Partial<Report>): Report => ({ ...small, risk: [], security: [], ...change });

test("risk is any risk, widens and narrows are any of their direction, a rule's name is that rule", () => {
  const wiped = report({ risk: [{ ...risk, rule: "host-wiped" }] });
  const widens = report({ security: [{ ...security, rule: "role-rules", direction: "widens" }] });
  const narrows = report({ security: [{ ...security, rule: "role-rules", direction: "narrows" }] });
  const of = (...words: string[]): boolean[] => [wiped, widens, narrows, report({})].map(failing(words));
  expect(of()).toEqual([false, false, false, false]);
  expect(of("risk")).toEqual([true, false, false, false]);
  expect(of("host-wiped")).toEqual([true, false, false, false]);
  expect(of("host-lost")).toEqual([false, false, false, false]);
  expect(of("widens")).toEqual([false, true, false, false]);
  expect(of("narrows")).toEqual([false, false, true, false]);
  expect(of("role-rules")).toEqual([false, true, true, false]);
  expect(of("host-wiped", "narrows")).toEqual([true, false, true, false]);
});

test("every rule can be named", () => {
  expect(() => failing([...riskRules, ...securityRules].map(({ name }) => name))).not.toThrow();
});

test("words that name nothing are all told, each with the nearest that does", () => {
  const refused = (): unknown => failing(["wipd", "risks", "widens"]);
  expect(refused).toThrow(InputError);
  const names = ["does-not-fit", "policy", "law", ...[...riskRules, ...securityRules].map(({ name }) => name)].join(", ");
  expect(refused).toThrow(
    ["wipd: there is no such rule; did you mean risk?", "risks: there is no such rule; did you mean risk?"]
      .map((what) => `--fail-on ${what} It takes stale, risk, deficit, widens, narrows, and the names of rules: ${names}`)
      .join("\n"),
  );
});
