/** cdktf's app: the company's files as stacks. `zirsakht synth` writes the same stacks, and their manifests and switch plans beside them. */
import { fastSynth } from "../lib/engine/fast";
import { InputError } from "../lib/request/problem";
import { readRequest } from "../lib/request/read";
import { buildApp } from "../lib/stacks/app";

try {
  fastSynth({ stackTraces: "ZIRSAKHT_STACK_TRACES" in process.env });
  const { lock, ...request } = readRequest("stacks");
  if (!lock) throw new InputError([{ message: "stacks has no allocations.lock.json; write it with `npx zirsakht allocate`" }]);
  buildApp({ ...request, lock }).synth();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
