import { verbOf } from "../../../lib/diff/cause/verb";
import type { ServerState } from "../../../lib/request/lock";
import type { Ground } from "../../../lib/diff/ground";

const ground = (states: Readonly<Record<string, ServerState>>): Ground =>
  ({
    lock: { sites: { thr1: { servers: Object.fromEntries(Object.entries(states).map(([name, state]) => [name, { state }])) } } },
  }) as unknown as Ground;

test.each<[ServerState | undefined, ServerState | undefined, string | undefined]>([
  ["granted", "draining", "release"],
  ["draining", "erasing", "erase"],
  ["detached", "erasing", "erase"],
  ["erasing", undefined, "erased"],
  ["granted", "rolling", "roll"],
  ["rolling", "granted", "roll"],
  ["detached", "granted", "roll"],
  [undefined, "granted", undefined],
  ["granted", undefined, undefined],
  ["draining", "detached", undefined],
])("from %s to %s it was %s", (from, to, verb) => {
  const side = (state: ServerState | undefined) => ground(state ? { a: state } : {});
  expect(verbOf(side(from), side(to), "thr1", ["a"])).toBe(verb);
});

test("servers that two verbs moved have no one verb, and no server none", () => {
  const [base, head] = [ground({ a: "granted", b: "granted" }), ground({ a: "draining", b: "rolling" })];
  expect(verbOf(base, head, "thr1", ["a", "b"])).toBeUndefined();
  expect(verbOf(base, head, "thr1", [])).toBeUndefined();
});
