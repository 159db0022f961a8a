/** Brings a holder's servers to the image that new grants get, one rack at a time; adopted ones come to run it too. */
import type { LockServer } from "../request/lock";
import type { Messenger } from "../request/messenger";
import type { Readiness } from "../request/readiness";
import { imageOf } from "./allocate";
import { Draft, lasting, type LockChange, type LockInput } from "./draft";
import { holderName, holderOf, poolHolder } from "./grant";
import { type Image, pinImage } from "./grantSite";
import { withoutPoolRack, withoutRack } from "./lostRack";
import { needsOf } from "./need";
import type { SiteState } from "./siteState";
import { several } from "./words";

/** What a roll depends on beside the lock. */
export interface RollInput extends LockInput {
  /** Whose servers; the pool's where it is none. */
  readonly messenger?: Messenger;
  /** What the live clusters say of the hosts that were rolled before. @default nobody asked them */
  readonly readiness?: Readiness;
}

/** A step of a roll. */
export interface Roll extends LockChange {
  /** The image that it leads to. */
  readonly image: string;
  /** How often the verb has to run after this, so that everything in service runs the image. */
  readonly stepsLeft: number;
}

/** A held server. */
interface Held {
  readonly state: SiteState;
  readonly server: string;
  readonly line: LockServer;
}

/** Takes one step: ends the rack that is being rolled, or begins the next. */
export function roll(input: RollInput): Roll {
  const { estate, messenger } = input;
  const holder = messenger?.messenger ?? poolHolder;
  const image = imageOf(estate, messenger);
  const draft = new Draft(input);
  const underWay = heldBy(draft, holder).filter(({ line }) => line.state === "rolling" || line.for === "roll");
  if (underWay.length > 0) for (const each of underWay) advance(draft, each, image);
  else begin(draft, input, holder, image);
  const stepsLeft = stepsIn(heldBy(draft, holder), image);
  return { ...draft.done(), image: image.name, stepsLeft };
}

/** A holder's servers at all sites, in order of names. */
function heldBy(draft: Draft, holder: string): Held[] {
  return draft.sites.flatMap((site) => {
    const state = draft.at(site);
    const lines = [...state.lines.servers].filter(([, line]) => holderOf(line) === holder);
    return lines.sort(([a], [b]) => (a < b ? -1 : 1)).map(([server, line]) => ({ state, server, line }));
  });
}

/** How many steps a server still takes; 0 where it runs the image, or leaves. */
function stepsOf({ state, adopted, image, for: purpose }: LockServer, target: Image): number {
  if (state === "detached") return purpose === "roll" ? 1 : 0;
  if (state === "rolling") return adopted ? 2 : 1;
  return state === "granted" && (adopted || image !== target.name) ? (adopted ? 3 : 2) : 0;
}

/** The steps of all racks, one after another; a rack takes as many as the server in it that takes the most. */
function stepsIn(held: readonly Held[], image: Image): number {
  const racks = new Map<string, number>();
  for (const { state, server, line } of held)
    if (line.state !== "granted" || state.works(server)) {
      const rack = server.slice(0, -4);
      racks.set(rack, Math.max(racks.get(rack) ?? 0, stepsOf(line, image)));
    }
  return [...racks.values()].reduce((sum, steps) => sum + steps, 0);
}

/** An adopted server loses its object before it is made anew; everything else is provisioned with the image. */
function advance(draft: Draft, { state, server, line }: Held, image: Image): void {
  if (line.state === "rolling" && line.adopted) {
    draft.move(state, server, { ...lasting(line), state: "detached", for: "roll", adopted: true });
    return;
  }
  draft.move(state, server, { ...lasting(line), state: "granted", image: image.name });
  pinImage(state, image);
}

/** Begins the first rack whose loss is allowed now. */
function begin(draft: Draft, input: RollInput, holder: string, image: Image): void {
  const held = heldBy(draft, holder).filter(({ line }) => line.state === "granted");
  const old = held.filter(({ line }) => stepsOf(line, image) > 0);
  const working = old.filter(({ state, server }) => state.works(server));
  if (working.length < old.length)
    draft.notes.push(
      `${several(old.length - working.length, "server")} of ${holder} ${old.length - working.length === 1 ? "is" : "are"} out of service and cannot be rolled`,
    );
  if (working.length === 0) return;
  draft.problems.push(...unready(input, holder, maybeRolled(held, image)));
  if (draft.problems.length > 0) return;
  const racks = new Map<string, Held[]>();
  for (const each of working) racks.set(each.server.slice(0, -4), [...(racks.get(each.server.slice(0, -4)) ?? []), each]);
  const refusals: string[] = [];
  for (const [rack, servers] of racks) {
    const wrong = worseWithout(input, servers);
    if (wrong.length > 0) refusals.push(`rack ${rack} of ${holderName(holder)} cannot be rolled now: without it ${wrong.join("; ")}`);
    else {
      for (const { state, server, line } of servers) draft.move(state, server, { ...line, state: "rolling" });
      for (const { state, server } of servers) draft.moveEgress(state, [server]);
      return;
    }
  }
  draft.problems.push(...refusals, "mend what is out of service, or release it, before a rack is taken from work on purpose");
}

/**
 * The servers that an earlier step may have rolled: those that run the image by the lock or, where it has changed again since, all that
 * run any, unless they are alike. They count for the laws, so they must be back before others go.
 */
function maybeRolled(held: readonly Held[], image: Image): Held[] {
  const working = held.filter(({ state, server, line }) => state.works(server) && !line.adopted);
  const current = working.filter(({ line }) => line.image === image.name);
  if (current.length > 0) return current;
  return new Set(working.map(({ line }) => line.image)).size > 1 ? working : [];
}

function worseWithout({ estate, messenger, demands }: RollInput, servers: readonly Held[]): string[] {
  const [{ state, server }] = servers as [Held];
  const rack = state.rackOf(server);
  if (!messenger) return withoutPoolRack(state, rack);
  const demand = demands.find((each) => each.messenger === messenger.messenger);
  const need = needsOf(estate, messenger, demand).find(({ site }) => site === state.name);
  return need ? withoutRack(state, need, rack) : [];
}

/** What is not ready of the hosts that may have been rolled. */
function unready({ messenger, readiness }: RollInput, holder: string, rolled: readonly Held[]): string[] {
  if (rolled.length === 0) return [];
  const joins = messenger === undefined || messenger.needs.includes("cluster");
  if (!readiness)
    return [
      `--ready FILE is missing: the next rack waits until the hosts of ${several(rolled.length, "server")} of ${holder} that may have been rolled are provisioned${joins ? " and their nodes Ready" : ""}; write it with zirsakht status ${holder} --format json`,
    ];
  const hosts = new Map(readiness.hosts.map((host) => [host.name, host]));
  return rolled.flatMap(({ state, server, line }) => {
    const host = hosts.get(server);
    if (!host) return [`${server}: the file of --ready says nothing of it; look at every server of ${holder}`];
    const url = state.lines.images.get(line.image ?? "")?.url ?? "";
    if (host.provisioning !== "provisioned") return [`${server}: its host is ${host.provisioning}, expected provisioned`];
    if (host.image !== url)
      return [`${server}: its host was provisioned with ${host.image ?? "no image that the file names"}, expected ${url}`];
    return joins && host.ready !== true ? [`${server}: its node is not Ready`] : [];
  });
}
