/** Every line of the books runs out when `allocate` would refuse, with what is promised kept. */
import type { Allocation } from "../../lib/allocation/allocation";
import type { Depletable } from "../../lib/allocation/lack";
import { runOutOf } from "../../lib/allocation/runOut";
import { SiteState } from "../../lib/allocation/siteState";
import type { Estate, Rack, Site } from "../../lib/request/estate";
import type { Lock } from "../../lib/request/lock";
import type { Messenger } from "../../lib/request/messenger";
import type { Demand, GroupDemand } from "../../lib/sizing/demand";
import { dateOf, dayNumber } from "../../lib/sizing/day";
import { demandOf, estateOf, messengerOf, plainClass, rack, run, site, using } from "../support/allocation";

const asOf = "2026-11-24";
const last = 50;
const dayOf = (day: string): number => dayNumber(day) - dayNumber(asOf);

/** Three pool racks, or as many, of two servers behind an uplink, and the rest of six racks for own servers. */
const estateWith = (change: Partial<Site>, uplink = 100_000, pools = 3): Estate =>
  estateOf({
    thr1: site(
      Object.fromEntries([1, 2, 3, 4, 5, 6].map((n) => [`r0${String(n)}`, rack({ servers: 2, uplink, pool: n <= pools })])),
      change,
    ),
  });

const pooled = (id: string, change: Partial<Messenger> = {}): Messenger =>
  messengerOf(id, {
    needs: ["network", "cluster"],
    growth: [{ date: dateOf(dayNumber(asOf) + last), active: 1000 }],
    network: { private: 4, vips: 1, egress: 1 },
    ...change,
  });

/**
 * What gap needs of each figure on a day: nothing of it first, then more by `each` a day. Soroush needs nothing of it, but on the first day
 * as much as gap on the day `surplus`.
 */
const growing =
  (each: Partial<GroupDemand>, surplus = 0) =>
  ({ messenger }: Messenger, day: string): Demand => {
    const days = messenger === "gap" ? dayOf(day) : day === asOf ? surplus : 0;
    const grown = Object.entries(each).map(([key, more]) => [key, more * days]);
    return demandOf(messenger, { all: using(1, { usedMemoryMiB: 1024, ...(Object.fromEntries(grown) as Partial<GroupDemand>) }) });
  };

interface Case {
  readonly estate: Estate;
  readonly demandOn: (messenger: Messenger, day: string) => Demand;
  readonly messengers?: readonly Messenger[];
}

const allocated = ({ estate, demandOn, messengers = [pooled("gap")] }: Case, day = asOf, lock?: Lock): Allocation =>
  run({ estate, lock, messengers, demands: messengers.map((messenger) => demandOn(messenger, day)), partial: true });

function runOut({ estate, lock, demandOn, messengers = [pooled("gap")] }: Case & { readonly lock: Lock }): Map<Depletable, string> {
  return new Map(runOutOf({ state: SiteState.of(estate, lock, "thr1"), messengers, demandOn }));
}

