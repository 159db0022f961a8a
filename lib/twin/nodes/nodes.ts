/** A site's Nodes follow its hosts: a server joins once the operator has provisioned it, and its Node goes when the server does. */
import { setTimeout as pause } from "node:timers/promises";
import { poolHolder } from "../../allocation/grant";
import { several } from "../../allocation/words";
import { messengerLabel } from "../../cluster/labels";
import { hardwareNamespace } from "../../hardware/namespace";
import { type ApiObject, valueAt } from "../../manifests/apiObject";
import { egressResource } from "../../network/bandwidth";
import type { Estate } from "../../request/estate";
import { InputError } from "../../request/problem";
import { serverOf } from "../../request/server";
import type { Api } from "../api";
import { concurrently } from "../concurrent";
import { isReady } from "../condition";
import { type LiveHost, liveHostOf } from "./liveHost";
import { NodeKeeper } from "./nodeKeeper";
import { Nudge } from "./nudge";
import type { TwinSite } from "../control/twinSite";

export interface SettleOptions {
  /** Told how far the hosts are, whenever that changes. @default nobody */
  readonly progress?: (what: string) => void;
  /** Ends the wait. @default nothing does */
  readonly signal?: AbortSignal;
}

/** How a site stands once everything has come to rest. */
export interface Settled {
  /** Hosts that run the image that they should. */
  readonly provisioned: number;
  /** Hosts that were running before, and were left alone. */
  readonly adopted: number;
  /** Nodes of servers, all Ready. */
  readonly nodes: number;
  /** Nodes that were made and taken away for it. */
  readonly joined: number;
  readonly left: number;
}

/** Between two looks, in milliseconds. */
const pace = 1000;
/** How long nothing at all may move before it is given up, in seconds. */
const patience = 180;
const atOnce = 16;

/** One look at a site. */
interface Look {
  readonly hosts: readonly LiveHost[];
  /** Nodes of servers by name. */
  readonly nodes: ReadonlyMap<string, ApiObject>;
  /** Messengers that have a namespace here. */
  readonly inCluster: ReadonlySet<string>;
}

/** Whether a host becomes a node: it has the join user data; an adopted one joined by itself, where its messenger has a namespace. */
export function joins(host: LiveHost, inCluster: ReadonlySet<string>): boolean {
  return host.isAdopted ? host.holder === poolHolder || inCluster.has(host.holder) : host.userData !== "";
}

/**
 * Makes and removes Nodes until every host is as its stack wants it, every server that joins has a Node that is Ready, and the pool's
 * nodes have their bandwidth. What is so already stays untouched.
 * @throws InputError with every host and node that is not, once nothing has moved for `patience`
 */
export async function settle(site: TwinSite, estate: Estate, options: SettleOptions = {}): Promise<Settled> {
  const { progress = () => undefined, signal } = options;
  const api = await site.admin();
  const keeper = await NodeKeeper.of(site, estate);
  const nudge = new Nudge(api);
  let [seen, moved] = ["", performance.now()];
  for (;;) {
    signal?.throwIfAborted();
    const began = performance.now();
    const look = await lookAt(api, estate);
    const looking = performance.now() - began;
    await follow(look, keeper);
    if (keeper.problems.length > 0) throw new InputError(keeper.problems.map((message) => ({ message: `${site.site}: ${message}` })));
    const waiting = waitingFor(look, keeper);
    const standing = standingOf(look, waiting.length);
    if (waiting.length === 0) return { ...countsOf(look), joined: keeper.joined, left: keeper.left };
    if (standing !== seen) {
      [seen, moved] = [standing, performance.now()];
      progress(`${site.site}: ${standing}`);
    }
    if (performance.now() - moved > patience * 1000) throw stalled(site.site, waiting);
    await nudge.among(look.hosts, performance.now() - moved);
    // Looking at thousands of hosts must not be what the API server is busy with.
    await pause(Math.max(pace, 4 * looking), undefined, { signal });
  }
}

