import * as fc from "fast-check";
import type { Deficit } from "../../lib/allocation/allocation";
import type { SiteBook } from "../../lib/allocation/book";
import { bookOf } from "../../lib/allocation/book";
import type { Depletable } from "../../lib/allocation/lack";
import type { RunOut } from "../../lib/allocation/runOut";
import { capacityOf, type Books } from "../../lib/diff/capacity";
import { sampleEstate } from "../support/estate";
import { sampleLock } from "../support/lock";

const [mhd1, thr1] = bookOf(sampleEstate(), sampleLock()) as [SiteBook, SiteBook];
const books = (sites: readonly SiteBook[], deficits: readonly Deficit[] = [], runOut: RunOut = new Map()): Books => ({
  sites,
  deficits,
  runOut: () => runOut,
});
const deficit: Deficit = {
  messenger: "soroush",
  site: "thr1",
  resource: "servers",
  law: "outage",
  what: "one rack more would be lost",
  remedy: "allocate again",
} as unknown as Deficit;

test("sites whose books are the same are no part of the report", () => {
  expect(capacityOf(books([mhd1, thr1], [deficit]), books([mhd1, thr1], [deficit]))).toEqual([]);
});

test("every figure of a line is the book's", () => {
  const { servers, bandwidth, privateAddresses, publicAddresses, vlans, pool } = thr1;
  const more = { ...thr1, vlans: { ...vlans, promised: vlans.promised + 1 } };
  const [site] = capacityOf(books([thr1]), books([more]));
  const figures = Object.fromEntries(
    site?.lines.map(({ what, installed, promised, spare, free }) => [what, [installed, promised, spare, free].map(({ after }) => after)]) ??
      [],
  );
  const promised = (of: { promised: number; limit: number }): number[] => [of.limit, of.promised, 0, of.limit - of.promised];
  expect(figures).toEqual({
    ...Object.fromEntries(
      Object.entries(servers).map(([name, { installed, held, free, outOfService, resting }]) => [
        name,
        [installed, held, outOfService + resting, free],
      ]),
    ),
    "bandwidth out": promised(bandwidth.egressMbps),
    "bandwidth in": promised(bandwidth.ingressMbps),
    "private addresses": promised(privateAddresses),
    "public addresses": promised(publicAddresses),
    VLANs: promised(more.vlans),
    "threads of the pool": promised(pool.cpu),
    "memory of the pool": promised(pool.memoryGiB),
    "NVMe of the pool": promised(pool.nvmeTiB),
    "object storage of the pool": promised(pool.objectTiB),
    "bandwidth out of the pool": promised(pool.egressMbps),
    "bandwidth into the pool": promised(pool.ingressMbps),
  });
});

test("installed is promised, spare and free together, in every line", () => {
  const figure = fc.nat({ max: 1000 });
  const server = fc
    .record({ held: figure, free: figure, outOfService: figure, resting: figure, ordered: figure })
    .map((each) => ({ ...each, installed: each.held + each.free + each.outOfService + each.resting }));
  fc.assert(
    fc.property(
      fc.dictionary(fc.constantFrom("a", "b", "c"), server),
      fc.dictionary(fc.constantFrom("a", "b", "c"), server),
      (before, after) => {
        for (const { lines } of capacityOf(books([{ ...thr1, servers: before }]), books([{ ...thr1, servers: after }])))
          for (const { installed, promised, spare, free } of lines)
            for (const side of ["before", "after"] as const) expect(promised[side] + spare[side] + free[side]).toBe(installed[side]);
      },
    ),
  );
});

test("a class whose last rack goes is a line that goes down to nothing", () => {
  const { "compute-64": gone, ...servers } = thr1.servers;
  const [site] = capacityOf(books([thr1]), books([{ ...thr1, servers }]));
  expect(site?.lines.map(({ what }) => what).slice(0, 3)).toEqual(["general-48", "compute-64", "bandwidth out"]);
  expect(site?.lines[1]).toMatchObject({ installed: { before: gone?.installed, after: 0 }, free: { before: gone?.free, after: 0 } });
});

test("a site that comes, or goes, is told with all that it has", () => {
  const [come] = capacityOf(books([mhd1]), books([mhd1, thr1]));
  const [gone] = capacityOf(books([mhd1, thr1]), books([mhd1]));
  expect([come?.site, gone?.site]).toEqual(["thr1", "thr1"]);
  for (const [index, line] of (gone?.lines ?? []).entries()) {
    expect(line.installed).toEqual({ before: line.installed.before, after: 0 });
    expect(come?.lines[index]?.installed).toEqual({ before: 0, after: line.installed.before });
  }
});

test("a day that comes nearer is told, though nothing else differs", () => {
  const out = (day: string): RunOut => new Map([["class compute-64", day]]);
  const [site] = capacityOf(books([thr1], [], out("2027-03-01")), books([thr1], [], out("2027-02-01")));
  expect(site?.lines.find(({ what }) => what === "compute-64")?.runsOut).toEqual({ before: "2027-03-01", after: "2027-02-01" });
  expect(site?.lines.find(({ what }) => what === "general-48")?.runsOut).toEqual({ before: null, after: null });
});

test("every line tells its own day", () => {
  const names: Readonly<Record<string, Depletable>> = {
    "compute-64": "class compute-64",
    "general-48": "class general-48",
    "bandwidth out": "egressMbps",
    "bandwidth in": "ingressMbps",
    "private addresses": "privateAddresses",
    "public addresses": "publicAddresses",
    VLANs: "vlans",
    "threads of the pool": "cpu",
    "memory of the pool": "memoryGiB",
    "NVMe of the pool": "nvmeTiB",
    "object storage of the pool": "objectTiB",
    "bandwidth out of the pool": "poolEgressMbps",
    "bandwidth into the pool": "poolIngressMbps",
  };
  const days = Object.keys(names).map((_, index) => `2027-03-${String(index + 10)}`);
  const [site] = capacityOf(
    books([thr1]),
    books([thr1], [], new Map(Object.values(names).map((what, index) => [what, days[index] ?? ""]))),
  );
  expect(site?.lines.map(({ what, runsOut }) => [what, runsOut])).toEqual(
    Object.keys(names).map((what, index) => [what, { before: null, after: days[index] }]),
  );
});

test("a deficit is new where the base had none of its kind, and old ones stand beside it", () => {
  const other = { ...deficit, messenger: "bale" };
  const [site] = capacityOf(books([thr1], [deficit]), books([thr1], [deficit, other]));
  expect(site?.deficits).toEqual([
    { what: "soroush: one rack more would be lost", remedy: "allocate again", isNew: false },
    { what: "bale: one rack more would be lost", remedy: "allocate again", isNew: true },
  ]);
});
