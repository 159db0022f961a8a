import { leftovers } from "../../lib/cli/leftovers";
import type { Lock, ServerState } from "../../lib/request/lock";
import { sampleLock } from "../support/lock";

/** What is left where one server of soroush at thr1 is in this state, and no other is there. */
function left(state: ServerState | undefined, change: (site: Lock["sites"][string]) => void = () => undefined): string[] {
  const lock: Lock = sampleLock();
  const site = lock.sites.thr1;
  if (!site) throw new Error("the sample has no thr1");
  const [name = "", line] = Object.entries(site.servers).find(([, { messenger }]) => messenger === "soroush") ?? [];
  if (!line) throw new Error("soroush holds nothing");
  site.servers = state ? { [name]: { ...line, state } } : {};
  change(site);
  const move = { server: name, site: "thr1", holder: "soroush", group: "compute", from: "draining", to: "erasing", works: true } as const;
  return leftovers({ moves: [move, move], lock });
}

const sentence = "now: zirsakht release soroush, for the addresses at thr1 that it needs no more";

test("public prefixes outlast the last server that runs", () => {
  expect(left("erasing")).toEqual([sentence]);
  expect(left("draining")).toEqual([]);
});

test("a VLAN and private prefixes outlast the last server", () => {
  const withoutPublic = (site: Lock["sites"][string]): void => void Object.assign(site, { vips: {}, egress: {} });
  expect(left("erasing", withoutPublic)).toEqual([]);
  expect(left(undefined, withoutPublic)).toEqual([sentence]);
  expect(left(undefined, (site) => void Object.assign(site, { vips: {}, egress: {}, private: {}, vlans: {} }))).toEqual([]);
});
