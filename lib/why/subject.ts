/** What a question is about: a line of the lock, found by the name that people know. */
import { grantsOf, holderOf, poolHolder, type Grant } from "../allocation/grant";
import { describeNeed } from "../allocation/words";
import type { SiteNeed } from "../allocation/need";
import type { Ground } from "../diff/ground";
import type { Group } from "../request/estate";
import { contains, parsePrefix } from "../request/prefix";
import type { Path } from "../request/source";
import { serverOf } from "../request/server";
import type { Part } from "./influence";

/** A thing that somebody holds, or that nobody holds. */
export interface Subject {
  /** What it is, in a sentence without a full stop. */
  readonly what: string;
  /** Its line in the lock. @default it has none */
  readonly lockPath?: Path;
  /** Who holds it, and where. @default nobody does */
  readonly holder?: string;
  readonly site?: string;
  /** The need that it meets, in words. */
  readonly because?: (need: SiteNeed | undefined) => string | undefined;
  /** The figures of the need that moved it. @default it follows no figure */
  readonly part?: Part;
  /** What these figures are, in words. @default it follows no figure */
  readonly need?: string;
  /** Keys of the messenger's file that decide it beside its numbers. */
  readonly keys: readonly Path[];
}

const ofGroup =
  (group: Group): Part =>
  (need) => {
    const { share, nvmeGB = 0, objectGB = 0 } = need?.groups.get(group) ?? {};
    return share ? [share.usedMilliThreads, share.usedMemoryMiB, nvmeGB, objectGB, share.egressMbps] : [];
  };

/** The keys of a messenger's file that say what it has at all, and where. */
export const placingKeys: readonly Path[] = [["tier"], ["needs"], ["placement"]];

const ofServers = "the threads, memory, storage and bandwidth";

function serverSubject({ estate, lock }: Ground, name: string): Subject | undefined {
  const server = serverOf(estate, name);
  if (!server) return undefined;
  const { site, rack, class: serverClass } = server;
  const place = `a ${serverClass} in rack ${rack} of ${site}`;
  const line = lock.sites[site]?.servers[name];
  const resting = lock.sites[site]?.quarantine.servers[name];
  const out = estate.sites[site]?.outOfService[name];
  const broken = out === undefined ? "" : `; it is out of service: ${out}`;
  if (resting)
    return {
      what: `${name}, ${place}, rests until ${resting.until}; ${resting.from} held it${broken}`,
      lockPath: ["sites", site, "quarantine", "servers", name],
      site,
      keys: [],
    };
  if (!line) return { what: `${name}, ${place}, is free${broken}`, site, keys: [] };
  const holder = holderOf(line);
  const { group, state, since, image, address } = line;
  const runs = image === undefined ? "" : ` and runs ${image}`;
  return {
    what: `${name}, ${place}, is ${state}${state === "granted" ? " to" : ", held by"} ${holder === poolHolder ? "the pool" : `${holder}, group ${group},`} since ${since}${runs}; its address is ${address}${broken}`,
    lockPath: ["sites", site, "servers", name],
    holder,
    site,
    // What is on its way back serves no need any more.
    ...(state === "granted" && {
      because: (need: SiteNeed | undefined) => {
        const groupNeed = need?.groups.get(group);
        return groupNeed && `${holder} has the group ${group} there because ${describeNeed(groupNeed)}`;
      },
      part: ofGroup(group),
      need: `${ofServers} that ${holder} needs for its group ${group} at ${site}`,
    }),
    keys: placingKeys,
  };
}

function isIn(text: string, prefix: string): boolean {
  try {
    return contains(parsePrefix(prefix), parsePrefix(text.includes("/") ? text : `${text}/32`));
  } catch {
    return false;
  }
}

const sections = [
  ["vips", "public addresses of services", ["network", "vips"], (need: SiteNeed | undefined) => need?.vips],
  ["egress", "public addresses of outgoing traffic", ["network", "egress"], (need: SiteNeed | undefined) => need?.egress],
  ["private", "private addresses", ["network", "private"], (need: SiteNeed | undefined) => need?.privateAddresses(0)],
] as const;

