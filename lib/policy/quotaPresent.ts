import { isObject, texts, valueAt } from "../manifests/apiObject";
import { messengerNamespaces } from "./messengerNamespaces";
import type { Rule } from "./rule";

/** What a messenger could otherwise take from its neighbours. */
const bounded = ["requests.cpu", "requests.memory", "requests.storage", "services.loadbalancers", "services.nodeports"];

/** Every messenger's namespace has a quota of what the site's messengers share. */
export const quotaPresent: Rule = {
  name: "quota-present",
  protects: "The other messengers' share of the site: without a quota one messenger's rush takes what was promised to others.",
  check: (tree) =>
    messengerNamespaces(tree).flatMap((at) => {
      // A quota with scopes counts some pods only.
      const whole = tree
        .inNamespace(at, "ResourceQuota")
        .filter(({ object: { spec } }) => texts(valueAt(spec, "scopes")).length === 0 && valueAt(spec, "scopeSelector") === undefined);
      const limits = new Set(whole.flatMap(({ object: { spec } }) => Object.keys(valueAt(spec, "hard") ?? {})));
      const missing = bounded.filter((name) => !limits.has(name));
      if (missing.length === 0) return [];
      const what = `the namespace ${at.object.metadata.name} has no quota of ${missing.join(", ")}`;
      return {
        at: whole.find(({ object }) => isObject(object.spec)) ?? at,
        field: "spec.hard",
        what,
        remedy: "name each in the hard limits of a ResourceQuota without scopes",
      };
    }),
};
