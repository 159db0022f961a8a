/** Checks the lock's prefixes and addresses: inside the site's networks, apart from each other, each server's in its holder's. */
import type { Estate } from "../estate";
import type { LockHolder, LockSite } from "../lock";
import { addressOf, contains, formatPrefix, hasHostBits, overlapping, parsePrefix, type Prefix } from "../prefix";
import type { Finding, Path } from "../source";

/** A messenger's id, or true for the pool, which may not be taken for a messenger called pool. */
type Holder = string | true | undefined;

interface HeldPrefix {
  readonly path: Path;
  readonly text: string;
  readonly block: Prefix;
  /** Nothing in quarantine. */
  readonly holder: Holder;
}

/** What is wrong with the prefixes and addresses of one site. */
export function* checkLockPrefixes(path: Path, name: string, site: LockSite, estate: Estate): Generator<Finding> {
  const inside = estate.sites[name];
  if (!inside) return;
  const [supernet, announced] = [parsePrefix(inside.private), inside.public.map(parsePrefix)];
  const read = (section: string, lines: Readonly<Record<string, LockHolder>>) =>
    Object.entries(lines).map(([text, holder]): HeldPrefix => ({
      path: [...path, section, text],
      text,
      block: parsePrefix(text),
      holder: holderOf(holder),
    }));
  const privates = read("private", site.private);
  const publics = [...read("vips", site.vips), ...read("egress", site.egress)];
  const resting = Object.keys(site.quarantine.prefixes).map((text): HeldPrefix => ({
    path: [...path, "quarantine", "prefixes", text],
    text,
    block: parsePrefix(text),
    holder: undefined,
  }));
  for (const { path: at, text, block } of [...privates, ...publics, ...resting]) {
    if (hasHostBits(text))
      yield { path: at, at: "key", message: `${text} has host bits; did you mean ${formatPrefix(parsePrefix(text))}?` };
    const section = at[2];
    const home = section === "private" ? [supernet] : section === "quarantine" ? [supernet, ...announced] : announced;
    if (!home.some((network) => contains(network, block))) {
      const networks =
        section === "private" ? [inside.private] : section === "quarantine" ? [inside.private, ...inside.public] : inside.public;
      yield { path: at, at: "key", message: `${text} is not of ${name}, which has ${networks.join(", ")}` };
    }
  }
  for (const [one, other] of overlapping([...privates, ...publics, ...resting])) {
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

function* checkAddresses(path: Path, site: LockSite, privates: readonly HeldPrefix[]): Generator<Finding> {
  const homes = new Map<Holder, Prefix[]>();
  for (const { holder, block } of privates) homes.set(holder, [...(homes.get(holder) ?? []), block]);
  const seen = new Map<number, string>();
  const placeOf = (server: string): Path => [...path, "servers", server, "address"];
  for (const [server, line] of Object.entries(site.servers)) {
    const number = addressOf(line.address);
    const other = seen.get(number);
    if (other !== undefined) yield { path: placeOf(server), message: `${server}: ${other} has the address ${line.address} too` };
    seen.set(number, server);
    const home = homes.get(holderOf(line))?.some((block) => contains(block, { start: number, size: 1 }));
    if (!home) yield { path: placeOf(server), message: `${server}: ${line.address} lies in no private prefix of its holder` };
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
