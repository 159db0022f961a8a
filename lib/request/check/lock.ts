/** Checks the lock against the estate and the messengers: every line stands for something that exists, and has one holder. */
import type { Estate } from "../estate";
import type { Lock, LockHolder, LockServer, LockSite } from "../lock";
import { serverOf } from "../server";
import type { Finding, Path } from "../source";
import { exampleServer, oneOf } from "./known";
import { checkLockPrefixes } from "./lockPrefixes";

/** The ids of all messengers that have a file, or `undefined` where only some files were read. */
export type KnownIds = Readonly<Record<string, unknown>> | undefined;

/** What is wrong with the lock's lines. */
export function* checkLock(lock: Lock, estate: Estate, ids: KnownIds): Generator<Finding> {
  for (const [name, site] of Object.entries(lock.sites)) {
    const path: Path = ["sites", name];
    if (!Object.hasOwn(estate.sites, name)) {
      yield* oneOf(path, "site", name, estate.sites);
      continue;
    }
    for (const [server, line] of Object.entries(site.servers)) {
      const found = checkServer(path, name, server, line, site, estate);
      if (found.length > 0) yield* found;
    }
    yield* checkVlans(path, name, site, estate);
    yield* checkLockPrefixes(path, name, site, estate);
    for (const [server] of Object.entries(site.quarantine.servers)) {
      const at = [...path, "quarantine", "servers", server];
      if (serverOf(estate, server)?.site !== name) yield noServer(at, server, name, estate);
      if (Object.hasOwn(site.servers, server)) yield { path: at, at: "key", message: `${server} is both held and in quarantine` };
    }
    if (ids) yield* checkHolders(path, site, ids);
  }
}

/** An array and no generator, and paths only where something is wrong: it is empty for nearly all of ten thousands of servers. */
function checkServer(path: Path, siteName: string, name: string, line: LockServer, site: LockSite, estate: Estate): Finding[] {
  const { messenger, pool, group, state, image, adopted, for: waits } = line;
  const found: Finding[] = [];
  const report = (message: string, ...keys: string[]) =>
    void found.push({ path: [...path, "servers", name, ...keys], message: `${name}: ${message}` });
  if (serverOf(estate, name)?.site !== siteName) found.push(noServer([...path, "servers", name], name, siteName, estate));
  if ((messenger === undefined) === (pool === undefined))
    report(`expected one holder, messenger or pool, got ${pool ? "both" : "neither"}`);
  if (pool && group !== "all") report(`a server of the pool serves all, not ${group}`, "group");
  if (image !== undefined && !Object.hasOwn(site.images, image)) report(`the image ${image} is not among this site's images`, "image");
  if (image !== undefined && adopted) report("an adopted server runs no image of ours; keep image or adopted", "image");
  const provisioned = state === "granted" || state === "draining" || state === "rolling";
  if (provisioned && image === undefined && !adopted) report(`a ${state} server runs an image, or is adopted; neither stands here`);
  if (state === "detached" && waits === undefined) report("a detached server says what it waits for, for: roll or erase");
  if (state !== "detached" && waits !== undefined) report(`only a detached server waits for something, and this one is ${state}`, "for");
  return found;
}

function noServer(path: Path, server: string, site: string, estate: Estate): Finding {
  return {
    path,
    at: "key",
    message: `${server} is no server of ${site}, ${exampleServer(estate, site)}; a rack keeps its servers in estate.yaml while the lock holds them`,
  };
}

function* checkVlans(path: Path, name: string, site: LockSite, { sites }: Estate): Generator<Finding> {
  const range = sites[name]?.vlans ?? { first: 0, last: 0 };
  const lines: [Path, string][] = [
    ...Object.keys(site.vlans).map((vlan): [Path, string] => [[...path, "vlans", vlan], vlan]),
    ...Object.keys(site.quarantine.vlans).map((vlan): [Path, string] => [[...path, "quarantine", "vlans", vlan], vlan]),
  ];
  for (const [at, vlan] of lines) {
    if (Number(vlan) < range.first || Number(vlan) > range.last) {
      yield { path: at, at: "key", message: `VLAN ${vlan} is not of ${name}, which has ${range.first}-${range.last}` };
    }
  }
  for (const vlan of Object.keys(site.quarantine.vlans).filter((held) => Object.hasOwn(site.vlans, held))) {
    yield { path: [...path, "quarantine", "vlans", vlan], at: "key", message: `VLAN ${vlan} is both held and in quarantine` };
  }
}

function* checkHolders(path: Path, site: LockSite, ids: Readonly<Record<string, unknown>>): Generator<Finding> {
  const { servers, vlans, private: prefixes, vips, egress, bandwidth, quotas, short } = site;
  const sections: Readonly<Record<string, Readonly<Record<string, LockHolder>>>> = { servers, vlans, private: prefixes, vips, egress };
  for (const [section, lines] of Object.entries(sections)) {
    for (const [resource, { messenger: holder }] of Object.entries(lines)) {
      if (holder !== undefined && !Object.hasOwn(ids, holder)) yield unknownHolder([...path, section, resource], holder);
    }
  }
  for (const [section, lines] of Object.entries({ bandwidth, quotas, short })) {
    for (const holder of Object.keys(lines)) if (!Object.hasOwn(ids, holder)) yield unknownHolder([...path, section, holder], holder);
  }
}

function unknownHolder(path: Path, holder: string): Finding {
  return {
    path,
    at: "key",
    message: `${String(path.at(-1))}: ${holder} has no file; bring messengers/${holder}.yaml back, release what it holds, and remove the file after that`,
  };
}
