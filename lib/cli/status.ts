/** `status`: how held servers stand in their sites' clusters, and where that is otherwise than the lock says. */
import { holderOf, poolHolder } from "../allocation/grant";
import { several } from "../allocation/words";
import { byCodeUnit } from "../manifests/apiObject";
import type { LockServer } from "../request/lock";
import { InputError } from "../request/problem";
import { serverOf } from "../request/server";
import { section, serverNames } from "./allocatePage";
import { differences, type LiveServer, liveServers, wordsOf } from "./liveServers";
import { type LockRequest, readLocked } from "./lockVerb";
import { renderPage } from "../page/page";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** A server, as the lock and as its cluster has it; nobody holds one without a line. */
interface Seen {
  readonly name: string;
  readonly site: string;
  readonly line?: LockServer;
  readonly live: LiveServer;
  readonly differs: readonly string[];
}

/**
 * Shows the servers of the named messengers, of `pool`, at the named sites, or the named ones; all where nothing is named. Asks each
 * site's cluster by kubectl. Ends with 2 where a server is otherwise than the lock says.
 */
export async function run(names: string[], options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const request = readLocked(options, terminal);
  refuseUnknown(names, request);
  const seen = (await Promise.all(sitesOf(names, request).map((site) => look(site, request)))).flat().filter(isNamed(names));
  const wrong = seen.filter(({ differs }) => differs.length > 0);
  const { asOf } = request.lock;
  if (options.format === "json") terminal.out(JSON.stringify({ version: 1, asOf, hosts: seen.flatMap(hostOf) }, undefined, 2));
  else
    terminal.out(
      renderPage(
        [
          { heading: `Status of ${names.length > 0 ? names.join(", ") : "all servers"}`, level: 1 },
          { text: headline(seen.length, wrong.length) },
          ...section("Servers", standingSentences(seen)),
          ...section(
            "Otherwise than the lock says",
            wrong.map(({ name, differs }) => `${name}: ${differs.join("; ")}`),
          ),
        ],
        options.format,
      ),
    );
  return wrong.length > 0 ? 2 : 0;
}

function refuseUnknown(names: readonly string[], { estate, messengers }: LockRequest): void {
  const isKnown = (name: string): boolean =>
    name === poolHolder ||
    Object.hasOwn(estate.sites, name) ||
    messengers.some(({ messenger }) => messenger === name) ||
    serverOf(estate, name) !== undefined;
  const unknown = names.filter((name) => !isKnown(name));
  if (unknown.length > 0)
    throw new InputError(unknown.map((name) => ({ message: `${name} is no messenger, site or server, and not ${poolHolder}` })));
}

/** The sites whose clusters have to be asked. */
function sitesOf(names: readonly string[], { estate, lock }: LockRequest): string[] {
  return Object.keys(estate.sites)
    .sort(byCodeUnit)
    .filter((site) => {
      const servers = Object.values(lock.sites[site]?.servers ?? {});
      return (
        names.length === 0 ||
        names.some((name) => name === site || serverOf(estate, name)?.site === site || servers.some((line) => holderOf(line) === name))
      );
    });
}

const isNamed =
  (names: readonly string[]) =>
  ({ name, site, line }: Seen): boolean =>
    names.length === 0 || names.includes(name) || names.includes(site) || (line !== undefined && names.includes(holderOf(line)));

/** Every server of a site that the lock holds, and every other one that has a host there. */
async function look(site: string, { estate, lock, messengers }: LockRequest): Promise<Seen[]> {
  const bare = new Set(messengers.filter(({ needs }) => !needs.includes("cluster")).map(({ messenger }) => messenger));
  const { servers = {}, images = {} } = lock.sites[site] ?? {};
  const found = await liveServers(estate.sites[site]?.context ?? site);
  const hosts = [...found].flatMap(([name, { host }]) => (host ? [name] : []));
  return [...new Set([...Object.keys(servers), ...hosts])].sort().map((name) => {
    const line = Object.hasOwn(servers, name) ? servers[name] : undefined;
    const live = found.get(name) ?? {};
    const wanted = line && { line, joins: !bare.has(holderOf(line)), image: images[line.image ?? ""]?.url };
    return { name, site, ...(line && { line }), live, differs: differences(wanted, live) };
  });
}

/** What `roll --ready` reads; of a server without a host there is nothing to be read. */
function hostOf({ name, site, line, live: { host, node }, differs }: Seen): object[] {
  if (!host) return [];
  const { phase, runs } = host;
  const held = line ? { holder: holderOf(line), state: line.state } : {};
  const image = runs === "" ? {} : { image: runs };
  const ready = node ? { ready: node.isReady } : {};
  return [{ name, site, ...held, provisioning: phase || "new", ...image, ...ready, differences: differs }];
}

function headline(servers: number, wrong: number): string {
  const all = several(servers, "server");
  return wrong > 0 ? `${wrong} of ${all} ${wrong === 1 ? "is" : "are"} otherwise than the lock says.` : `${all}, as the lock says.`;
}

/** `kabk at thr1, granted: provisioned, node Ready: 4 servers (thr1-r05-s02, …)`. */
function standingSentences(seen: readonly Seen[]): string[] {
  const alike = new Map<string, string[]>();
  for (const { name, site, line, live } of seen) {
    const holder = !line ? "nobody" : line.pool ? "the pool" : holderOf(line);
    const key = `${holder} at ${site}${line ? `, ${line.state}` : ""}${line?.adopted ? ", adopted" : ""}: ${wordsOf(live)}`;
    alike.set(key, [...(alike.get(key) ?? []), name]);
  }
  return [...alike].map(([key, names]) => `${key}: ${several(names.length, "server")} (${serverNames(names)})`).sort(byCodeUnit);
}
