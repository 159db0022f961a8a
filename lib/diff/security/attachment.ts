import { isObject, objects, texts, valueAt, type ApiObject, type Json, type JsonObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { addressesOf, addressText, isEmpty, together, without, type AddressSet } from "./addresses";
import { ordered } from "./ordered";
import { bothWays, foundIn, singlePairsOf, type Pair, type Say, type SecurityFound } from "./pair";
import { instead, may, whole } from "./words";

interface Network {
  /** The interface of the node that it is on, by which its VLAN is known. */
  readonly link: string;
  readonly addresses: AddressSet;
  /** All else that it says. */
  readonly rest: string;
}

function parsed(text: Json | undefined): JsonObject | undefined {
  try {
    const value = JSON.parse(typeof text === "string" ? text : "") as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const ranged = ["ipRanges", "range", "exclude"];

function rangesOf(ipam: Json | undefined): AddressSet {
  const single = isObject(ipam) && ipam.range !== undefined ? [ipam] : [];
  return together(
    ...[...objects(valueAt(ipam, "ipRanges")), ...single].map(({ range, exclude }) => addressesOf(texts([range ?? null]), texts(exclude))),
  );
}

function networkOf(attachment: ApiObject): Network | undefined {
  const config = parsed(valueAt(attachment.spec, "config"));
  if (!config) return undefined;
  const { master = null, vlan, vlanId, ipam, ...rest } = config;
  const tag = vlan ?? vlanId;
  const link = `${texts([master]).join("") || "no interface"}${tag === undefined ? "" : ` with VLAN ${ordered(tag)}`}`;
  const restOfIpam = Object.fromEntries(Object.entries(isObject(ipam) ? ipam : {}).filter(([key]) => !ranged.includes(key)));
  return { link, addresses: rangesOf(ipam), rest: ordered({ ...rest, ipam: restOfIpam }) };
}

/** `bond0.1002 with 10.64.19.0/26`. */
export function networkText(attachment: ApiObject): string {
  const network = networkOf(attachment);
  if (!network) return "a network whose config cannot be read";
  return `${network.link} with ${isEmpty(network.addresses) ? "addresses of its own choice" : addressText(network.addresses)}`;
}

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const who = `pods in ${loose.metadata.namespace ?? "its namespace"} ${may(direction)}`;
  if (!tight) return [`${whole(tight, direction)}${who} join ${networkText(loose)}`];
  const [had, has] = [networkOf(tight), networkOf(loose)];
  if (!had || !has) return [];
  if (had.link !== has.link) return [`${who} join ${networkText(loose)}${instead(networkText(tight), direction)}`];
  const extra = without(has.addresses, had.addresses);
  return isEmpty(extra) ? [] : [`${who} have ${addressText(extra)} on ${has.link}${instead(addressText(had.addresses), direction)}`];
};

function unjudged(pair: Pair): SecurityFound[] {
  const [before, after] = [pair.before?.object, pair.after?.object];
  if (!before || !after) return [];
  const [had, has] = [before, after].map((one) => networkOf(one)?.rest ?? ordered(valueAt(one.spec, "config")));
  return had === has ? [] : foundIn(pair, "widens", `config changed, which cannot be judged; read it: ${had ?? ""} -> ${has ?? ""}`);
}

/** The networks that pods may ask for beside the cluster's. */
export const attachment: SecurityRule = {
  name: "attachment",
  why: "Network policies do not hold on these networks: a pod on another's VLAN or with its address is among its servers.",
  find: (comparison) =>
    singlePairsOf(comparison, "NetworkAttachmentDefinition").flatMap((pair) => [...bothWays(say)(pair), ...unjudged(pair)]),
};
