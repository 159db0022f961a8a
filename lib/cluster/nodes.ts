/** On which nodes a messenger's pods run. */
import { poolHolder, type Grant, type GrantedServer } from "../allocation/grant";
import type { Messenger } from "../request/messenger";

/** Whose nodes: a messenger's id or `pool`. */
export type Nodes = readonly [now: string] | readonly [now: string, before: string];

/** Its own nodes, as its id, or the pool's; during a change of tier the old kind follows until the last of it is released. */
export function nodesOf({ messenger, needs }: Pick<Messenger, "messenger" | "needs">, grant: Grant): Nodes {
  if (needs.includes("hardware")) return grant.quota ? [messenger, poolHolder] : [messenger];
  return grant.servers.length > 0 ? [poolHolder, messenger] : [poolHolder];
}

/** Whether a held server is a node: one that is being erased or detached is none. */
export function isNode({ state }: GrantedServer): boolean {
  return state !== "erasing" && state !== "detached";
}

/** The racks in which a holder has nodes, in order. */
export function racksOf({ servers }: Grant): string[] {
  return [...new Set(servers.filter(isNode).map(({ rack }) => rack))].sort();
}
