/** Where no traffic to the outside goes: every network that is not the public internet's. */
import { parsePrefix } from "../request/prefix";
import type { Estate } from "../request/estate";

/** All of IPv4. */
export const everywhere = "0.0.0.0/0";

/** RFC 1918, RFC 6598 and RFC 3927: management controllers, switches and nodes live in these, whatever the estate's supernets are. */
const reserved = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

function contains(outer: string, inner: string): boolean {
  const [whole, part] = [parsePrefix(outer), parsePrefix(inner)];
  return whole.start <= part.start && part.start + part.size <= whole.start + whole.size;
}

/** The reserved networks and those private supernets of the estate that lie elsewhere, in order. */
export function privateNetworks(estate: Pick<Estate, "sites">): string[] {
  const supernets = Object.values(estate.sites).map((site) => site.private);
  const elsewhere = supernets.filter((supernet) => !reserved.some((network) => contains(network, supernet)));
  return [...new Set([...reserved, ...elsewhere])].sort((a, b) => parsePrefix(a).start - parsePrefix(b).start);
}
