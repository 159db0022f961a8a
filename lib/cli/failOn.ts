/** `--fail-on`: which findings end the command with a code of their own. */
import { closest } from "fastest-levenshtein";
import type { Report } from "../diff/report";
import { riskRules } from "../diff/risk/index";
import { securityRules } from "../diff/security/index";
import { InputError } from "../request/problem";

const all = ["risk", "widens", "narrows"];
const known = (): string[] => [...all, ...riskRules.map(({ name }) => name), ...securityRules.map(({ name }) => name)];

/**
 * Whether a report has what the words name: any risk, anything that widens or narrows, or a rule by its name.
 * @throws InputError for a word that names nothing, with the nearest that does
 */
export function failing(words: readonly string[]): (report: Report) => boolean {
  const names = known();
  const strange = words.filter((word) => !names.includes(word));
  if (strange.length > 0)
    throw new InputError(
      strange.map((word) => ({
        message: `--fail-on ${word}: there is no such rule; did you mean ${closest(word, names)}? It takes ${all.join(", ")}, and the names of rules: ${names.slice(all.length).join(", ")}`,
      })),
    );
  const wanted = new Set(words);
  return ({ risk, security }) =>
    (wanted.has("risk") && risk.length > 0) ||
    risk.some(({ rule }) => wanted.has(rule)) ||
    security.some(({ rule, direction }) => wanted.has(rule) || wanted.has(direction));
}
