import { texts, valueAt, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { addressesOf, addressText, isEmpty, without } from "./addresses";
import { choiceOf, choiceText, newlyChosen } from "./choice";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { instead, may, whole } from "./words";

const addresses = (pool: ApiObject) => addressesOf(texts(valueAt(pool.spec, "addresses")));
const allocation = (pool: ApiObject, field: string) => valueAt(pool.spec, "serviceAllocation", field);
const namespaces = (pool: ApiObject) => choiceOf(allocation(pool, "namespaces"), allocation(pool, "namespaceSelectors"));
const services = (pool: ApiObject) => choiceOf(undefined, allocation(pool, "serviceSelectors"));
const givesUnasked = (pool: ApiObject): boolean => valueAt(pool.spec, "autoAssign") !== false;

/** Whose services a pool serves. */
export function servedBy(pool: ApiObject): string {
  const [of, which] = [choiceText(namespaces(pool), "namespace"), services(pool).some(({ length }) => length === 0)];
  return which ? of : `${choiceText(services(pool), "service")} in ${of}`;
}

/** The addresses of a pool, in words. */
export const pooled = (pool: ApiObject): string => addressText(addresses(pool));

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  if (!tight) return [`${whole(tight, direction)}services in ${servedBy(loose)} ${may(direction)} have the addresses ${pooled(loose)}`];
  const extra = without(addresses(loose), addresses(tight));
  const [inNamespaces, ofServices] = [newlyChosen(namespaces(tight), namespaces(loose)), newlyChosen(services(tight), services(loose))];
  return [
    ...(isEmpty(extra)
      ? []
      : [`services in ${servedBy(loose)} ${may(direction)} have the addresses ${addressText(extra)}${instead(pooled(tight), direction)}`]),
    ...(inNamespaces.length === 0
      ? []
      : [
          `services in ${choiceText(inNamespaces, "namespace")} ${may(direction)} have the addresses ${pooled(loose)}${instead(choiceText(namespaces(tight), "namespace"), direction)}`,
        ]),
    ...(ofServices.length === 0
      ? []
      : [
          `${choiceText(ofServices, "service")} ${may(direction)} have the addresses ${pooled(loose)}${instead(choiceText(services(tight), "service"), direction)}`,
        ]),
    ...(givesUnasked(loose) && !givesUnasked(tight)
      ? [`${direction === "widens" ? "gives" : "no longer gives"} its addresses to services that do not ask for it`]
      : []),
  ];
};

/** Public addresses, and whose services may have them. */
export const addressPool: SecurityRule = {
  name: "address-pool",
  why: "Who has a messenger's public address can take its users' traffic; to MetalLB an empty list of namespaces means every one.",
  find: (comparison) => singlePairsOf(comparison, "IPAddressPool").flatMap(bothWays(say)),
};
