/** What verbs know from the runs before them. */
import type { Memory } from "../memory/memory";
import { memoryOf } from "../memory/userMemory";

/** Does the work with the memory of the root folder. What was found good is remembered also where the rest is refused. */
export function remembering<Result>(root: string, work: (memory: Memory) => Result): Result {
  const memory = memoryOf(root);
  try {
    return work(memory);
  } finally {
    memory.save();
  }
}
