/** `--fail-on`: which findings end the command with a code of their own. */
import { closest } from "fastest-levenshtein";
import { newDeficits } from "../diff/buildReport";
import type { Report } from "../diff/report";
import { riskRules } from "../diff/risk/index";
import { securityRules } from "../diff/security/index";
import { InputError } from "../request/problem";
import { refusalRules } from "./diffRefusals";

const all = ["stale", "risk", "deficit", "widens", "narrows"];
const known = (): string[] => [
  ...all,
  ...Object.values(refusalRules),
  ...riskRules.map(({ name }) => name),
  ...securityRules.map(({ name }) => name),
];

/**
 * Whether a report has what the words name: who is stale, any risk, a new deficit, anything that widens or narrows, or a rule by its name.
 * @throws InputError for a word that names nothing, with the nearest that does
 */
export function failing(words: readonly string[]): (report: Report) => boolean {
  const names = known();
  const strange = words.filter((word) => !names.includes(word));
  if (strange.length > 0)
    throw new InputError(
      strange.map((word) => ({
        message: `--fail-on ${word}: there is no such rule; did you mean ${names.find((name) => name.includes(word.slice(0, 4))) ?? closest(word, names)}? It takes ${all.join(", ")}, and the names of rules: ${names.slice(all.length).join(", ")}`,
      })),
    );
  const wanted = new Set(words);
  return ({ stale, risk, capacity, security }) =>
    (wanted.has("stale") && stale.length > 0) ||
    (wanted.has("deficit") && newDeficits(capacity.sites) > 0) ||
    (wanted.has("risk") && risk.length > 0) ||
    risk.some(({ rule }) => wanted.has(rule)) ||
    security.some(({ rule, direction }) => wanted.has(rule) || wanted.has(direction));
}
