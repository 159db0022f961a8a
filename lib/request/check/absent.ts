/** What a messenger that is to go still holds. */
import type { Lock, LockHolder } from "../lock";

/** Its servers, VLANs and prefixes in words, such as `3 servers and 1 VLAN`; `undefined` where it holds none. */
export function holdings({ sites }: Lock, id: string): string | undefined {
  const count = (section: "servers" | "vlans" | "private" | "vips" | "egress") =>
    Object.values(sites).reduce((sum, site) => sum + held(site[section], id), 0);
  const prefixes = count("private") + count("vips") + count("egress");
  const words = [several(count("servers"), "server"), several(count("vlans"), "VLAN"), several(prefixes, "prefix", "prefixes")].filter(
    Boolean,
  );
  return words.length > 0 ? words.join(" and ") : undefined;
}

function several(number: number, one: string, many = `${one}s`): string {
  return number === 0 ? "" : `${number} ${number === 1 ? one : many}`;
}

function held(lines: Readonly<Record<string, LockHolder>>, id: string): number {
  return Object.values(lines).filter(({ messenger }) => messenger === id).length;
}
