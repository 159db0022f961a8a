/** Checks that what is named after messengers, sites and racks never collapses to one name. */
import type { Estate } from "../estate";
import type { Messenger } from "../messenger";

/** A messenger's id that cannot be, and why. */
export interface BadId {
  readonly messenger: string;
  readonly message: string;
}

/** Words that name something else in stacks, namespaces, labels and commands. */
const reserved = ["all", "erasing", "estate", "messenger", "none", "pool", "site", "zirsakht"];

/** Ids that are reserved or are a site's. */
export function* checkId(id: string, estate: Estate): Generator<BadId> {
  if (reserved.includes(id))
    yield { messenger: id, message: `messenger: the id ${id} is reserved (${reserved.join(", ")}); choose another one` };
  if (Object.hasOwn(estate.sites, id)) yield { messenger: id, message: `messenger: ${id} is a site; choose another id` };
}

/**
 * Ids whose derived names meet another messenger's: stacks `<id>.<site>`, which cdktf strips of the dot in logical ids,
 * and the Secrets `<id>-<rack>-…` and `<id>-erasing` of all messengers in one namespace.
 */
export function* checkDerivedNames(messengers: readonly Pick<Messenger, "messenger" | "placement">[], estate: Estate): Generator<BadId> {
  const ids = new Set(messengers.map(({ messenger }) => messenger));
  const stacks = new Map<string, string>(Object.keys(estate.sites).map((site) => [`site${site}`, `site.${site}`]));
  for (const { messenger, placement } of messengers) {
    for (const site of Object.keys(placement.sites)) {
      const other = stacks.get(messenger + site);
      if (other !== undefined)
        yield {
          messenger,
          message: `messenger: the stacks ${messenger}.${site} and ${other} are one without their dots; choose another id`,
        };
      stacks.set(messenger + site, `${messenger}.${site}`);
    }
    for (let cut = messenger.indexOf("-"); cut > 0; cut = messenger.indexOf("-", cut + 1)) {
      const shorter = messenger.slice(0, cut);
      const rest = messenger.slice(cut + 1);
      if (!ids.has(shorter)) continue;
      if (rest === "erasing" || namesRack(rest, estate)) {
        yield {
          messenger,
          message: `messenger: objects of ${messenger} would be named as those that ${shorter} has for ${rest}; choose another id`,
        };
      }
    }
  }
}

/** Whether a rack is called `rest`, or `<rest>-` and the name of another rack of its site. */
function namesRack(rest: string, { sites }: Estate): boolean {
  return Object.values(sites).some(({ racks }) =>
    Object.keys(racks).some((rack) => rack === rest || (rack.startsWith(`${rest}-`) && Object.hasOwn(racks, rack.slice(rest.length + 1)))),
  );
}
