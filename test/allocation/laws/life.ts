/** Plays a life: an estate, what happens to it, and every verb that changes its lock, each kept as a scene for the judge. */
import { adoptRows } from "../../../lib/allocation/adoption";
import { allocate } from "../../../lib/allocation/allocate";
import type { LockChange, LockInput } from "../../../lib/allocation/draft";
import { eraseServers } from "../../../lib/allocation/erase";
import { restErased } from "../../../lib/allocation/evidence";
import { releaseMessenger } from "../../../lib/allocation/release";
import { releaseServers } from "../../../lib/allocation/replacement";
import { roll } from "../../../lib/allocation/roll";
import type { Estate } from "../../../lib/request/estate";
import type { Lock, LockHolder, LockServer } from "../../../lib/request/lock";
import type { Readiness } from "../../../lib/request/readiness";
import { after as afterEvent, type Event } from "./change";
import { day, demandsOf, estateOf, type MessengerSpec, messengersOf, type World } from "./world";

/** Something that happens, or a verb. Numbers pick one of what there is, counted round. */
export type Act =
  | { readonly kind: "happens"; readonly event: Event }
  | { readonly kind: "tier" | "repurpose" | "absent" | "return"; readonly who: number }
  | { readonly kind: "image" }
  | { readonly kind: "allocate"; readonly days: number; readonly who: readonly number[] }
  | { readonly kind: "release"; readonly who: number }
  | { readonly kind: "roll"; readonly who: number; readonly ready: Readied }
  | { readonly kind: "adopt" | "let go" | "erase" | "erased"; readonly which: number; readonly count: number };

/** What is known of the hosts when a roll goes on: all is well, nobody looked, or one that was rolled is not back. */
export type Readied = "all" | "unknown" | "one is missing";

/** The verbs that a scene can show; `let go` is `release SERVER…`. */
export type Verb = Exclude<Act["kind"], "happens" | "tier" | "repurpose" | "absent" | "return" | "image">;

/** A life: the acts that follow the first allocation. */
export interface Life {
  readonly world: World;
  readonly acts: readonly Act[];
}

/** One verb: what it was given, whom it named, and what it made of the lock. */
export interface Deed {
  readonly verb: Verb;
  readonly input: LockInput;
  /** Ids of messengers, `pool`, or servers. */
  readonly named: readonly string[];
  readonly after: Lock;
  readonly problems: readonly string[];
  /** The servers that the file of `--ready` calls provisioned and Ready. */
  readonly ready: readonly string[];
}

/** What stands at a moment. */
interface Now {
  readonly world: World;
  readonly lock: Lock;
  readonly today: number;
  /** The number of the image that new grants get. */
  readonly image: number;
}

const pick = <T>(list: readonly T[], index: number): T | undefined => list[index % Math.max(1, list.length)];
/** `count` of the list in a row, from `index` on. */
const some = <T>(list: readonly T[], index: number, count: number): T[] =>
  Array.from({ length: Math.min(count, list.length) }, (_, step) => list[(index + step) % list.length]).flatMap((item) => item ?? []);

/** The estate with the images that there have been so far. */
function estateAt({ world, image }: Pick<Now, "world" | "image">): Estate {
  const estate = estateOf(world);
  const images = Array.from({ length: image }, (_, index) => {
    const url = `https://images.example/node-${index + 1}.qcow2`;
    return [`node-${index + 1}`, { url, checksum: `sha256:${String(index % 10).repeat(64)}` }] as const;
  });
  return { ...estate, image: `node-${image}`, images: { ...estate.images, ...Object.fromEntries(images) } };
}

const inputOf = (now: Now): LockInput => ({
  estate: estateAt(now),
  messengers: messengersOf(now.world),
  demands: demandsOf(now.world),
  lock: now.lock,
});

const linesOf = (lock: Lock): [string, LockServer][] => Object.values(lock.sites).flatMap(({ servers }) => Object.entries(servers));

function withSpec(now: Now, who: number, change: (spec: MessengerSpec, id: string) => MessengerSpec): Now {
  const id = pick(Object.keys(now.world.messengers), who) ?? "";
  const spec = now.world.messengers[id];
  if (!spec) return now;
  return { ...now, world: { ...now.world, messengers: { ...now.world.messengers, [id]: change(spec, id) } } };
}

/** Whether a messenger still has what a file that says absent may not leave behind. */
function holds(lock: Lock, id: string): boolean {
  return Object.values(lock.sites).some(({ servers, vlans, private: prefixes, vips, egress }) => {
    const lines: Readonly<Record<string, LockHolder>>[] = [servers, vlans, prefixes, vips, egress];
    return lines.some((section) => Object.values(section).some(({ messenger }) => messenger === id));
  });
}

