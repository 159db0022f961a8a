/** Whom the bindings of the compared stacks give a role to: a finding about the role says so. */
import type { Comparison, SideObject } from "../change";
import { withoutSecrets } from "../semantics/sensitive";
import { roleKey, roleOf, subjectsOf, subjectText } from "./bindings";
import { knownOf, type Pair, type SecurityFound } from "./pair";

const bindings = new Set(["RoleBinding", "ClusterRoleBinding"]);

/** The subjects of each role on one side. */
function subjectsOn(comparison: Comparison, side: "before" | "after"): (role: SideObject) => string[] {
  const { whole, others } = knownOf(comparison, side);
  const subjects = new Map<string, string[]>();
  for (const { site, object } of [...whole, ...others]) {
    if (!bindings.has(object.kind)) continue;
    const key = roleKey(site, roleOf(object), object);
    subjects.set(key, [...(subjects.get(key) ?? []), ...subjectsOf(object).map(subjectText)]);
  }
  return ({ site, object }) => [
    ...new Set(subjects.get(roleKey(site, `${object.kind} ${object.metadata.name}`, object))?.map(withoutSecrets)),
  ];
}

/** What is found about roles, with those whom each is bound to: on the later side, or on the former where the role goes. */
export function foundOfRoles(
  comparison: Comparison,
  pairs: readonly Pair[],
  find: (pair: Pair) => readonly SecurityFound[],
): SecurityFound[] {
  const found = pairs.map((pair) => ({ pair, all: find(pair) })).filter(({ all }) => all.length > 0);
  if (found.length === 0) return [];
  const [before, after] = [subjectsOn(comparison, "before"), subjectsOn(comparison, "after")];
  return found.flatMap(({ pair, all }) => {
    const bound = pair.after ? after(pair.after) : pair.before ? before(pair.before) : [];
    return bound.length === 0 ? all : all.map((one) => ({ ...one, bound }));
  });
}
