/** What a name stands for, by the names that people know. */
import type { Ground } from "../diff/ground";
import { addressSubject } from "./address";
import { grantSubjects } from "./grant";
import { rackSubject } from "./rack";
import { serverSubject } from "./server";
import { siteSubject } from "./site";
import type { Subject } from "./subject";
import { vlanSubjects } from "./vlan";

/** What a name stands for; nothing where no server, network, rack, site or messenger has it. */
export function subjectsOf(ground: Ground, thing: string): Subject[] {
  const one = serverSubject(ground, thing) ?? addressSubject(ground, thing) ?? rackSubject(ground, thing) ?? siteSubject(ground, thing);
  if (one) return [one];
  const vlans = vlanSubjects(ground, thing);
  return vlans.length > 0 ? vlans : grantSubjects(ground, thing);
}
