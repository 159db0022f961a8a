import { addressOf, parsePrefix } from "../request/prefix";
import { objects, texts, valueAt } from "../manifests/apiObject";
import type { Json } from "../manifests/apiObject";
import type { PlacedObject, Rule } from "./rule";

type Addressed = readonly (readonly [field: string, addresses: readonly string[]])[];

const text = (value: Json | undefined): string[] => (typeof value === "string" ? [value] : []);

/** Where each kind names public addresses. */
const fields: Readonly<Record<string, (object: PlacedObject["object"]) => Addressed>> = {
  IPAddressPool: ({ spec }) => [["spec.addresses", texts(valueAt(spec, "addresses"))]],
  CiliumEgressGatewayPolicy: ({ spec }) => [
    ["spec.egressGateway.egressIP", text(valueAt(spec, "egressGateway", "egressIP"))],
    ...objects(valueAt(spec, "egressGateways")).map(
      (gateway, index) => [`spec.egressGateways[${index}].egressIP`, text(gateway.egressIP)] as const,
    ),
  ],
  Service: ({ spec }) => [
    ["spec.externalIPs", texts(valueAt(spec, "externalIPs"))],
    ["spec.loadBalancerIP", text(valueAt(spec, "loadBalancerIP"))],
  ],
};

/** The first and last address of `a.b.c.d`, `a.b.c.d/n` or `a.b.c.d-e.f.g.h`; `undefined` for anything else. */
function rangeOf(addresses: string): readonly [first: number, last: number] | undefined {
  const [first = "", last = first] = addresses.split("-");
  if (![first, last].every((part) => /^\d{1,3}(\.\d{1,3}){3}(\/\d{1,2})?$/.test(part))) return undefined;
  if (!first.includes("/")) return [addressOf(first), addressOf(last)];
  const { start, size } = parsePrefix(first);
  return [start, start + size - 1];
}

/** Public addresses are the site's own. */
export const noForeignAddress: Rule = {
  name: "no-foreign-address",
  protects: "Other people's addresses: a site that announces a prefix which is not its own takes that prefix's traffic away.",
  check: (tree) =>
    Object.entries(fields).flatMap(([kind, read]) =>
      tree.ofKind(kind).flatMap((at) => {
        const prefixes = tree.estate.sites[at.site]?.public ?? [];
        const isOwn = (addresses: string): boolean => {
          const range = rangeOf(addresses);
          return prefixes.map(parsePrefix).some(({ start, size }) => range && range[0] >= start && range[1] < start + size);
        };
        return read(at.object).flatMap(([field, addresses]) =>
          addresses
            .filter((each) => !isOwn(each))
            .map((each) => ({
              at,
              field,
              what: `${each} is not in the public prefixes of ${at.site} (${prefixes.join(", ")})`,
              remedy: "use an address of the site, or add the prefix to the site in estate.yaml",
            })),
        );
      }),
    ),
};
