/** Checks the lock's prefixes and addresses: inside the site's networks, apart from each other, each server's in its holder's. */
import type { Estate } from "../estate";
import type { LockHolder, LockSite } from "../lock";
import { canonical, contains, hasHostBits, numberOf, overlaps, rangeOf, type Range } from "../prefix";
import type { Finding, Path } from "../source";

/** A messenger's id, or true for the pool, which may not be taken for a messenger called pool. */
type Holder = string | true | undefined;

interface Prefix {
  readonly path: Path;
  readonly text: string;
  readonly range: Range;
  /** Nothing in quarantine. */
  readonly holder: Holder;
}

/** What is wrong with the prefixes and addresses of one site. */
export function* checkLockPrefixes(path: Path, name: string, site: LockSite, estate: Estate): Generator<Finding> {
  const inside = estate.sites[name];
  if (!inside) return;
  const [supernet, announced] = [rangeOf(inside.private), inside.public.map(rangeOf)];
  const read = (section: string, lines: Readonly<Record<string, LockHolder>>) =>
    Object.entries(lines).map(([text, holder]): Prefix => ({
      path: [...path, section, text],
      text,
      range: rangeOf(text),
      holder: holderOf(holder),
    }));
  const privates = read("private", site.private);
  const publics = [...read("vips", site.vips), ...read("egress", site.egress)];
  const resting = Object.keys(site.quarantine.prefixes).map((text): Prefix => ({
    path: [...path, "quarantine", "prefixes", text],
    text,
    range: rangeOf(text),
    holder: undefined,
  }));
  for (const { path: at, text, range } of [...privates, ...publics, ...resting]) {
    if (hasHostBits(text)) yield { path: at, at: "key", message: `${text} has host bits; did you mean ${canonical(text)}?` };
    const section = at[2];
    const home = section === "private" ? [supernet] : section === "quarantine" ? [supernet, ...announced] : announced;
    if (!home.some((network) => contains(network, range))) {
      const networks =
        section === "private" ? [inside.private] : section === "quarantine" ? [inside.private, ...inside.public] : inside.public;
      yield { path: at, at: "key", message: `${text} is not of ${name}, which has ${networks.join(", ")}` };
    }
  }
  for (const [one, other] of overlaps([...privates, ...publics, ...resting])) {
    yield {
      path: other.path,
      at: "key",
      message: `${other.text} overlaps ${one.text} (${one.path.slice(2, -1).join(".")}); an address has one holder`,
    };
  }
  yield* checkAddresses(path, site, privates);
  yield* checkEgressServers(path, site);
}

function holderOf({ messenger, pool }: LockHolder): Holder {
  return pool ?? messenger;
}

function* checkAddresses(path: Path, site: LockSite, privates: readonly Prefix[]): Generator<Finding> {
  const homes = new Map<Holder, Range[]>();
  for (const { holder, range } of privates) homes.set(holder, [...(homes.get(holder) ?? []), range]);
  const seen = new Map<number, string>();
  const addressOf = (server: string): Path => [...path, "servers", server, "address"];
  for (const [server, line] of Object.entries(site.servers)) {
    const number = numberOf(line.address);
    const other = seen.get(number);
    if (other !== undefined) yield { path: addressOf(server), message: `${server}: ${other} has the address ${line.address} too` };
    seen.set(number, server);
    const home = homes.get(holderOf(line))?.some(({ first, last }) => first <= number && number <= last);
    if (!home) yield { path: addressOf(server), message: `${server}: ${line.address} lies in no private prefix of its holder` };
  }
}

function* checkEgressServers(path: Path, site: LockSite): Generator<Finding> {
  for (const [prefix, { messenger, servers }] of Object.entries(site.egress)) {
    for (const [index, server] of servers.entries()) {
      const line = Object.hasOwn(site.servers, server) ? site.servers[server] : undefined;
      if (line?.messenger === messenger || line?.pool) continue;
      const holder = line ? `held by ${line.messenger ?? "nobody"}` : "not held";
      yield {
        path: [...path, "egress", prefix, "servers", index],
        message: `${prefix}: ${server} is ${holder}; expected a server of ${messenger} or of the pool`,
      };
    }
  }
}