/** What happens without a verb. */
function happens(now: Now, act: Act): Now | undefined {
  switch (act.kind) {
    case "happens":
      return { ...now, world: afterEvent({ world: now.world, lock: now.lock, today: now.today }, act.event).world };
    case "tier":
      return withSpec(now, act.who, (spec) => ({
        ...spec,
        focus: false,
        needs: spec.focus || spec.needs.includes("hardware") ? ["network", "cluster"] : ["hardware", "network", "cluster"],
      }));
    case "repurpose":
      return withSpec(now, act.who, (spec) => ({ ...spec, state: "repurposed", focus: false, split: !spec.split }));
    case "absent":
      return withSpec(now, act.who, (spec, id) => (spec.state === "retired" && !holds(now.lock, id) ? { ...spec, state: "absent" } : spec));
    case "return":
      return withSpec(now, act.who, (spec) => ({ ...spec, state: "active" }));
    case "image":
      return { ...now, image: now.image + 1 };
    default:
      return undefined;
  }
}

/** What a status of a holder's hosts would say. */
function readinessOf({ lock }: Now, holder: string, ready: Readied): Readiness | undefined {
  if (ready === "unknown") return undefined;
  const hosts = Object.values(lock.sites).flatMap(({ servers, images }) =>
    Object.entries(servers)
      .filter(([, line]) => (line.messenger ?? "pool") === holder)
      .map(([name, { image }]) => ({ name, provisioning: "provisioned", image: images[image ?? ""]?.url, ready: true })),
  );
  const [first, ...rest] = hosts.filter(({ image }) => image !== undefined).reverse();
  const without = first ? [{ ...first, provisioning: "provisioning" }, ...rest] : rest;
  return { version: 1, hosts: ready === "all" ? hosts : without };
}

type Done = Pick<Deed, "named" | "problems" | "after"> & { readonly ready?: readonly string[] };
const done = (named: readonly string[], { lock, problems }: Pick<LockChange, "lock" | "problems">): Done => ({
  named,
  problems,
  after: lock,
});

/** A verb at work. */
function work(now: Now, act: Extract<Act, { kind: Verb }>): Done {
  const input = inputOf(now);
  const ids = input.messengers.map(({ messenger }) => messenger);
  const serversIn = (...states: readonly string[]): string[] =>
    linesOf(now.lock).flatMap(([name, { state }]) => (states.includes(state) ? [name] : []));
  switch (act.kind) {
    case "allocate": {
      const names = [...new Set(act.who.map((who) => pick(ids, who) ?? ""))];
      const asked = names.length > 0 ? { names } : { partial: true };
      const { lock, refused } = allocate({ ...input, ...asked, asOf: day(now.today), coefficients: "1" });
      const problems = names.length > 0 ? refused.map(({ what }) => what) : [];
      return { named: names.length > 0 ? names : [...ids, "pool"], problems, after: lock };
    }
    case "release": {
      const messenger = pick(input.messengers, act.who);
      return messenger ? done([messenger.messenger], releaseMessenger(input, messenger)) : { named: [], problems: [], after: now.lock };
    }
    case "roll": {
      const holder = pick([...ids, "pool"], act.who) ?? "pool";
      const messenger = input.messengers.find((each) => each.messenger === holder);
      const readiness = readinessOf(now, holder, act.ready);
      const change = roll({ ...input, ...(messenger ? { messenger } : {}), ...(readiness ? { readiness } : {}) });
      const ready = (readiness?.hosts ?? []).filter(({ provisioning }) => provisioning === "provisioned").map(({ name }) => name);
      return { ...done([holder], change), ready };
    }
    case "let go": {
      const named = some(serversIn("granted"), act.which, act.count);
      return done(named, releaseServers(input, named));
    }
    case "erase": {
      const named = some(serversIn("draining", "detached"), act.which, act.count);
      return done(named, eraseServers(input, named));
    }
    case "erased": {
      const named = some(serversIn("erasing"), act.which, act.count);
      return done(named, restErased(input, named, `sha256:${"e".repeat(64)}`));
    }
    case "adopt": {
      const named = some(serversIn("granted"), act.which, act.count);
      const rows = linesOf(now.lock).flatMap(([resource, { messenger = "pool", group, address }]) => {
        if (!named.includes(resource)) return [];
        return [{ site: resource.split("-")[0] ?? "", kind: "server" as const, resource, messenger, group, address, servers: [] }];
      });
      const { lock, problems } = adoptRows({ ...input, asOf: now.lock.asOf }, rows);
      return { named, problems: problems.map(({ message }) => message), after: lock };
    }
  }
}

/** Every deed of a life, in order; the first is the first allocation. */
export function live({ world, acts }: Life): Deed[] {
  const empty: Lock = { version: 1, asOf: day(0), horizon: "90d", coefficients: "1", sites: {} };
  let now: Now = { world, lock: empty, today: 0, image: 1 };
  const deeds: Deed[] = [];
  for (const act of [{ kind: "allocate", days: 0, who: [] } as const, ...acts]) {
    const next = happens(now, act);
    if (next) {
      now = next;
      continue;
    }
    const verb = act as Extract<Act, { kind: Verb }>;
    if (verb.kind === "allocate" && verb.who.length === 0) now = { ...now, today: now.today + verb.days };
    const input = inputOf(now);
    const { ready = [], ...rest } = work(now, verb);
    deeds.push({ verb: verb.kind, input, ready, ...rest });
    now = { ...now, lock: rest.after };
  }
  return deeds;
}
