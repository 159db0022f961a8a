/** What happens to a world between two allocations: growth, outage, retirement, and what people did to the lock by its other verbs. */
import type { LockServer, LockSite, Lock } from "../../../lib/request/lock";
import type { GroupDemand } from "../../../lib/sizing/demand";
import { Ground } from "./ground";
import { day, estateOf, messengersOf, type MessengerSpec, poolClasses, type RackSpec, siteNames, type World } from "./world";

/** One thing that happens. Numbers pick one of what there is, counted round. */
export type Event =
  | { readonly kind: "grow"; readonly who: number; readonly per: number }
  | { readonly kind: "die"; readonly which: number }
  | { readonly kind: "dark" | "mend" | "pool"; readonly rack: number }
  | { readonly kind: "uplink"; readonly rack: number; readonly uplink: number }
  | { readonly kind: "rack"; readonly site: number; readonly rack: RackSpec }
  | { readonly kind: "retire" | "leave"; readonly who: number }
  | { readonly kind: "join"; readonly spec: MessengerSpec }
  | { readonly kind: "state"; readonly which: number; readonly state: LockServer["state"] }
  | { readonly kind: "quarantine" | "cool"; readonly which: number; readonly days: number }
  | { readonly kind: "adopt"; readonly which: number; readonly who: number };

/** A world and its lock on a day, counted from the first. */
export interface Moment {
  readonly world: World;
  readonly lock: Lock | undefined;
  readonly today: number;
}

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];

function withRack(world: World, index: number, change: (rack: RackSpec) => RackSpec): World {
  const places = world.sites.flatMap(({ racks }, site) => racks.map((_, rack) => ({ site, rack })));
  const place = pick(places, index);
  return {
    ...world,
    sites: world.sites.map((site, number) =>
      number === place?.site ? { ...site, racks: site.racks.map((rack, at) => (at === place.rack ? change(rack) : rack)) } : site,
    ),
  };
}

/** Messengers that hold servers. */
function owners(lock: Lock | undefined): string[] {
  const lines = Object.values(lock?.sites ?? {}).flatMap(({ servers }) => Object.values(servers));
  return [...new Set(lines.flatMap(({ messenger }) => messenger ?? []))];
}

/** One messenger changed: one of `some` where there are any. */
function withMessenger(world: World, index: number, change: (spec: MessengerSpec) => MessengerSpec, some: readonly string[] = []): World {
  const id = pick(some.length > 0 ? some : Object.keys(world.messengers), index) ?? "";
  const spec = world.messengers[id];
  return spec ? { ...world, messengers: { ...world.messengers, [id]: change(spec) } } : world;
}

function grown(spec: MessengerSpec, per: number): MessengerSpec {
  const grow = (amount: number): number => Math.min(10 ** 12, Math.ceil((amount * per) / 1000));
  const demand = (amounts: GroupDemand): GroupDemand => ({
    usedMilliThreads: grow(amounts.usedMilliThreads),
    usedMemoryMiB: grow(amounts.usedMemoryMiB),
    nvmeGB: grow(amounts.nvmeGB),
    objectGB: grow(amounts.objectGB),
    egressMbps: grow(amounts.egressMbps),
    ingressMbps: grow(amounts.ingressMbps),
  });
  const { compute, database, object, all } = spec.groups;
  return { ...spec, groups: { compute: demand(compute), database: demand(database), object: demand(object), all: demand(all) } };
}

/** A line of the lock with its place. */
interface Held {
  readonly site: LockSite;
  readonly name: string;
  readonly line: LockServer;
}

/** Granted servers of messengers that carry no egress address: those may leave without a further change. */
function loose(lock: Lock): Held[] {
  return Object.values(lock.sites).flatMap((site) => {
    const carriers = new Set(Object.values(site.egress).flatMap(({ servers }) => servers));
    return Object.entries(site.servers)
      .filter(([name, line]) => line.messenger !== undefined && line.state === "granted" && !carriers.has(name))
      .map(([name, line]) => ({ site, name, line }));
  });
}

/** Takes a free server in for a messenger that owns servers, as `adopt` would: of the class that its group holds. */
function adopt({ world, lock, today }: Moment, which: number, who: number): void {
  const estate = estateOf(world);
  const owner = pick(
    messengersOf(world).filter(({ messenger, needs }) => needs.includes("hardware") && world.messengers[messenger]?.state === "active"),
    who,
  );
  if (!lock || !owner) return;
  const ground = new Ground(estate, day(today));
  const group = owner.placement.layout === "split" ? ((["compute", "database", "object"] as const)[which % 3] ?? "compute") : "all";
  const candidates = Object.keys(owner.placement.sites).flatMap((site) => {
    const there = lock.sites[site];
    const heldClass = Object.entries(there?.servers ?? {}).find(
      ([, line]) => line.messenger === owner.messenger && line.group === group,
    )?.[0];
    const needed = heldClass === undefined ? undefined : ground.servers.get(heldClass)?.class;
    return [...ground.servers.values()].filter(
      (server) =>
        server.site === site &&
        !server.pool &&
        !there?.servers[server.name] &&
        !there?.quarantine.servers[server.name] &&
        (needed === undefined ? estate.classes[server.class]?.serves.includes(group) : server.class === needed),
    );
  });
  const server = pick(candidates, which);
  const site = server && lock.sites[server.site];
  if (!site) return;
  site.servers[server.name] = {
    messenger: owner.messenger,
    group,
    state: "granted",
    since: day(today),
    address: `172.16.${which}.${Object.keys(site.servers).length % 250}`,
    adopted: true,
  };
}

