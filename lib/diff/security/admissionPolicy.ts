import { several } from "../../allocation/words";
import { objects, texts, valueAt, type ApiObject, type Json, type JsonObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { unmatched } from "./matched";
import { ordered } from "./ordered";
import { bothWays, foundIn, singlePairsOf, type Pair, type Say, type SecurityFound } from "./pair";
import { arrow, whole } from "./words";

const text = (value: Json | undefined): string => texts([value ?? null])[0] ?? "";
const list = (policy: ApiObject | undefined, field: string): JsonObject[] => objects(valueAt(policy?.spec, field));
const isIgnored = (policy: ApiObject): boolean => valueAt(policy.spec, "failurePolicy") === "Ignore";

/** A validation's message, by which people know it; its expression where it has none. */
const nameOfValidation = (validation: JsonObject): string => JSON.stringify(text(validation.message) || text(validation.expression));

/** Pairs what stands on both sides under one name and says something else. */
function changed(
  before: readonly JsonObject[],
  after: readonly JsonObject[],
  nameOf: (item: JsonObject) => string,
): [JsonObject, JsonObject][] {
  const same = (a: JsonObject, b: JsonObject): boolean => text(a.expression) === text(b.expression);
  const left = before.filter((one) => !after.some((other) => same(one, other)));
  const came = after.filter((one) => !before.some((other) => same(one, other)));
  return left.flatMap((one): [JsonObject, JsonObject][] => {
    const at = came.findIndex((other) => nameOf(other) === nameOf(one));
    const [other] = at < 0 ? [] : came.splice(at, 1);
    return other ? [[one, other]] : [];
  });
}

/** What the first list holds and the second does not, under another expression neither. */
function lost(tight: readonly JsonObject[], loose: readonly JsonObject[], nameOf: (item: JsonObject) => string): JsonObject[] {
  const moved = changed(tight, loose, nameOf).map(([one]) => one);
  return tight.filter((one) => !moved.includes(one) && !loose.some((other) => text(other.expression) === text(one.expression)));
}

const conditionName = (condition: JsonObject): string => text(condition.name);

const say: Say = (tight, loose, direction) => {
  const widens = direction === "widens";
  if (!tight) return [];
  const validations = list(tight, "validations");
  if (!loose)
    return [
      `${whole(loose, widens ? "narrows" : "widens")}${several(validations.length, "validation")} ${widens ? "no longer refuse" : "may now refuse"} requests`,
    ];
  const gone = lost(validations, list(loose, "validations"), nameOfValidation);
  const conditions = lost(list(loose, "matchConditions"), list(tight, "matchConditions"), conditionName);
  return [
    ...(isIgnored(loose) && !isIgnored(tight)
      ? [`failurePolicy ${arrow("Fail", "Ignore", direction)}: requests ${widens ? "pass" : "no longer pass"} where it cannot be evaluated`]
      : []),
    ...gone.map((one) => `${widens ? "no longer refuses" : "refuses now"} by the validation ${nameOfValidation(one)}`),
    ...conditions.map(
      (one) =>
        `${widens ? "judges only" : "no longer judges only"} requests that meet the condition ${conditionName(one)}: ${text(one.expression)}`,
    ),
    ...unmatched(valueAt(tight.spec, "matchConstraints"), valueAt(loose.spec, "matchConstraints"), direction),
  ];
};

/** What changed in expressions, which no comparison can judge. */
function unjudged(pair: Pair): SecurityFound[] {
  const [before, after] = [pair.before?.object, pair.after?.object];
  if (!before || !after) return [];
  const compared = (field: string, noun: string, nameOf: (item: JsonObject) => string): string[] =>
    changed(list(before, field), list(after, field), nameOf).map(
      ([one, other]) =>
        `${noun} ${nameOf(one)} changed, which cannot be judged; read it: ${text(one.expression)} -> ${text(other.expression)}`,
    );
  const variables = (policy: ApiObject): Map<string, string> =>
    new Map(list(policy, "variables").map((variable) => [text(variable.name), text(variable.expression)]));
  const [had, has] = [variables(before), variables(after)];
  const names = [...new Set([...had.keys(), ...has.keys()])].sort().filter((name) => had.get(name) !== has.get(name));
  const [kindBefore, kindAfter] = [ordered(valueAt(before.spec, "paramKind")), ordered(valueAt(after.spec, "paramKind"))];
  return [
    ...compared("validations", "validation", nameOfValidation),
    ...compared("matchConditions", "condition", conditionName),
    ...names.map(
      (name) => `variable ${name} changed, which cannot be judged; read it: ${had.get(name) ?? "none"} -> ${has.get(name) ?? "none"}`,
    ),
    ...(kindBefore === kindAfter ? [] : [`paramKind changed, which cannot be judged; read it: ${kindBefore} -> ${kindAfter}`]),
  ].flatMap((what) => foundIn(pair, "widens", what));
}

/** Which requests the API refuses. What changed and cannot be judged counts as widened. */
export const admissionPolicy: SecurityRule = {
  name: "admission-policy",
  why: "Admission policies keep messengers off each other's nodes and networks, and granted servers from being wiped: what they let pass, nothing else stops.",
  find: (comparison) =>
    singlePairsOf(comparison, "ValidatingAdmissionPolicy").flatMap((pair) => [...bothWays(say)(pair), ...unjudged(pair)]),
};