test.each<[Depletable, string, string, Estate, Partial<GroupDemand>]>([
  ["egressMbps", "of the uplink", "out,", estateWith({ uplink: 1000 }), { egressMbps: 30 }],
  ["ingressMbps", "of the uplink", "in,", estateWith({ uplink: 1000 }), { ingressMbps: 30 }],
  ["poolEgressMbps", "the pool of thr1 carries", "out after", estateWith({}, 500), { egressMbps: 30 }],
  ["poolIngressMbps", "the pool of thr1 carries", "in after", estateWith({}, 500), { ingressMbps: 30 }],
  ["cpu", "the pool of thr1 has not enough", "threads do not fit", estateWith({}), { usedMilliThreads: 1000 }],
  ["memoryGiB", "the pool of thr1 has not enough", "GiB of memory do not fit", estateWith({}), { usedMemoryMiB: 4096 }],
  ["nvmeTiB", "the pool of thr1 has not enough", "TiB of NVMe do not fit", estateWith({}), { nvmeGB: 2000 }],
  ["objectTiB", "the pool of thr1 has not enough", "TiB of object storage do not fit", estateWith({}, 100_000, 4), { objectGB: 20_000 }],
])(
  "%s runs out on the first day on which allocate refuses it, which keeps what others have beyond their need",
  (line, refuses, what, estate, each) => {
    const [first, sooner] = [0, 15].map((surplus) => {
      const side: Case = { estate, demandOn: growing(each, surplus), messengers: [pooled("gap"), pooled("soroush")] };
      const { lock } = allocated(side);
      const refused = (day: number): boolean =>
        allocated(side, dateOf(dayNumber(asOf) + day), lock).refused.some(
          (refusal) => refusal.what.includes(refuses) && refusal.what.includes(what),
        );
      const found = Array.from({ length: last }, (_, day) => day).findIndex((day) => day > 0 && refused(day));
      expect(Object.fromEntries(runOut({ ...side, lock }))).toEqual({ [line]: dateOf(dayNumber(asOf) + found) });
      return found;
    });
    expect(sooner).toBeGreaterThan(1);
    expect(sooner).toBeLessThan(first ?? 0);
  },
);

test.each<[Depletable, string, Partial<Site>, Messenger["network"]]>([
  ["vlans", "no VLAN", { vlans: { first: 1000, last: 1001 } }, {}],
  ["publicAddresses", "public address", { public: ["198.51.100.0/31"] }, { vips: 1, egress: 0 }],
  ["publicAddresses", "public address", { public: ["198.51.100.0/31"] }, { vips: 0, egress: 1 }],
])("%s run out on the book date where somebody lacks one that allocate refuses, and else never", (line, refuses, change, network) => {
  const estate = estateWith(change);
  const demandOn = growing({ usedMilliThreads: 1 });
  const [alone, together] = [[pooled("gap")], [pooled("gap"), pooled("soroush", { network })]].map((messengers) => {
    const side: Case = { estate, demandOn, messengers };
    const { lock, refused } = allocated(side);
    return { refused: refused.some(({ what }) => what.includes(refuses)), out: runOut({ ...side, lock }) };
  });
  expect(alone).toEqual({ refused: false, out: new Map() });
  expect(together).toEqual({ refused: true, out: new Map([[line, asOf]]) });
});

test("private addresses run out on the first day on which own servers find none", () => {
  const racks = Array.from({ length: 40 }, (_, index): [string, Rack] => [`r${String(index + 10)}`, rack({ servers: 1 })]);
  const estate = estateOf({ thr1: site(Object.fromEntries(racks), { private: "10.64.0.0/25" }) });
  const growth = [{ date: dateOf(dayNumber(asOf) + last), active: 1000 }];
  const side: Case = { estate, demandOn: growing({ usedMilliThreads: 2000 }), messengers: [messengerOf("gap", { growth })] };
  const { lock, refused } = allocated(side);
  expect(refused).toEqual([]);
  const days = Array.from({ length: last }, (_, day) => dateOf(dayNumber(asOf) + day));
  const first = days.find((day) => allocated(side, day, lock).refused.some(({ resource }) => resource === "private"));
  expect(dayOf(first ?? asOf)).toBeGreaterThan(0);
  expect(runOut({ ...side, lock })).toEqual(new Map([["privateAddresses", first]]));
});

test("who has no lines yet takes of what is left", () => {
  const messengers = [pooled("gap"), pooled("soroush")];
  const side: Case = { estate: estateWith({ vlans: { first: 1000, last: 1001 } }), demandOn: growing({}) };
  const { lock } = allocated(side);
  expect(runOut({ ...side, messengers, lock })).toEqual(new Map([["vlans", asOf]]));
});

test("what is promised beyond a limit that was lowered has run out on the book date", () => {
  const side: Case = { estate: estateWith({}), demandOn: growing({}), messengers: [pooled("gap"), pooled("soroush")] };
  const { lock } = allocated(side);
  expect(runOut({ ...side, lock })).toEqual(new Map());
  expect(runOut({ ...side, lock, estate: estateWith({ vlans: { first: 1000, last: 1001 } }) })).toEqual(new Map([["vlans", asOf]]));
});

