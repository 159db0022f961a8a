import { grantOf, type Grant } from "../../lib/allocation/grant";
import type { Messenger } from "../../lib/request/messenger";
import { presenceOf } from "../../lib/stacks/presence";
import { sampleEstate, sampleMessenger } from "../support/estate";
import { grantedLock } from "../support/granted";

const held = (holder: string, site = "thr1"): Grant => grantOf(sampleEstate(), grantedLock(), holder, site);
const soroush = (changes: Record<string, unknown> = {}): Messenger => sampleMessenger("soroush", changes);
const bale = (changes: Record<string, unknown> = {}): Messenger => sampleMessenger("bale", changes);

test("a messenger is live at each site of its placement, whether it holds anything there yet or not", () => {
  expect(presenceOf(soroush(), "thr1", held("soroush"))).toBe("live");
  expect(presenceOf(soroush(), "mhd1", held("nobody"))).toBe("live");
  expect(presenceOf(bale(), "mhd1", held("bale", "mhd1"))).toBe("none");
});

test("repurposed is live; retired and absent are what they say", () => {
  expect(presenceOf(bale({ lifecycle: { state: "repurposed", sector: "education" } }), "thr1", held("bale"))).toBe("live");
  expect(presenceOf(bale({ lifecycle: "retired" }), "thr1", held("bale"))).toBe("retired");
  expect(presenceOf(bale({ lifecycle: "retired" }), "thr1", held("nobody"))).toBe("retired");
  expect(presenceOf(bale({ lifecycle: "absent" }), "thr1", held("nobody"))).toBe("empty");
});

test("a dropped site is retired while something is held there, then emptied as long as it is listed", () => {
  const dropped = bale({ placement: { sites: { thr1: "0%", mhd1: "100%" } } });
  expect(presenceOf(dropped, "thr1", held("bale"))).toBe("retired");
  expect(presenceOf(dropped, "thr1", held("nobody"))).toBe("empty");
  const unlisted = bale({ placement: { sites: { mhd1: "100%" } } });
  expect(presenceOf(unlisted, "thr1", held("bale"))).toBe("retired");
  expect(presenceOf(unlisted, "thr1", held("nobody"))).toBe("none");
});

test("network alone has no stack, unless it still holds servers or a quota", () => {
  const network = bale({ needs: ["network"] });
  const { quota, ...addresses } = held("bale");
  expect(quota).toBeDefined();
  expect(presenceOf(network, "thr1", addresses)).toBe("none");
  expect(presenceOf(network, "thr1", held("bale"))).toBe("live");
  expect(presenceOf(network, "thr1", held("soroush"))).toBe("live");
  expect(presenceOf(bale({ needs: ["network"], lifecycle: "retired" }), "thr1", addresses)).toBe("none");
});
