/** Demands x Estate x Lock -> a new Lock: pure, in integers, the same bytes for the same values. */
import type { Allocation, AllocationInput } from "./allocation";

export type { Allocation, AllocationInput, Change, Deficit, Refusal, Resource, Stale, Violation } from "./allocation";

/** The allocator's signature. */
export type Allocate = (input: AllocationInput) => Allocation;