test("so has every figure of a pool that may promise nothing any more, and a private network that was narrowed", () => {
  const estate = estateWith({}, 100_000, 4);
  const data = { usedMemoryMiB: 1024, nvmeGB: 2000, objectGB: 2000, egressMbps: 10, ingressMbps: 10 };
  const demandOn = ({ messenger }: Messenger): Demand => demandOf(messenger, { all: using(1, data) });
  const { lock } = allocated({ estate, demandOn });
  const narrow = estateWith({ private: "10.64.0.0/25" }, 100_000, 4);
  const lines = [...runOut({ estate: { ...narrow, headroom: { uplink: 0, pool: 1000 } }, demandOn, lock }).keys()];
  expect(lines.sort()).toEqual(["cpu", "memoryGiB", "nvmeTiB", "objectTiB", "poolEgressMbps", "poolIngressMbps", "privateAddresses"]);
});

test("what is out of service of the pool counts as back", () => {
  const demandOn = ({ messenger }: Messenger): Demand => demandOf(messenger, { all: using(24, { egressMbps: 900 }) });
  const { lock } = allocated({ estate: estateWith({}, 500), demandOn });
  const estate = estateWith({ outOfService: { "thr1-r01-s01": "burnt", "thr1-r01-s02": "burnt" } }, 500);
  expect(runOut({ estate, demandOn, lock })).toEqual(new Map());
});

test("free addresses that lie apart are all counted, and one more has run out", () => {
  const estate = estateWith({ public: ["198.51.100.0/29"] });
  const demandOn = growing({});
  const { lock } = allocated({ estate, demandOn });
  const found = [4, 5, 6].map((vips) => {
    const side: Case = { estate, demandOn, messengers: [pooled("gap"), pooled("soroush", { network: { vips, egress: 1 } })] };
    return { refused: allocated(side, asOf, lock).refused.length > 0, out: runOut({ ...side, lock }).size };
  });
  expect(found).toEqual([0, 0, 1].map((out) => ({ refused: out > 0, out })));
});

test("a prefix that is larger than what is lacking leaves less to the next", () => {
  const estate = estateWith({ public: ["198.51.100.0/29"] });
  const demandOn = growing({});
  const { lock } = allocated({ estate, demandOn });
  const found = [2, 3].map((vips) => {
    const side: Case = { estate, demandOn, messengers: [pooled("gap"), pooled("soroush", { network: { vips, egress: 3 } })] };
    return { refused: allocated(side, asOf, lock).refused.length > 0, out: [...runOut({ ...side, lock })] };
  });
  expect(found).toEqual([
    { refused: false, out: [] },
    { refused: true, out: [["publicAddresses", asOf]] },
  ]);
});

test("what runs out between the same two turns has each its own day", () => {
  const side: Case = {
    estate: estateWith({ uplink: 1000 }),
    demandOn: growing({ egressMbps: 30, ingressMbps: 100, usedMilliThreads: 1000 }),
  };
  const { lock } = allocated(side);
  const days = [...runOut({ ...side, lock })].map(([what, day]) => [what, dayOf(day)] as const);
  expect(new Map(days)).toEqual(
    new Map([
      ["ingressMbps", 11],
      ["cpu", 26],
      ["egressMbps", 34],
    ]),
  );
});

test("a share of the pool that takes over what a network alone sent is new to the pool", () => {
  const estate = estateWith({}, 500);
  const demandOn = ({ messenger }: Messenger): Demand => demandOf(messenger, { all: using(1, { egressMbps: 1500 }) });
  const { lock } = allocated({ estate, demandOn, messengers: [pooled("gap", { needs: ["network"] })] });
  expect(runOut({ estate, demandOn, lock })).toEqual(new Map([["poolEgressMbps", asOf]]));
});