async function lookAt(api: Api, estate: Estate): Promise<Look> {
  const [hosts, nodes, namespaces] = await Promise.all([
    api.list(`/apis/metal3.io/v1alpha1/namespaces/${hardwareNamespace}/baremetalhosts`),
    api.list("/api/v1/nodes"),
    api.list("/api/v1/namespaces", { labelSelector: messengerLabel }),
  ]);
  const ofServers = nodes.filter((node) => labelOf(node) !== undefined || serverOf(estate, node.metadata.name) !== undefined);
  return {
    hosts: hosts.map(liveHostOf),
    nodes: new Map(ofServers.map((node) => [node.metadata.name, node])),
    inCluster: new Set(namespaces.flatMap((namespace) => labelOf(namespace) ?? [])),
  };
}

function labelOf(object: ApiObject): string | undefined {
  const label = valueAt(object, "metadata", "labels", messengerLabel);
  return typeof label === "string" ? label : undefined;
}

/** Brings the Nodes after their hosts, as far as the hosts are. */
async function follow({ hosts, nodes, inCluster }: Look, keeper: NodeKeeper): Promise<void> {
  const joined = new Map(hosts.filter((host) => host.isSettled && joins(host, inCluster)).map((host) => [host.name, host]));
  const gone = [...nodes.values()].filter((node) => {
    const host = joined.get(node.metadata.name);
    return host === undefined || keeper.isOutdated(node, host);
  });
  await concurrently(gone, atOnce, (node) => keeper.remove(node.metadata.name));
  await concurrently([...joined.values()], atOnce, (host) => keeper.keep(host, nodes.get(host.name)));
}

/** What is not as it should be, in words. */
function waitingFor({ hosts, nodes, inCluster }: Look, keeper: NodeKeeper): string[] {
  const unsettled = hosts
    .filter((host) => !host.isSettled)
    .map(({ name, phase, isLeaving, error }) => {
      const where = isLeaving ? "is being deleted" : phase === "" ? "was not looked at by the operator yet" : `is ${phase}`;
      return `the host ${name} ${where}${error === "" ? "" : `: ${error}`}`;
    });
  const settled = hosts.filter((host) => host.isSettled && joins(host, inCluster));
  const names = new Set(settled.map(({ name }) => name));
  const extra = [...nodes.keys()].filter((name) => !names.has(name)).map((name) => `the node ${name} is still there`);
  const unready = settled.flatMap((host) => {
    const node = nodes.get(host.name);
    if (!node) return `the server ${host.name} has no node yet`;
    if (!isReady(node)) return `the node ${host.name} is not Ready`;
    if (!keeper.isAsItShould(host, node)) return `the node ${host.name} is not marked as its server's state wants it`;
    const promises = valueAt(node, "status", "allocatable", egressResource) !== undefined;
    return host.holder === poolHolder && !promises ? `the node ${host.name} has no ${egressResource} yet` : [];
  });
  return [...unsettled, ...extra, ...unready];
}

function standingOf({ hosts, nodes }: Look, waiting: number): string {
  const settled = hosts.filter(({ isSettled }) => isSettled).length;
  const ready = [...nodes.values()].filter(isReady).length;
  return `${settled} of ${several(hosts.length, "host")} ready, ${several(ready, "node")} Ready, waiting for ${waiting}`;
}

function countsOf({ hosts, nodes }: Look): Pick<Settled, "provisioned" | "adopted" | "nodes"> {
  const adopted = hosts.filter(({ isAdopted }) => isAdopted).length;
  return { provisioned: hosts.length - adopted, adopted, nodes: nodes.size };
}

function stalled(site: string, waiting: readonly string[]): InputError {
  const what = `${site}: nothing has moved for ${patience} s; see \`npx zirsakht twin status\` and the operators' logs in the twin's folder`;
  return new InputError([{ message: what }, ...waiting.map((message) => ({ message: `${site}: ${message}` }))]);
}