function quarantine({ lock, today }: { lock: Lock; today: number }, which: number, days: number): void {
  const held = pick(loose(lock), which);
  if (!held) return;
  delete held.site.servers[held.name];
  held.site.quarantine.servers[held.name] = { from: held.line.messenger ?? "", until: day(today + days) };
}

/** Puts a messenger's VIPs and VLAN into quarantine, as `release` does once nothing needs them. */
function cool({ lock, today }: { lock: Lock; today: number }, which: number, days: number): void {
  const site = pick(Object.values(lock.sites), which);
  const [prefix, line] = pick(Object.entries(site?.vips ?? {}), which) ?? [];
  if (!site || prefix === undefined || !line) return;
  delete site.vips[prefix];
  site.quarantine.prefixes[prefix] = { from: line.messenger, until: day(today + days) };
  const vlan = Object.entries(site.vlans).find(([, held]) => "messenger" in held && held.messenger === line.messenger)?.[0];
  if (vlan === undefined) return;
  delete site.vlans[vlan];
  site.quarantine.vlans[vlan] = { from: line.messenger, until: day(today + days) };
}

/** The moment after an event; what was given stays as it was. */
export function after(moment: Moment, event: Event): Moment {
  const { world, today } = moment;
  const lock = moment.lock && structuredClone(moment.lock);
  switch (event.kind) {
    case "grow":
      return { ...moment, world: withMessenger(world, event.who, (spec) => grown(spec, event.per), owners(lock)) };
    case "retire":
      return { ...moment, world: withMessenger(world, event.who, (spec) => ({ ...spec, state: "retired" })) };
    case "leave":
      return { ...moment, world: withMessenger(world, event.who, left) };
    case "join":
      return { ...moment, world: joined(world, event.spec) };
    case "die": {
      const carriers = Object.values(lock?.sites ?? {}).flatMap(({ servers }) => Object.keys(servers));
      return { ...moment, world: dead(world, pick(carriers, event.which)) };
    }
    case "dark":
      return { ...moment, world: withRack(world, event.rack, (rack) => ({ ...rack, state: "dark" })) };
    case "mend":
      return { ...moment, world: withRack(world, event.rack, (rack) => ({ ...rack, state: "up", dead: [] })) };
    case "pool":
      return {
        ...moment,
        world: withRack(world, event.rack, (rack) => ({ ...rack, pool: !rack.pool && poolClasses.includes(rack.class) })),
      };
    case "uplink":
      return { ...moment, world: withRack(world, event.rack, (rack) => ({ ...rack, uplink: event.uplink })) };
    case "rack": {
      const at = event.site % world.sites.length;
      return {
        ...moment,
        world: {
          ...world,
          sites: world.sites.map((site, index) => (index === at ? { ...site, racks: [...site.racks, event.rack] } : site)),
        },
      };
    }
    case "state": {
      const held = lock && pick(loose(lock), event.which);
      if (held)
        held.site.servers[held.name] = {
          ...held.line,
          state: event.state,
          ...(event.state === "detached" ? { for: "roll" as const } : {}),
        };
      return { world, lock, today };
    }
    case "quarantine":
      if (lock) quarantine({ lock, today }, event.which, event.days);
      return { world, lock, today };
    case "cool":
      if (lock) cool({ lock, today }, event.which, event.days);
      return { world, lock, today };
    case "adopt":
      adopt({ world, lock, today }, event.which, event.who);
      return { world, lock, today };
  }
}

/** The messenger leaves its last site for its first: listed there without a share until its state is empty. */
function left(spec: MessengerSpec): MessengerSpec {
  const sites = Object.keys(spec.shares).map(Number);
  const [first = 0, last = 0] = [sites[0], sites.at(-1)];
  return first === last
    ? spec
    : { ...spec, survives: "rack", shares: { ...spec.shares, [first]: (spec.shares[first] ?? 0) + (spec.shares[last] ?? 0), [last]: 0 } };
}

function joined(world: World, spec: MessengerSpec): World {
  const number = Object.keys(world.messengers).length;
  const fits = Object.keys(spec.shares).every((site) => Number(site) < world.sites.length);
  const fit: MessengerSpec = fits ? spec : { ...spec, shares: { 0: 1000 }, survives: "rack" };
  return { ...world, messengers: { ...world.messengers, [`new-${String.fromCharCode(97 + (number % 26))}${number}`]: fit } };
}

function dead(world: World, name: string | undefined): World {
  const [site = "", rack = "", number = ""] = name?.split("-") ?? [];
  const at = {
    site: siteNames.indexOf(site as (typeof siteNames)[number]),
    rack: Number(rack.slice(1)) - 1,
    number: Number(number.slice(1)),
  };
  return {
    ...world,
    sites: world.sites.map((spec, index) =>
      index === at.site
        ? {
            ...spec,
            racks: spec.racks.map((each, which) => (which === at.rack ? { ...each, dead: [...new Set([...each.dead, at.number])] } : each)),
          }
        : spec,
    ),
  };
}
