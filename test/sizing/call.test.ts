import { relayBits, relayedCalls, relayThreads } from "../../lib/sizing/call";
import { valuesOf } from "../../lib/sizing/coefficient";

const values = valuesOf();

test("three million people hold 3,750 calls at once at peak, of which a fifth are relayed", () => {
  expect(relayedCalls(3e6, 3, values)).toBeCloseTo(750, 9);
});

test("a relayed call costs 200 packets a second and two legs of bandwidth each way", () => {
  expect(relayThreads(750, values)).toBeCloseTo((750 * 200) / 50_000, 12);
  expect(relayBits(750, values)).toBe(60e6);
});
