/** Checks the racks of a site: class, power, pool, switches, and that no two servers get one name. */
import type { Estate, Site } from "../estate";
import type { Finding, Path } from "../source";
import { oneOf } from "./known";

/** What is wrong with the racks of one site. */
export function* checkRacks(estate: Estate, name: string, site: Site): Generator<Finding> {
  const switches = new Map<string | number, string>();
  for (const [rack, { class: kind, servers, power, pool, switch: device }] of Object.entries(site.racks)) {
    const path: Path = ["sites", name, "racks", rack];
    const where = path.join(".");
    const serverClass = Object.hasOwn(estate.classes, kind) ? estate.classes[kind] : undefined;
    if (!serverClass) {
      yield* oneOf([...path, "class"], "class", kind, estate.classes);
    } else {
      const drawn = servers * serverClass.power;
      if (drawn > power) {
        const fit = Math.floor(power / serverClass.power);
        yield {
          path: [...path, "power"],
          message: `${where}: ${servers} servers of class ${kind} draw ${drawn} W, the rack has ${power} W; at most ${fit} of them fit`,
        };
      }
      if (pool && !serverClass.serves.includes("all")) {
        yield {
          path: [...path, "class"],
          message: `${where}: a rack of the pool needs a class that serves all; ${kind} serves ${serverClass.serves.join(", ")}`,
        };
      }
    }
    for (const [key, value] of Object.entries(device)) {
      const other = switches.get(value);
      if (other !== undefined)
        yield { path: [...path, "switch", key], message: `${where}: the switch of ${other} has the ${key} ${value} too; each has its own` };
      switches.set(value, rack);
    }
  }
}

/** Site a-b with rack c and site a with rack b-c would name their servers alike. */
export function* checkServerNames({ sites }: Estate): Generator<Finding> {
  const seen = new Map<string, Path>();
  for (const [site, { racks }] of Object.entries(sites)) {
    for (const rack of Object.keys(racks)) {
      const other = seen.get(`${site}-${rack}`);
      const path = ["sites", site, "racks", rack];
      if (other)
        yield { path, at: "key", message: `${path.join(".")}: its servers would be named as those of ${other.join(".")}; rename the rack` };
      seen.set(`${site}-${rack}`, path);
    }
  }
}
