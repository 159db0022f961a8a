import { grantsAt } from "../../lib/allocation/grant";
import { grantRows } from "../../lib/diff/grants";
import type { Lock } from "../../lib/request/lock";
import { freshRoot } from "../cli/freshRoot";
import { editLock } from "../cli/run";
import { groundOf } from "./grounds";

const sites = new Set(["mhd1", "thr1"]);
const base = groundOf(freshRoot());

/** What differs once the lock is edited: a line each. */
function rows(change: (lines: Lock["sites"][string], lock: Lock) => void, among = sites): string[] {
  const root = freshRoot();
  editLock(root, (lock) => {
    const lines = lock.sites.thr1;
    if (!lines) throw new Error("the lock has no thr1");
    change(lines, lock);
  });
  return grantRows(base, groundOf(root), among).map(
    ({ change: { messenger, site, resource, before, after, unit, added, removed }, path }) =>
      `${messenger} ${site} ${resource}: ${String(before)} → ${String(after)} ${unit} +[${added.join()}] -[${removed.join()}] ${path.join(".")}`,
  );
}

const firstOf = (table: Lock["sites"][string]["vlans"], messenger: string): string =>
  Object.entries(table).find(([, line]) => "messenger" in line && line.messenger === messenger)?.[0] ?? "";

test("the same lock has no rows, and sites that are not looked at have none", () => {
  expect(rows(() => undefined)).toEqual([]);
  expect(rows(({ vlans }) => void Reflect.deleteProperty(vlans, firstOf(vlans, "bale")), new Set(["mhd1"]))).toEqual([]);
});

test("a key that goes is told by its name, with the amount before and after", () => {
  const [vlan] = rows(({ vlans }) => void Reflect.deleteProperty(vlans, firstOf(vlans, "bale")));
  expect(vlan).toMatch(/^bale thr1 VLANs: 1 → 0 VLANs \+\[\] -\[\d+\] sites\.thr1\.vlans$/);
});

test("a figure that moves is told where it stands", () => {
  expect(
    rows(({ bandwidth, quotas }) => {
      Object.assign(bandwidth.bale ?? {}, { ingressMbps: 1000 });
      Object.assign(quotas.bale ?? {}, { nvmeTiB: 9 });
    }),
  ).toEqual([
    expect.stringMatching(/^bale thr1 bandwidth in: \d+ → 1000 Mbit\/s \+\[\] -\[\] sites\.thr1\.bandwidth\.bale\.ingressMbps$/),
    expect.stringMatching(/^bale thr1 NVMe of the pool: \d+ → 9 TiB \+\[\] -\[\] sites\.thr1\.quotas\.bale\.nvmeTiB$/),
  ]);
});

test("a server that is drained leaves the granted ones and is told among the draining", () => {
  const name = Object.entries(base.lock.sites.thr1?.servers ?? {}).find(([, { group }]) => group === "database")?.[0] ?? "";
  expect(rows(({ servers }) => void Object.assign(servers[name] ?? {}, { state: "draining", since: "2026-11-24" }))).toEqual([
    expect.stringMatching(new RegExp(`^soroush thr1 database servers: (\\d+) → \\d+ servers \\+\\[\\] -\\[${name}\\]`)),
    `soroush thr1 draining database servers: 0 → 1 servers +[${name}] -[] sites.thr1.servers.${name}`,
  ]);
});

test("the amounts of a whole grant are those of the lock, and the pool stands last", () => {
  const empty = { ...base, lock: { ...base.lock, sites: {} } };
  const found = grantRows(empty, base, sites);
  for (const site of sites)
    for (const { holder, servers, vlans, bandwidth } of grantsAt(base.estate, base.lock, site)) {
      const of = (what: (resource: string) => boolean): number =>
        found
          .filter(({ change }) => change.messenger === holder && change.site === site && what(change.resource))
          .reduce((sum, { change: { before, after } }) => sum + after - before, 0);
      expect(of((resource) => resource.endsWith("servers"))).toBe(servers.length);
      expect(of((resource) => resource === "VLANs")).toBe(vlans.length);
      expect(of((resource) => resource === "bandwidth out")).toBe(bandwidth?.egressMbps ?? 0);
    }
  const holders = found.map(({ change: { messenger } }) => messenger);
  expect(holders).toEqual([...holders.filter((holder) => holder !== "pool").sort(), ...holders.filter((holder) => holder === "pool")]);
});
