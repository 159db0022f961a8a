/** Gives back what a messenger no longer needs: servers drain, figures fall, and what nobody needs rests in quarantine. */
import type { Group } from "../request/estate";
import type { Messenger } from "../request/messenger";
import { parsePrefix } from "../request/prefix";
import { imageOf } from "./allocate";
import { Draft, type LockChange, type LockInput } from "./draft";
import { holderOf } from "./grant";
import { forgetAll, grantSite, type Image } from "./grantSite";
import { judgeLock } from "./judgement";
import { lowerBandwidth, lowerQuota } from "./lowering";
import { needsOf, type GroupNeed } from "./need";
import { addressesIn, prefixesOf } from "./network";
import type { Terms } from "./report";
import { type Giving, givingOf } from "./giving";
import type { SiteState } from "./siteState";
import { spareOf } from "./spare";
import { several } from "./words";

/** Gives back a messenger's surplus at every site; all that it has where it is retired or absent, or leaves the site. */
export function releaseMessenger(input: LockInput, messenger: Messenger): LockChange {
  const { estate, demands } = input;
  const id = messenger.messenger;
  const draft = new Draft(input);
  const { stale } = judgeLock({ ...input, messengers: [messenger] });
  for (const { site, group, what } of stale)
    draft.problems.push(
      `${id} at ${site}${group ? `, ${group}` : ""}: ${what}; only who has what it needs can give back: run allocate ${id} first`,
    );
  if (stale.length > 0) return draft.done();
  const demand = demands.find((each) => each.messenger === id);
  const needs = new Map(needsOf(estate, messenger, demand).map((need) => [need.site, need]));
  for (const site of draft.sites) {
    const giving = givingOf(draft, site, messenger, needs.get(site));
    lowerBandwidth(giving);
    drain(giving);
    lowerQuota(giving);
    restNetwork(giving);
    settleShorts(giving, imageOf(estate, messenger));
  }
  return draft.done();
}

/** Drains the servers of groups that it needs no longer, and of the others those that the laws can spare. */
function drain({ draft, state, messenger, need, waits }: Giving): void {
  const id = messenger.messenger;
  const leaving: string[] = [];
  for (const [group] of [...state.groupsOf(id)].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const groupNeed = need?.groups.get(group);
    const held = [...state.lines.servers].filter(([, line]) => line.messenger === id && line.group === group);
    const granted = held.filter(([, line]) => line.state === "granted").map(([server]) => server);
    const rolling = held.filter(([, line]) => line.state === "rolling" || line.for === "roll").length;
    if (!groupNeed && waits && granted.length > 0)
      draft.notes.push(
        `${id} keeps ${several(granted.length, "server")} of ${group} at ${state.name} that it needs no longer: it is short there of what takes their place`,
      );
    if (!groupNeed && !waits && rolling > 0)
      draft.notes.push(`${several(rolling, "server")} of ${id} at ${state.name} are rolling; end that with roll ${id}, and release again`);
    const going = groupNeed ? spareNames(state, id, group, groupNeed) : waits ? [] : granted;
    for (const server of going) {
      const line = state.lines.servers.get(server);
      if (line) draft.move(state, server, { ...line, state: "draining" });
    }
    leaving.push(...going);
  }
  draft.moveEgress(state, leaving);
}

/** The servers of a group that can go: those out of service, then of each rack first those that carry no egress address, the last by name first. */
function spareNames(state: SiteState, id: string, group: Group, need: GroupNeed): string[] {
  const holding = state.holding(id, group);
  const carriers = new Set([...state.lines.egress.values()].flatMap(({ servers }) => servers));
  const { out, byRack } = spareOf(state, id, group, need, holding.egressMbps);
  return [
    ...out,
    ...[...byRack].flatMap(([index, count]) => {
      const names = [...holding.at(index).names].sort().reverse();
      return [...names.filter((name) => !carriers.has(name)), ...names.filter((name) => carriers.has(name))].slice(0, count);
    }),
  ];
}

/** Puts into quarantine what no need asks for: public prefixes once no server of its runs there, VLAN and private ones once it holds none. */
function restNetwork({ draft, state, messenger, need }: Giving): void {
  const id = messenger.messenger;
  const running = new Set(["granted", "rolling", "draining"]);
  const runs = [...state.lines.servers.values()].some((line) => line.messenger === id && running.has(line.state));
  const rest = (section: "private" | "vips" | "egress", needed: number): void => {
    let held = addressesIn(prefixesOf(state, id, section));
    for (const prefix of prefixesOf(state, id, section).reverse()) {
      const { size } = parsePrefix(prefix);
      if (held - size < needed) continue;
      held -= size;
      draft.rest(state, id, section, prefix);
    }
  };
  if (!runs) {
    rest("vips", need?.vips ?? 0);
    rest("egress", need?.egress ?? 0);
  }
  // A server that is erased or waits for it still has its VLAN and its address.
  if (state.heldBy(id) > 0) return;
  rest("private", need?.privateAddresses(0) ?? 0);
  if (need?.network) return;
  for (const [vlan, line] of [...state.lines.vlans]) if (holderOf(line) === id) draft.rest(state, id, "vlan", vlan);
}

/** What it is no longer short of is forgotten, as allocate would forget it. */
function settleShorts({ draft, state, messenger, need }: Giving, image: Image): void {
  const terms: Terms = { named: false, changes: draft.changes, refused: [] };
  if (need) grantSite(state, terms, need, image);
  else forgetAll(state, terms, messenger.messenger);
}
