import { parse } from "yaml";
import { messengerLabel } from "../../cluster/labels";
import { poolHolder } from "../../allocation/grant";
import { isObject, valueAt, type ApiObject, type Json } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { bothWays, pairsOf, type Direction, type Say } from "./pair";
import { arrow, instead, may, whole } from "./words";

interface Identity {
  /** Whose pods select the node: the label `zirsakht.ir/messenger`. */
  readonly holder: string;
  /** By key and value, how much each keeps off. */
  readonly taints: ReadonlyMap<string, string>;
}

/** From the weakest. */
const effects = ["PreferNoSchedule", "NoSchedule", "NoExecute"];
const rank = (effect: string | undefined): number => (effect === undefined ? -1 : effects.indexOf(effect));

const parts = (text: Json | undefined): string[] => (typeof text === "string" ? text.split(",").filter((part) => part !== "") : []);

/** The identity that a Secret's metaData gives to nodes; nothing of other Secrets, and of hosts that do not join. */
function identityOf(secret: ApiObject | undefined): Identity | undefined {
  const data = valueAt(secret?.data, "metaData");
  if (typeof data !== "string") return undefined;
  let values: unknown;
  try {
    values = parse(Buffer.from(data, "base64").toString("utf8"));
  } catch {
    return undefined;
  }
  const { zirsakht_node_labels: labels, zirsakht_node_taints: taints } = isObject(values as Json)
    ? (values as Readonly<Record<string, Json>>)
    : {};
  if (labels === undefined && taints === undefined) return undefined;
  const holder = parts(labels).find((label) => label.startsWith(`${messengerLabel}=`));
  return {
    holder: holder?.slice(messengerLabel.length + 1) ?? "nobody",
    taints: new Map(parts(taints).map((taint) => [taint.slice(0, taint.lastIndexOf(":")), taint.slice(taint.lastIndexOf(":") + 1)])),
  };
}

/** What an identity of a holder has from its first day: the pool's nodes take all, others' only their own. */
function expected({ holder }: Identity): Identity {
  return { holder, taints: new Map(holder === poolHolder ? [] : [[`${messengerLabel}=${holder}`, "NoSchedule"]]) };
}

function untainted(tight: Identity, loose: Identity, direction: Direction): string[] {
  return [...tight.taints].flatMap(([taint, effect]) => {
    const other = loose.taints.get(taint);
    if (rank(other) >= rank(effect)) return [];
    const what = direction === "widens" ? "pods that do not tolerate it may be placed there" : "it keeps off pods that do not tolerate it";
    return [`nodes that join with it: taint ${taint}:${arrow(effect, other ?? "none", direction)}; ${what}`];
  });
}

const say: Say = (tight, loose, direction) => {
  const has = identityOf(loose);
  if (!has) return [];
  const had = identityOf(tight) ?? expected(has);
  const start = whole(tight, direction);
  return [
    ...untainted(had, has, direction).map((what) => `${start}${what}`),
    ...(had.holder === has.holder
      ? []
      : [`${start}pods of ${has.holder} ${may(direction)} run on nodes that join with it${instead(`pods of ${had.holder}`, direction)}`]),
  ];
};

/** What nodes say of themselves as they join: whose they are, and what keeps others off. */
export const nodeIdentity: SecurityRule = {
  name: "node-identity",
  why: "The taint alone keeps other messengers' pods off a messenger's own servers; it holds for nodes that join from then on.",
  find: (comparison) => pairsOf(comparison, "Secret").flatMap(bothWays(say)),
};
