/** What of a server may be planned with: what it can allocate, less the estate's reserve, so that lumps fit. */
import type { Estate } from "../request/estate";
import { capacityOf, type Capacity } from "../request/server";

const nothing: Capacity = { milliThreads: 0, memoryMiB: 0, nvmeGB: 0, diskGB: 0, nicMbps: 0 };

/** The usable capacity of one server of a class; nothing of a class that the estate does not know. */
export function usableOf(estate: Estate, serverClass: string): Capacity {
  const known = estate.classes[serverClass];
  if (!known) return nothing;
  const all = capacityOf(known);
  return {
    ...all,
    milliThreads: Math.max(0, all.milliThreads - estate.reserve.threads),
    memoryMiB: Math.max(0, all.memoryMiB - estate.reserve.memory),
  };
}
