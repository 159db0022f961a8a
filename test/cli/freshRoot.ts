/** A folder of the shared files whose lock meets every need, as `allocate --partial` writes it. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { allocate } from "../../lib/allocation/allocate";
import { serializeLock } from "../../lib/allocation/lockText";
import { readRequest } from "../../lib/request/read";
import { coefficientBook } from "../../lib/sizing/coefficient";
import { demandOf } from "../../lib/sizing/demand";
import { sizeMessenger } from "../../lib/sizing/size";
import { sampleRoot } from "../support/root";

/** Writes the lock of a root anew. */
export function relock(root: string): void {
  const { estate, messengers } = readRequest(root);
  const calendar = { asOf: "2026-11-24", horizon: estate.horizon, surges: estate.surges };
  const demands = messengers.map((messenger) => demandOf(sizeMessenger(messenger, calendar), messenger));
  const { version: coefficients } = coefficientBook();
  const { lock } = allocate({ estate, messengers, demands, lock: undefined, asOf: calendar.asOf, partial: true, coefficients });
  writeFileSync(join(root, "allocations.lock.json"), serializeLock(lock));
}

export function freshRoot(): string {
  const root = sampleRoot();
  relock(root);
  return root;
}
