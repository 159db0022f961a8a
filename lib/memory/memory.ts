/** What was computed before, known by the content of all that it was computed from. */

/** A store of results. Whoever has one is as right without it, only slower. */
export interface Memory {
  /**
   * What `make` gives, or gave for the same inputs before; `undefined` is not remembered.
   *
   * @param what the kind of result, a word
   * @param inputs the content of all that the result depends on, beside the code
   * @param make gives JSON data, which nobody changes afterwards
   */
  recall<Result>(what: string, inputs: readonly string[], make: () => Result): Result;
}

/** The memory that remembers nothing. */
export const noMemory: Memory = { recall: (_what, _inputs, make) => make() };
