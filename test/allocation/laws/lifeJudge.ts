/** Judges a deed of a life by the lock before and after it: others' lines, laws 2 and 4, and what release promises. */
import { allocate } from "../../../lib/allocation/allocate";
import { releaseMessenger } from "../../../lib/allocation/release";
import { serializeLock } from "../../../lib/allocation/lockText";
import { checkLock } from "../../../lib/request/check/lock";
import { type Lock, type LockSite, lockSchema } from "../../../lib/request/lock";
import { type Account, poolAccounts, rackAccounts, siteAccounts } from "./books";
import { complete } from "./complete";
import { Ground, holderOf } from "./ground";
import { added, broken, exclusive, lossProof, siteOf } from "./judge";
import { kept } from "./kept";
import type { Deed } from "./life";
import { carry, groupNeeds } from "./proof";
import type { Scene } from "./story";

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** A deed as a scene of the laws of allocation. */
const sceneOf = ({ input, after, named }: Deed, whole: boolean): Scene => ({
  input: { ...input, asOf: after.asOf, coefficients: "1", partial: true, ...(whole ? {} : { names: named }) },
  result: { lock: after, changes: [], refused: [] },
});

/** Whatever a verb writes is a lock that reads without an error. */
function sound({ verb, after, input: { estate, messengers } }: Deed): string[] {
  const ids = Object.fromEntries(messengers.map(({ messenger }) => [messenger, true]));
  const parsed = lockSchema.safeParse(JSON.parse(serializeLock(after)));
  return [
    ...(parsed.success ? [] : [`${verb} writes a lock that is none: ${parsed.error.message}`]),
    ...[...checkLock(after, estate, ids)].map(({ message }) => `${verb}: ${message}`),
  ];
}

/** Whose lines a verb may touch. */
function mayChange({ verb, named, input: { lock } }: Deed): (holder: string) => boolean {
  const lines = Object.values(lock.sites).flatMap(({ servers }) => named.map((name) => servers[name]));
  const holders = new Set(
    ["let go", "erase", "erased", "adopt"].includes(verb) ? lines.map((line) => (line ? holderOf(line) : "")) : named,
  );
  return (holder) => holders.has(holder);
}

/** Nothing of others moves; of an egress line of theirs only the servers that leave are others now. */
function ownLinesOnly(deed: Deed): string[] {
  const { verb, input, after } = deed;
  const own = mayChange(deed);
  return Object.keys(after.sites).flatMap((name) => {
    const [before, now] = [siteOf(input.lock, name), siteOf(after, name)];
    const sections = ["servers", "vlans", "private", "vips"] as const;
    const owners = ["bandwidth", "quotas", "short"] as const;
    const leaving = new Set(Object.keys(before.servers).filter((server) => before.servers[server]?.state !== now.servers[server]?.state));
    return [
      ...sections.flatMap((section) =>
        [...new Set([...Object.keys(before[section]), ...Object.keys(now[section])])].flatMap((key) => {
          const holder = holderOf(before[section][key] ?? now[section][key] ?? {});
          return own(holder) || same(before[section][key], now[section][key]) ? [] : [`${verb} changes ${key} of ${holder} at ${name}`];
        }),
      ),
      ...owners.flatMap((section) =>
        [...new Set([...Object.keys(before[section]), ...Object.keys(now[section])])].flatMap((holder) =>
          own(holder) || same(before[section][holder], now[section][holder]) ? [] : [`${verb} changes ${section} of ${holder} at ${name}`],
        ),
      ),
      ...Object.entries(now.egress).flatMap(([prefix, line]) => {
        const was = before.egress[prefix];
        if (own(line.messenger) || same(was, line)) return [];
        const moved = line.servers.filter((server, index) => server !== was?.servers[index]);
        const left = was?.servers.filter((server, index) => server !== line.servers[index]) ?? [];
        const right = was?.servers.length === line.servers.length && left.every((server) => leaving.has(server));
        return right && moved.every((server) => now.servers[server]?.state === "granted")
          ? []
          : [`${verb} changes the egress ${prefix} of ${line.messenger}`];
      }),
    ];
  });
}

/** How much more is promised than may be. */
const excess = ({ limit, promised }: Account): number =>
  Math.max(0, [...promised.values()].reduce((sum, amount) => sum + amount, 0) - limit);

/** No promise that held is broken, and none that was broken is broken further. */
function keepsPromises({ verb, input, after }: Deed): string[] {
  const [was, is] = [new Ground(input.estate, input.lock.asOf), new Ground(input.estate, after.asOf)];
  return Object.keys(after.sites).flatMap((site) => {
    const accounts = (ground: Ground, lock: LockSite): Account[] => [
      ...rackAccounts(ground, site, lock).values(),
      ...siteAccounts(ground, site, lock),
      ...poolAccounts(ground, site, lock),
    ];
    const before = new Map(accounts(was, siteOf(input.lock, site)).map((account) => [account.what, excess(account)]));
    return accounts(is, siteOf(after, site)).flatMap((account) =>
      excess(account) > (before.get(account.what) ?? 0) ? [`${verb} breaks the promise of ${account.what} by ${excess(account)}`] : [],
    );
  });
}

/** Every group that carried its peak and every loss still does. */
function keepsLoads({ verb, input, after }: Deed): string[] {
  const before = broken({ ...input, asOf: input.lock.asOf, coefficients: "1" }, input.lock);
  return broken({ ...input, asOf: after.asOf, coefficients: "1" }, after).flatMap(({ messenger, site, group, wrong, short }) => {
    const known = before.some((each) => each.messenger === messenger && each.site === site && each.group === group);
    return known || short > 0 ? [] : [`${verb}: ${messenger} ${group} at ${site} ${wrong.join(", ")}`];
  });
}

