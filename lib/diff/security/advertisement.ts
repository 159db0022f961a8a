import { valueAt, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { choiceOf, choiceText, newlyChosen, type Choice } from "./choice";
import { bothWays, singlePairsOf, type Say } from "./pair";
import { instead, may, whole } from "./words";

interface Dimension {
  readonly noun: string;
  /** What stands before the choice. */
  readonly words: string;
  readonly names?: string;
  readonly selectors?: string;
  /** The kind that knows it. @default both */
  readonly kind?: string;
}

const fromNodes: Dimension = { noun: "node", words: "from ", selectors: "nodeSelectors" };
const dimensions: readonly Dimension[] = [
  { noun: "pool", words: "", names: "ipAddressPools", selectors: "ipAddressPoolSelectors" },
  { noun: "peer", words: "to ", names: "peers", kind: "BGPAdvertisement" },
  fromNodes,
  { noun: "interface", words: "on ", names: "interfaces", kind: "L2Advertisement" },
];

function choice({ spec }: ApiObject, { names, selectors }: Dimension): Choice {
  return choiceOf(names && valueAt(spec, names), selectors && valueAt(spec, selectors));
}

const known = (kind: string): Dimension[] => dimensions.filter((one) => one.kind === undefined || one.kind === kind);

/** What an advertisement leaves unnamed, which means everything: `EVERY pool to EVERY peer`; nothing where it names all. */
export function unboundedIn(object: ApiObject): string {
  return known(object.kind)
    .filter((one) => choice(object, one).some(({ length }) => length === 0))
    .map((one) => `${one.words}EVERY ${one.noun}`)
    .join(" ");
}

/** Whether the same nodes announce to one more named switch, as when a holder grows into another rack. */
function isOwnGrowth(tight: ApiObject, loose: ApiObject, extra: Choice): boolean {
  if (extra.some(({ length }) => length === 0)) return false;
  const nodes = choice(loose, fromNodes);
  return nodes.every(({ length }) => length > 0) && JSON.stringify(nodes) === JSON.stringify(choice(tight, fromNodes));
}

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const all = (of: ApiObject): string =>
    known(loose.kind)
      .map((one) => `${one.words}${choiceText(choice(of, one), one.noun)}`)
      .join(" ");
  if (!tight) return [`${whole(tight, direction)}${may(direction)} announce ${all(loose)}`];
  return known(loose.kind).flatMap((one) => {
    const extra = newlyChosen(choice(tight, one), choice(loose, one));
    if (extra.length === 0 || (one.noun === "peer" && isOwnGrowth(tight, loose, extra))) return [];
    return [
      `${may(direction)} announce ${one.words}${choiceText(extra, one.noun)}${instead(choiceText(choice(tight, one), one.noun), direction)}`,
    ];
  });
};

/** Which addresses are announced, to whom and from where. */
export const advertisement: SecurityRule = {
  name: "advertisement",
  why: "Traffic goes to the nodes that announce an address: to MetalLB an empty list of pools, peers or nodes means all, other messengers' included.",
  find: (comparison) => singlePairsOf(comparison, "BGPAdvertisement", "L2Advertisement").flatMap(bothWays(say)),
};
