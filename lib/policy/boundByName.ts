import { isObject, objects, texts, valueAt } from "../manifests/apiObject";
import type { Json } from "../manifests/apiObject";
import type { Breach, PlacedObject, Rule, Tree } from "./rule";

/** A selector that matches by at least one label. */
const selects = (selector: Json): boolean =>
  isObject(selector) &&
  [selector.matchLabels, selector.matchExpressions].some((part) => part !== undefined && !["{}", "[]"].includes(JSON.stringify(part)));

function ofPool(at: PlacedObject): Breach[] {
  const allocation = valueAt(at.object.spec, "serviceAllocation");
  const breaches: Breach[] = [];
  if (texts(valueAt(allocation, "namespaces")).length === 0)
    breaches.push({
      at,
      field: "spec.serviceAllocation.namespaces",
      what: "names no namespace, which means every one",
      remedy: "name the messenger's namespace",
    });
  // Selectors add to the named namespaces; they do not narrow them.
  if (valueAt(allocation, "namespaceSelectors") !== undefined)
    breaches.push({
      at,
      field: "spec.serviceAllocation.namespaceSelectors",
      what: "lets namespaces in by their labels",
      remedy: "name the messenger's namespace instead",
    });
  return breaches;
}

function ofAdvertisement(at: PlacedObject, pools: ReadonlySet<string>): Breach[] {
  const { spec } = at.object;
  const named = texts(valueAt(spec, "ipAddressPools"));
  const nodes = objects(valueAt(spec, "nodeSelectors"));
  const breaches: Breach[] = [];
  if (named.length === 0)
    breaches.push({ at, field: "spec.ipAddressPools", what: "names no pool, which means every one", remedy: "name the messenger's pool" });
  for (const pool of named.filter((each) => !pools.has(`${at.site} ${each}`)))
    breaches.push({
      at,
      field: "spec.ipAddressPools",
      what: `names the pool ${pool}, which no stack of the site makes`,
      remedy: "name a pool that is there",
    });
  if (valueAt(spec, "ipAddressPoolSelectors") !== undefined)
    breaches.push({ at, field: "spec.ipAddressPoolSelectors", what: "lets pools in by their labels", remedy: "name the pools instead" });
  if (at.object.kind === "BGPAdvertisement" && texts(valueAt(spec, "peers")).length === 0)
    breaches.push({
      at,
      field: "spec.peers",
      what: "names no peer, which means every rack's switch",
      remedy: "name the peers of the holder's racks",
    });
  if (nodes.length === 0 || !nodes.every(selects))
    breaches.push({
      at,
      field: "spec.nodeSelectors",
      what: "lets every node announce",
      remedy: "select the holder's nodes by their label",
    });
  return breaches;
}

function check(tree: Tree): Breach[] {
  const pools = new Set(tree.ofKind("IPAddressPool").map(({ site, object }) => `${site} ${object.metadata.name}`));
  const advertisements = [...tree.ofKind("BGPAdvertisement"), ...tree.ofKind("L2Advertisement")];
  return [...tree.ofKind("IPAddressPool").flatMap(ofPool), ...advertisements.flatMap((at) => ofAdvertisement(at, pools))];
}

/** Every pool names the namespaces that it serves, every advertisement its pools, peers and nodes. */
export const boundByName: Rule = {
  name: "bound-by-name",
  protects: "One messenger's addresses and racks from another's traffic: to MetalLB an empty list means all.",
  across: ["IPAddressPool", "BGPAdvertisement", "L2Advertisement"],
  check,
};