const large = { registered: 5000, active: 5000, source: "test" };
test.each<[string, number, Partial<Messenger>, Partial<Messenger["surges"][number]>]>([
  ["two on one day", 2, {}, { factor: 3 }],
  ["two on one day", 57, {}, { factor: 3 }],
  ["one by a larger factor", 62, {}, { factor: 4 }],
  ["one of a larger messenger", 62, { audience: large }, { factor: 3 }],
  ["one of a messenger that has grown", 62, { growth: [{ date: asOf, active: 5000 }] }, { factor: 3 }],
  ["one without figures", 62, { audience: large }, {}],
  ["one that states its users", 62, {}, { active: 8000 }],
])("of more surges than are looked at the largest are: %s, on day %i", (_, most, change, size) => {
  const surgeOn = (day: number, figures: typeof size): Messenger["surges"][number] => {
    const date = dateOf(dayNumber(asOf) + day);
    return { name: "holiday", from: date, to: date, ...figures };
  };
  const network = { private: 1, vips: 1, egress: 1 };
  const days = Array.from({ length: 64 }, (__, day) => dateOf(dayNumber(asOf) + day));
  const messengers = [
    ...Array.from({ length: 60 }, (__, index) =>
      pooled(`m${String(index)}`, { growth: [], network, surges: [surgeOn(index + 1, { factor: 3 })] }),
    ),
    pooled("most", { growth: [], network, ...change, surges: [surgeOn(most, size)] }),
  ];
  const more = (messenger: string): number => (messenger === "most" && most === 62 ? 200 : 100);
  const demandOn = ({ messenger, surges }: Messenger, day: string): Demand =>
    demandOf(messenger, { all: using(0, { egressMbps: 10 + (surges.some(({ from }) => from === day) ? more(messenger) : 0) }) });
  const side: Case = { estate: estateWith({ uplink: 750, vlans: { first: 1000, last: 1099 } }), demandOn, messengers };
  const { lock, refused } = allocated(side);
  expect(refused).toEqual([]);
  const first = days.find((day) => allocated(side, day, lock).refused.length > 0);
  expect(first).toBe(days[most]);
  expect(runOut({ ...side, lock })).toEqual(new Map([["egressMbps", first]]));
});

test.each<[string, number, Readonly<Record<string, number>>]>([
  ["all of the first class held", 3, { igap: 10 }],
  ["others before it in both classes", 7, { igap: 6, rubika: 19 }],
])("who holds no servers takes those of the first class that has enough left, as allocate does: %s", (_, plain, steady) => {
  const racks = Array.from({ length: plain + 6 }, (__, index): [string, Rack] => [
    `r${String(index + 1).padStart(2, "0")}`,
    rack({ servers: 1, class: index < plain ? "plain" : "double" }),
  ]);
  const classes = { elsewhere: plainClass, plain: plainClass, double: { ...plainClass, threads: 18_000 } };
  const estate = estateOf({ thr1: site(Object.fromEntries(racks)) }, { classes });
  const growth = [{ date: dateOf(dayNumber(asOf) + last), active: 1000 }];
  const holder = messengerOf("gap");
  const messengers = [
    messengerOf("soroush", { growth }),
    ...Object.keys(steady)
      .reverse()
      .map((id) => messengerOf(id)),
    holder,
  ];
  const threads: Readonly<Record<string, number>> = { gap: 12, ...steady };
  const demandOn = ({ messenger }: Messenger, day: string): Demand =>
    demandOf(messenger, { all: using(threads[messenger] ?? 1 + dayOf(day)) });
  const { lock } = allocated({ estate, demandOn, messengers: [holder] });
  const side: Case = { estate, demandOn, messengers };
  const days = Array.from({ length: last }, (__, day) => dateOf(dayNumber(asOf) + day));
  const first = days.find((day) => allocated(side, day, lock).refused.length > 0);
  expect(dayOf(first ?? asOf)).toBeGreaterThan(0);
  expect(runOut({ ...side, lock })).toEqual(new Map([["class plain", first]]));
});