function addressSubject(ground: Ground, text: string): Subject | undefined {
  if (!/^\d+\.\d+\.\d+\.\d+(\/\d+)?$/.test(text)) return undefined;
  const { lock, estate } = ground;
  for (const [site, lines] of Object.entries(lock.sites)) {
    const server = Object.entries(lines.servers).find(([, { address }]) => address === text)?.[0];
    const held = server === undefined ? undefined : serverSubject(ground, server);
    if (held) return { ...held, what: `${text} is the address of a server: ${held.what}` };
    for (const [section, name, key, figure] of sections)
      for (const [prefix, line] of Object.entries(lines[section])) {
        if (!isIn(text, prefix)) continue;
        const holder = holderOf(line);
        const servers = section === "egress" ? (lines.egress[prefix]?.servers ?? []) : [];
        return {
          what: `${text === prefix ? `${prefix} has the` : `${text} is in ${prefix},`} ${name} of ${holder === poolHolder ? "the pool" : holder} at ${site}${servers.length > 0 ? `; they lie on ${servers.join(", ")}` : ""}`,
          lockPath: ["sites", site, section, prefix],
          holder,
          site,
          because: (need) =>
            need && section !== "private"
              ? `it needs ${String(figure(need) ?? 0)} ${name} there, as its file says or else the estate's defaults`
              : need &&
                `its private addresses are the estate's base and so many for each server that it holds there, or what its file says`,
          keys: [key, ...placingKeys],
        };
      }
    for (const [prefix, { from, until }] of Object.entries(lines.quarantine.prefixes))
      if (isIn(text, prefix))
        return {
          what: `${text} is in ${prefix}, which rests at ${site} until ${until}; ${from} held it`,
          lockPath: ["sites", site, "quarantine", "prefixes", prefix],
          site,
          keys: [],
        };
  }
  for (const [site, { public: publics, private: supernet }] of Object.entries(estate.sites))
    for (const prefix of [...publics, supernet])
      if (isIn(text, prefix)) return { what: `${text} is in ${prefix} of ${site}, and nobody holds it`, site, keys: [] };
  return undefined;
}

function vlanSubject({ lock }: Ground, text: string): Subject | undefined {
  const [, named, vlan = ""] = /^(?:([a-z][\w-]*)\/)?(?:vlan[ /-]?)?(\d{1,4})$/.exec(text) ?? [];
  for (const [site, { vlans }] of Object.entries(lock.sites)) {
    const line = vlans[vlan];
    if (!line || (named !== undefined && named !== "vlan" && named !== site)) continue;
    const holder = holderOf(line);
    return {
      what: `VLAN ${vlan} at ${site} is ${holder === poolHolder ? "the pool's" : `${holder}'s`}`,
      lockPath: ["sites", site, "vlans", vlan],
      holder,
      site,
      because: () => "whoever has servers or a network of its own has one VLAN at each of its sites",
      keys: placingKeys,
    };
  }
  return undefined;
}

const list = (grant: Grant): string => {
  const groups = new Map<string, number>();
  for (const { group } of grant.servers) groups.set(group, (groups.get(group) ?? 0) + 1);
  const { quota, bandwidth } = grant;
  return [
    ...Array.from(groups, ([group, count]) => `${String(count)} ${group} servers`),
    ...(quota
      ? [
          `a quota of ${String(quota.cpu)} threads, ${String(quota.memoryGiB)} GiB, ${String(quota.nvmeTiB)} TiB NVMe, ${String(quota.objectTiB)} TiB objects`,
        ]
      : []),
    ...(bandwidth ? [`${String(bandwidth.egressMbps)} Mbit/s out and ${String(bandwidth.ingressMbps)} in`] : []),
    ...[...grant.vips, ...grant.egress.map(({ prefix }) => prefix), ...grant.private],
    ...grant.vlans.map((vlan) => `VLAN ${String(vlan)}`),
  ].join(", ");
};

/** A messenger, a stack of it, or its quota: everything that it holds, one subject a site. */
function grantSubjects({ estate, lock, messengers }: Ground, text: string): Subject[] {
  const [, first = text, named] = /^([^.]+)\.(.+)$/.exec(text) ?? [];
  // A site's stack makes what the pool holds there.
  const id = first === "site" ? poolHolder : first;
  if (id !== poolHolder && !messengers.some(({ messenger }) => messenger === id)) return [];
  return grantsOf(estate, lock)
    .filter(({ holder, site }) => holder === id && (named === undefined || named === site))
    .map((grant): Subject => {
      const { quota, site } = grant;
      const groups = [...new Set(grant.servers.map(({ group }) => group))];
      return {
        what: `${id === poolHolder ? "the pool" : id} holds at ${site}: ${list(grant)}`,
        lockPath: quota ? ["sites", site, "quotas", id] : ["sites", site],
        holder: id,
        site,
        part: (need) =>
          quota
            ? [need?.pool?.quota.cpu ?? 0, need?.pool?.quota.memoryGiB ?? 0, need?.bandwidth?.egressMbps ?? 0]
            : groups.flatMap((group) => ofGroup(group)(need)),
        need: quota
          ? `the threads, memory and bandwidth that ${id} needs of the pool at ${site}`
          : `${ofServers} that ${id} needs of its own servers at ${site}`,
        keys: placingKeys,
      };
    });
}

/** What a name stands for; nothing where no line, rack, network or messenger has it. */
export function subjectsOf(ground: Ground, thing: string): Subject[] {
  const one = serverSubject(ground, thing) ?? addressSubject(ground, thing) ?? vlanSubject(ground, thing);
  return one ? [one] : grantSubjects(ground, thing);
}
