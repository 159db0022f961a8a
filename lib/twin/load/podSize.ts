/** How large a messenger's pods may be: small enough that what is left of a site after a loss can be filled with them. */
import { divideUp } from "../../allocation/integer";
import type { Grant } from "../../allocation/grant";
import { usableOf } from "../../allocation/usable";
import { serverMbps } from "../../network/bandwidth";
import type { Estate } from "../../request/estate";

/** What a pod, or all pods of a role, ask for. */
export interface Requests {
  readonly milliThreads: number;
  readonly memoryMiB: number;
  /** Of the pool's bandwidth; 0 on own servers, which are policed at their ports. */
  readonly egressMbps: number;
}

/** Every resource that is asked for. */
export const requested = ["milliThreads", "memoryMiB", "egressMbps"] as const satisfies readonly (keyof Requests)[];

/** More pods of one group than this are made larger instead, as far as half a server. */
const mostPods = 600;
/** More pods on one server than this are made larger instead: kubelet takes 110, and system pods are among them. */
const mostOnServer = 32;

/**
 * The most that a pod of a group may ask for. At best no more than the reserve: a pod that then fits nowhere means that every server is
 * filled beyond what law 4 counts with. Never more than half of what the smallest server may be planned with.
 *
 * @param total what all pods of the group ask for
 * @param grant the servers that they run on: the messenger's of the group, or the pool's
 */
export function largestPod(estate: Estate, grant: Grant, total: Requests): Requests {
  const { reserve, headroom } = estate;
  const racks = estate.sites[grant.site]?.racks ?? {};
  const servers = grant.servers.map(({ class: serverClass, rack: name }) => {
    const { milliThreads, memoryMiB } = usableOf(estate, serverClass);
    const rack = racks[name];
    return { milliThreads, memoryMiB, egressMbps: rack ? serverMbps(estate, rack) : 0 };
  });
  const smallest = (key: keyof Requests): number => Math.min(...servers.map((server) => server[key]));
  const bound = (key: keyof Requests, spare: number): number => {
    const piece = Math.max(spare, divideUp(total[key], mostPods));
    // Without a server nothing bounds a pod; it waits for one in any case.
    if (servers.length === 0) return Math.max(1, piece);
    const server = smallest(key);
    return Math.max(1, Math.min(Math.floor(server / 2), Math.max(piece, divideUp(server, mostOnServer))));
  };
  return {
    milliThreads: bound("milliThreads", reserve.threads),
    memoryMiB: bound("memoryMiB", reserve.memory),
    egressMbps: bound("egressMbps", servers.length === 0 ? 0 : Math.floor((smallest("egressMbps") * headroom.pool) / 1000)),
  };
}
