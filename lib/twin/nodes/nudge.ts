/** Helps hosts past a fault of the operator's test mode, which keeps one image for all of them. */
import { hardwareNamespace } from "../../hardware/namespace";
import { type Api, ApiError, isDone } from "../api";
import type { LiveHost } from "./liveHost";

/** For so long hosts get on by themselves, in milliseconds: the operator looks again after ten seconds. */
const patience = 15_000;
const annotation = "zirsakht.ir/looked-at";
const notFound = 404;

/**
 * A host that is wiped takes the test mode's one image away, another one that is provisioned sets it, and each waits for the opposite: as
 * the operator looks at both every ten seconds, that may go on for ever. An annotation that comes and goes makes it look at one twice in a
 * row, which gets that one through.
 */
export class Nudge {
  private turn = 0;

  constructor(private readonly api: Pick<Api, "request">) {}

  /** Nudges one of the hosts that wait for each other, the next one each time. `still`: how long nothing has moved, in milliseconds. */
  async among(hosts: readonly Pick<LiveHost, "name" | "phase">[], still: number): Promise<void> {
    const waiting = hosts.filter(({ phase }) => phase === "deprovisioning" || phase === "provisioning");
    const host = waiting[this.turn % waiting.length];
    if (!host || !waiting.some(({ phase }) => phase === "deprovisioning") || still < patience) return;
    this.turn++;
    const path = `/apis/metal3.io/v1alpha1/namespaces/${hardwareNamespace}/baremetalhosts/${host.name}`;
    for (const value of ["now", null]) {
      const answer = await this.api.request("PATCH", path, { body: { metadata: { annotations: { [annotation]: value } } } });
      if (!isDone(answer) && answer.status !== notFound) throw new ApiError(`PATCH ${path}`, answer);
    }
  }
}
