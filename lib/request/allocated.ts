/** A request that has been allocated: what stacks, switch plans and manifests are made from. */
import type { Lock } from "./lock";
import type { Request } from "./request";

/** The estate, every messenger, how servers are wired, and a lock that is there. */
export interface AllocatedRequest extends Pick<Request, "estate" | "messengers" | "host"> {
  readonly lock: Lock;
}
