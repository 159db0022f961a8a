/** Gives back named servers, and grants others in their place where the laws want them. */
import type { Estate, Group } from "../request/estate";
import type { Messenger } from "../request/messenger";
import { imageOf } from "./allocate";
import { Draft, type LockChange, type LockInput } from "./draft";
import { explainRefusal } from "./explain";
import { holderOf } from "./grant";
import { settleServers } from "./grantSite";
import { placementOf, type Reservations, reservationsOf } from "./groupPlacement";
import { judgeLock } from "./judgement";
import { type NamedServer, namedServers } from "./namedServers";
import { needsOf, type SiteNeed } from "./need";
import { commit, noteShortOfGroup, type Taken } from "./ownServers";
import { grantPool } from "./poolServers";
import { type Excess, excessOf, worsened } from "./promises";
import type { Terms } from "./report";
import type { SiteState } from "./siteState";
import { standingOf } from "./standing";

/** Servers of one holder at one site that are to go. */
interface Leaving {
  readonly draft: Draft;
  readonly state: SiteState;
  readonly estate: Estate;
  readonly servers: readonly NamedServer[];
  readonly before: Excess;
}

/** Drains the named servers and grants others in their place; where that does not fit, or breaks a promise, nothing is changed. */
export function releaseServers(input: LockInput, names: readonly string[]): LockChange {
  const { estate, messengers } = input;
  const draft = new Draft(input);
  const granted = namedServers(draft, estate, names).filter((named) => isGranted(draft, named));
  const holders = new Map<string, NamedServer[]>();
  for (const named of granted) {
    const key = `${named.state.name} ${holderOf(named.line)}`;
    holders.set(key, [...(holders.get(key) ?? []), named]);
  }
  if (draft.problems.length > 0) return draft.done();
  for (const servers of holders.values()) {
    const [{ state, line }] = servers as [NamedServer];
    const leaving: Leaving = { draft, state, estate, servers, before: excessOf(state) };
    const messenger = messengers.find(({ messenger: id }) => id === line.messenger);
    if (messenger) releaseOwn(leaving, input, messenger);
    else releasePool(leaving);
    draft.moveEgress(
      state,
      servers.map(({ server }) => server),
    );
  }
  return draft.done();
}

/** Whether a server can be released; one that drains already is left as it is. */
function isGranted({ notes, problems }: Draft, { server, line }: NamedServer): boolean {
  if (line.state === "granted") return true;
  if (line.state === "draining") notes.push(`${server} is draining already`);
  else if (line.state === "rolling" || line.for === "roll")
    problems.push(`${server} is being rolled; end that with roll ${holderOf(line)}, and release it then`);
  else problems.push(`${server} is ${line.state}, on its way into quarantine already`);
  return false;
}

function drainAll({ draft, state, servers }: Leaving): void {
  for (const { server, line } of servers) draft.move(state, server, { ...line, state: "draining" });
}

function releaseOwn(leaving: Leaving, input: LockInput, messenger: Messenger): void {
  const { draft, state, estate, servers, before } = leaving;
  const id = messenger.messenger;
  const stale = judgeLock({ ...input, messengers: [messenger] }).stale.filter(({ site }) => site === state.name);
  for (const { group, what } of stale)
    draft.problems.push(`${id} at ${state.name}${group ? `, ${group}` : ""}: ${what}; run allocate ${id} first`);
  if (stale.length > 0) return;
  const demand = input.demands.find((each) => each.messenger === id);
  const need = needsOf(estate, messenger, demand).find(({ site }) => site === state.name);
  const groups = new Set(servers.map(({ line }) => line.group));
  const reserved = new Map([...groups].map((group) => [group, reservationsOf(state.holding(id, group))]));
  const working = new Set(servers.filter(({ server }) => state.works(server)).map(({ line }) => line.group));
  drainAll(leaving);
  if (!need) return;
  const terms: Terms = { named: false, changes: draft.changes, refused: [] };
  const taken = [...need.groups.keys()]
    .filter((group) => groups.has(group))
    .flatMap((group) => replace(leaving, terms, { need, group, working: working.has(group), reserved: reserved.get(group) }));
  settleServers(state, terms, need, taken, imageOf(estate, messenger));
  for (const { group, what, remedy } of terms.refused)
    draft.problems.push(
      `${id} at ${state.name}${group ? `, ${group}` : ""}: nothing takes their place: ${what}. What would help: ${remedy}`,
    );
  if (terms.refused.length === 0) refuseWorse(draft, state, before);
}

/** A group whose servers are to be replaced: whether any of them works, and what the group reserved with them. */
interface Gap {
  readonly need: SiteNeed;
  readonly group: Group;
  readonly working: boolean;
  readonly reserved: Reservations | undefined;
}

/** Takes the servers that the group wants now that some drain; none where only dead ones go and it is no worse without them. */
function replace({ state }: Leaving, terms: Terms, { need, group, working, reserved }: Gap): Taken[] {
  const { messenger } = need;
  const groupNeed = need.groups.get(group);
  if (!groupNeed) return [];
  const holding = state.holding(messenger, group);
  const { egressMbps } = holding;
  const placement = placementOf(state, holding, group, groupNeed, egressMbps, reserved);
  if (placement) {
    noteShortOfGroup(state, terms, messenger, group, 0);
    return [{ group, need: groupNeed, holding, servers: commit(state, holding, placement, egressMbps), egressBefore: egressMbps }];
  }
  if (working || standingOf(state, messenger, group, groupNeed).stale)
    terms.refused.push({ messenger, site: state.name, group, ...explainRefusal(state, holding, group, groupNeed) });
  return [];
}

function releasePool(leaving: Leaving): void {
  const { draft, state, estate, before } = leaving;
  drainAll(leaving);
  const terms: Terms = { named: false, changes: draft.changes, refused: [] };
  if (worsened(state, before).length > 0) grantPool(state, terms, imageOf(estate));
  refuseWorse(draft, state, before);
}

/** What stands behind promises may not fall below them, nor further below than it was. */
function refuseWorse({ problems }: Draft, state: SiteState, before: Excess): void {
  for (const what of worsened(state, before))
    problems.push(
      `without them, ${what}. What would help: name fewer servers, have others release what they no longer need, or add racks at ${state.name}`,
    );
}
