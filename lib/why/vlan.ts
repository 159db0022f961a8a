/** A VLAN as somebody asks for it: who holds it, until when it rests, or that it is free. */
import { holderName, holderOf, poolHolder } from "../allocation/grant";
import type { Ground } from "../diff/ground";
import { estatePlace, lockPlace } from "./reason";
import { placingKeys, type Subject } from "./subject";

/** `1008`, `VLAN 1008`, `thr1/1008`, `VLAN 1008 at thr1`. */
const pattern = /^(?:(?<before>[a-z][\w-]*)\/)?(?:vlan[ /-]?)?(?<vlan>[1-9]\d{0,3})(?: at (?<after>[a-z][\w-]*))?$/i;

/** The VLANs of this number, one a site: those that are held or rest, or else those that nobody holds; none beyond the sites' ranges. */
export function vlanSubjects(ground: Ground, text: string): Subject[] {
  const { estate, lock } = ground;
  const { before, vlan = "", after } = pattern.exec(text)?.groups ?? {};
  if (vlan === "") return [];
  const site = after ?? (before?.toLowerCase() === "vlan" ? undefined : before);
  const sites = Object.keys(estate.sites).filter((name) => site === undefined || name === site);
  const taken = sites.flatMap((name): Subject[] => {
    const line = lock.sites[name]?.vlans[vlan];
    const resting = lock.sites[name]?.quarantine.vlans[vlan];
    if (line) {
      const holder = holderOf(line);
      return [
        {
          what: `VLAN ${vlan} at ${name} is ${holderName(holder)}'s`,
          place: lockPlace(ground, ["sites", name, "vlans", vlan]),
          facts: [
            {
              what:
                holder === poolHolder
                  ? "the pool has one VLAN at each site where it has servers"
                  : "whoever has servers or a network of its own has one VLAN at each of its sites",
            },
          ],
          holder,
          site: name,
          keys: placingKeys,
        },
      ];
    }
    if (!resting) return [];
    return [
      {
        what: `VLAN ${vlan} rests at ${name} until ${resting.until}; ${holderName(resting.from)} held it`,
        place: lockPlace(ground, ["sites", name, "quarantine", "vlans", vlan]),
        site: name,
        keys: [],
      },
    ];
  });
  if (taken.length > 0) return taken;
  return sites.flatMap((name): Subject[] => {
    const { first = 0, last = -1 } = estate.sites[name]?.vlans ?? {};
    if (Number(vlan) < first || Number(vlan) > last) return [];
    return [
      {
        what: `VLAN ${vlan} is in the range ${String(first)}-${String(last)} of ${name}, and nobody holds it`,
        place: estatePlace(ground, ["sites", name, "vlans"]),
        site: name,
        keys: [],
      },
    ];
  });
}
