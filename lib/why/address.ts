/** An address or a prefix as somebody asks for it: whose it is and how many its holder needs, or that it is free. */
import { holderName, holderOf, poolHolder } from "../allocation/grant";
import { addressKind, type SiteNeed } from "../allocation/need";
import { several } from "../allocation/words";
import type { Ground } from "../diff/ground";
import type { Messenger } from "../request/messenger";
import { contains, parsePrefix } from "../request/prefix";
import type { Path } from "../request/source";
import { estatePlace, lockPlace, valueAt, type Reason } from "./reason";
import { serverSubject } from "./server";
import { placingKeys, type Subject } from "./subject";

function isIn(text: string, prefix: string): boolean {
  try {
    return contains(parsePrefix(prefix), parsePrefix(text.includes("/") ? text : `${text}/32`));
  } catch {
    return false;
  }
}

const names = {
  vips: "public addresses of services",
  egress: "public addresses of outgoing traffic",
  private: "private addresses",
} as const;
type Section = keyof typeof names;

/** The default for a kind of addresses, and the line of the estate that states it; the toolkit's own where none does. */
function byDefault(ground: Ground, section: Section, path: Path, what: string, whose = ""): Reason {
  const isWritten = valueAt(ground.estateSource(), ["addresses", section]) !== undefined;
  return isWritten
    ? { what: `${what}: the estate's default${whose}`, place: estatePlace(ground, ["addresses", ...path]) }
    : { what: `${what}: the toolkit's default${whose}, as no file says how many` };
}

function serversOf({ lock }: Ground, holder: string, site: string): number {
  return Object.values(lock.sites[site]?.servers ?? {}).filter((line) => holderOf(line) === holder).length;
}

function privateByDefault(ground: Ground, holder: string, site: string): Reason {
  const { base, perServer } = ground.estate.addresses.private;
  const servers = serversOf(ground, holder, site);
  const sum = servers > 0 ? `, ${String(base)} and ${String(perServer)} for each of its ${several(servers, "server")}` : "";
  return byDefault(ground, "private", ["private"], `it gets ${String(base + perServer * servers)} ${names.private} there${sum}`);
}

/** How many a messenger needs, and whether its file says so or a default does. */
function needed(ground: Ground, section: Section, need: SiteNeed, { messenger, network, needs }: Messenger): Reason | undefined {
  const { site } = need;
  const own = network[section];
  if (own !== undefined) return { what: `it needs ${String(own)} ${names[section]} there, as its file says` };
  if (section === "private") return need.network ? privateByDefault(ground, messenger, site) : undefined;
  if (need[section] === 0) return undefined;
  const kind = addressKind({ needs });
  const whose = kind === "own" ? " with own servers in a cluster" : " without own servers in a cluster";
  return byDefault(ground, section, [section, kind], `it needs ${String(need[section])} ${names[section]} there`, whose);
}

/** The address or prefix; `undefined` where no site of the estate has it. */
export function addressSubject(ground: Ground, text: string): Subject | undefined {
  if (!/^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text)) return undefined;
  const { lock, estate } = ground;
  for (const [site, lines] of Object.entries(lock.sites)) {
    const server = Object.entries(lines.servers).find(([, { address }]) => address === text)?.[0];
    const held = server === undefined ? undefined : serverSubject(ground, server);
    if (held) return { ...held, what: `${text} is the address of a server: ${held.what}` };
    for (const section of ["vips", "egress", "private"] as const)
      for (const [prefix, line] of Object.entries(lines[section])) {
        if (!isIn(text, prefix)) continue;
        const holder = holderOf(line);
        const servers = section === "egress" ? (lines.egress[prefix]?.servers ?? []) : [];
        return {
          what: `${text === prefix ? `${prefix} has the` : `${text} is in ${prefix},`} ${names[section]} of ${holderName(holder)} at ${site}${servers.length > 0 ? `; they lie on ${servers.join(", ")}` : ""}`,
          place: lockPlace(ground, ["sites", site, section, prefix]),
          facts: holder === poolHolder ? [privateByDefault(ground, holder, site)] : [],
          holder,
          site,
          because: (need, messenger) => needed(ground, section, need, messenger),
          keys: [["network", section], ...placingKeys],
        };
      }
    for (const [prefix, { from, until }] of Object.entries(lines.quarantine.prefixes))
      if (isIn(text, prefix))
        return {
          what: `${text} is in ${prefix}, which rests at ${site} until ${until}; ${holderName(from)} held it`,
          place: lockPlace(ground, ["sites", site, "quarantine", "prefixes", prefix]),
          site,
          keys: [],
        };
  }
  for (const [site, { public: publics, private: supernet }] of Object.entries(estate.sites))
    for (const [index, prefix] of [...publics, supernet].entries())
      if (isIn(text, prefix))
        return {
          what: `${text} is in ${prefix} of ${site}, and nobody holds it`,
          place: estatePlace(ground, ["sites", site, ...(index < publics.length ? ["public", index] : ["private"])]),
          site,
          keys: [],
        };
  return undefined;
}
