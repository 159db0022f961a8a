import { texts, valueAt, type ApiObject, type Json } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { unmatched } from "./matched";
import { ordered } from "./ordered";
import { bothWays, foundIn, singlePairsOf, type Pair, type Say, type SecurityFound } from "./pair";
import { missingIn, whole } from "./words";

const field = ({ spec }: ApiObject, ...path: string[]): Json | undefined => valueAt(spec, ...path);
const policyOf = (binding: ApiObject): string => texts([field(binding, "policyName") ?? null]).join("");
const actionsOf = (binding: ApiObject): string[] => texts(field(binding, "validationActions"));
const letsPass = (binding: ApiObject): boolean => field(binding, "paramRef", "parameterNotFoundAction") === "Allow";

/** What is lost with an action: the request passes, or nobody hears of it. */
const without: Readonly<Record<string, string>> = {
  Deny: "what it denied now passes",
  Warn: "nobody is warned",
  Audit: "nothing is written down",
};

const say: Say = (tight, loose, direction) => {
  const widens = direction === "widens";
  if (!tight) return [];
  if (!loose)
    return [
      `${whole(loose, widens ? "narrows" : "widens")}the policy ${policyOf(tight)} ${widens ? "is no longer enforced by it" : "is enforced by it"}`,
    ];
  const moved = policyOf(tight) !== policyOf(loose);
  return [
    ...(moved
      ? [
          widens
            ? `no longer enforces the policy ${policyOf(tight)} but ${policyOf(loose)}`
            : `enforces the policy ${policyOf(tight)} now, not ${policyOf(loose)}`,
        ]
      : []),
    ...missingIn(actionsOf(loose), actionsOf(tight)).map((action) =>
      widens ? `loses the action ${action}: ${without[action] ?? "it no longer acts so"}` : `has the action ${action} now`,
    ),
    ...(letsPass(loose) && !letsPass(tight)
      ? [
          widens
            ? "lets requests pass where its parameter is missing, which it denied"
            : "denies requests where its parameter is missing, which it let pass",
        ]
      : []),
    ...unmatched(field(tight, "matchResources"), field(loose, "matchResources"), direction),
  ];
};

/** The parameter that a binding gives its policy: what another one means, only its policy knows. */
function unjudged(pair: Pair): SecurityFound[] {
  const [before, after] = [pair.before, pair.after].map((side) => {
    const parameter = side && field(side.object, "paramRef");
    return ordered(["name", "namespace", "selector"].map((key) => valueAt(parameter, key) ?? null));
  });
  if (!pair.before || !pair.after || before === after) return [];
  const [one, other] = [field(pair.before.object, "paramRef"), field(pair.after.object, "paramRef")].map(ordered);
  return foundIn(pair, "widens", `paramRef changed, which cannot be judged; read it: ${one ?? ""} -> ${other ?? ""}`);
}

/** Where admission policies are enforced, and how. */
export const admissionBinding: SecurityRule = {
  name: "admission-binding",
  why: "A policy without a binding refuses nothing, and one that only warns refuses nothing either.",
  find: (comparison) =>
    singlePairsOf(comparison, "ValidatingAdmissionPolicyBinding").flatMap((pair) => [...bothWays(say)(pair), ...unjudged(pair)]),
};