/** While a rack rolls, what is left carries the peak as after a loss. */
function carriesOn({ named: [holder], input, after }: Deed): string[] {
  const ground = new Ground(input.estate, after.asOf);
  const demand = input.demands.find(({ messenger }) => messenger === holder);
  const needs = input.messengers.find(({ messenger }) => messenger === holder)?.needs ?? [];
  if (!demand || !needs.includes("hardware")) return [];
  return Object.keys(demand.sites).flatMap((site) =>
    [...groupNeeds(demand, site, needs.includes("network"))].flatMap(([group, { share, limits }]) => {
      const [then, now] = [siteOf(input.lock, site), siteOf(after, site)];
      const began = Object.keys(now.servers).some((name) => {
        const line = now.servers[name];
        return (
          line && holderOf(line) === holder && line.group === group && line.state === "rolling" && then.servers[name]?.state === "granted"
        );
      });
      const held = ground.heldClass(now, demand.messenger, group);
      if (!began || held === undefined || now.short[demand.messenger]?.groups?.[group] !== undefined) return [];
      const left = Object.values(ground.counts(now, demand.messenger, group)).reduce((sum, count) => sum + count, 0);
      return carry(share, left, ground.usable(held), limits.degraded, limits.degraded)
        ? []
        : [`${group} of ${demand.messenger} at ${site} rolls though the rest cannot carry it`];
    }),
  );
}

/** Release adds nothing and raises nothing, leaves all that is needed, and allocate afterwards changes nothing. */
function releases(deed: Deed): string[] {
  const { input, after, named } = deed;
  const gains = Object.keys(after.sites).flatMap((name) => {
    const [before, now] = [siteOf(input.lock, name), siteOf(after, name)];
    return [
      ...(["servers", "vlans", "private", "vips", "egress", "bandwidth", "quotas", "short"] as const).flatMap((section) =>
        added(before[section], now[section]),
      ),
      ...Object.entries(now.bandwidth).flatMap(([holder, line]) =>
        falls(before.bandwidth[holder], line) ? [] : [`bandwidth of ${holder}`],
      ),
      ...Object.entries(now.quotas).flatMap(([holder, line]) => (falls(before.quotas[holder], line) ? [] : [`the quota of ${holder}`])),
    ];
  });
  return [
    ...gains.map((gain) => `release of ${named.join()} adds or raises ${gain}`),
    ...(lacking(deed, after) > lacking(deed, input.lock) ? [`release of ${named.join()} gives back what it needs`] : []),
  ];
}

/** How many needs of those named a lock neither meets nor records. */
const lacking = (deed: Deed, lock: Lock): number => complete(sceneOf({ ...deed, after: lock }, false)).length;

type Figures = { readonly [key in string]?: number | Figures };

/** Whether no figure of a line is above its own before. */
const falls = (before: Figures | undefined, now: Figures): boolean =>
  Object.entries(now).every(([key, value = 0]) => {
    const was = before?.[key];
    // The rule of its data may loosen: fewer replicas, or more parity.
    if (["rf", "shards", "parity"].includes(key)) return true;
    return typeof value === "object" ? falls(typeof was === "object" ? was : {}, value) : value <= (typeof was === "number" ? was : -1);
  });

/** Of a lock that allocate would leave alone, release leaves one that allocate leaves alone too; and a second release changes nothing. */
export function stillAfterRelease({ verb, named, input }: Deed): string[] {
  const messenger = input.messengers.find((each) => each.messenger === named[0]);
  if (verb !== "release" || !messenger) return [];
  const settle = (lock: Lock): Lock => allocate({ ...input, lock, asOf: lock.asOf, coefficients: "1", partial: true }).lock;
  const settled = settle(input.lock);
  const { lock: released, problems } = releaseMessenger({ ...input, lock: settled }, messenger);
  if (problems.length > 0) return [`release of ${named.join()} is refused though everybody is allocated: ${problems.join("; ")}`];
  const again = releaseMessenger({ ...input, lock: released }, messenger);
  const leaving = messenger.lifecycle.state !== "absent" && again.changes.every(({ after = 0 }) => after === 0) && again.moves.length === 0;
  return [
    ...(serializeLock(settle(released)) === serializeLock(released) ? [] : [`allocate undoes something of the release of ${named.join()}`]),
    ...(serializeLock(again.lock) === serializeLock(released) || leaving
      ? []
      : [`the second release of ${named.join()} changes something`]),
  ];
}

/** Everything that is wrong with a deed. */
export function judgeDeed(deed: Deed): string[] {
  const { verb, input, after, problems } = deed;
  if (problems.length > 0) return same(input.lock, after) || verb === "adopt" ? [] : [`${verb} is refused and changes the lock`];
  const whole = deed.named.includes("pool");
  if (verb === "allocate")
    return [...sound(deed), ...exclusive(sceneOf(deed, whole)), ...lossProof(sceneOf(deed, whole)), ...kept(sceneOf(deed, whole))];
  const common = [...sound(deed), ...ownLinesOnly(deed)];
  if (verb === "roll") return [...common, ...carriesOn(deed)];
  if (verb === "adopt") return common;
  return [
    ...common,
    ...keepsPromises(deed),
    ...keepsLoads(deed),
    ...(verb === "release" ? [...releases(deed), ...stillAfterRelease(deed)] : []),
  ];
}
