/** cdktf's app: what `zirsakht synth` does, into the folder that cdktf names; so `cdktf deploy` too refuses what is stale or against a policy. */
import { judged, refuseStale } from "../lib/cli/stale";
import { synthesize } from "../lib/cli/synthesize";
import { InputError } from "../lib/request/problem";
import { readRequest } from "../lib/request/read";

try {
  const { lock, ...request } = readRequest("stacks");
  if (!lock) throw new InputError([{ message: "stacks has no allocations.lock.json; write it with `npx zirsakht allocate`" }]);
  refuseStale(judged({ ...request, lock }).judgement, "stacks");
  synthesize({ ...request, lock }, { out: process.env.CDKTF_OUTDIR ?? "cdktf.out" });
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
