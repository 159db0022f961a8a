import * as fc from "fast-check";
import { changedForAll, changedOfMessenger } from "../../../lib/diff/cause/input";
import { Trial } from "../../../lib/diff/cause/trial";
import type { Ground } from "../../../lib/diff/ground";
import { estateSchema } from "../../../lib/request/estate";
import { messengerSchema } from "../../../lib/request/messenger";
import { resolveMessenger } from "../../../lib/request/resolve";
import type { Source } from "../../../lib/request/source";
import { coefficientBook, valuesIn } from "../../../lib/sizing/coefficient";
import { sampleFile } from "../../support/estate";

type File = Record<string, unknown>;
const soroush = sampleFile("messengers/soroush.yaml");
const estate = sampleFile("estate.yaml");
const values = valuesIn(coefficientBook());

interface Written {
  readonly messenger?: File;
  readonly estate?: File;
  readonly asOf?: string;
}

function groundOf({ messenger = soroush, estate: file = estate, asOf = "2026-11-24" }: Written): Ground {
  const sourceOf = (name: string, value: unknown): Source => ({
    file: name,
    value,
    position: (path) => ({ file: name, line: path.length, column: 1 }),
  });
  const checked = estateSchema.parse(file);
  return {
    estate: checked,
    messengers: [resolveMessenger(messengerSchema.parse(messenger), checked)],
    lock: { asOf },
    messengerText: () => JSON.stringify(messenger),
    messengerSource: () => sourceOf("soroush.yaml", messenger),
    estateSource: () => sourceOf("estate.yaml", file),
    lockSource: () => sourceOf("allocations.lock.json", {}),
    coefficients: { values },
  } as unknown as Ground;
}

/** The changed keys that move what soroush needs at thr1, and whether that need differs at all. */
function movers(head: Written, base: Written = {}, site = "thr1"): string[] {
  const [before, after] = [groundOf(base), groundOf(head)];
  const inputs = [...changedOfMessenger(before, after, "soroush"), ...changedForAll(before, after)];
  const side = (ground: Ground) => {
    const [messenger] = ground.messengers;
    if (!messenger) throw new Error("there is no messenger");
    return { ground, messenger };
  };
  const whole = (need: object | undefined): unknown => need && [need, ...("groups" in need ? (need.groups as Map<string, object>) : [])];
  return new Trial(side(before), side(after), inputs).movers(site, whole).map(({ cause }) => cause.what);
}

const file = (changes: File): Written => ({ messenger: { ...soroush, ...changes } });
const audience = (change: File): File => ({ audience: { ...(soroush.audience as File), ...change } });

/** Changes of one key, and how the report names it where it moves something. */
const moving: Readonly<Record<string, readonly [File, string]>> = {
  audience: [audience({ active: "900k" }), "audience.active 500k → 900k"],
  layout: [{ placement: { ...(soroush.placement as File), layout: "converged" } }, "placement.layout split → converged"],
  survives: [{ placement: { ...(soroush.placement as File), survives: "rack" } }, "placement.survives site → rack"],
  growth: [{ growth: { ...(soroush.growth as File), "2027-01-01": "1M" } }, "growth.2027-01-01 nothing → 1M"],
  "a removed key": [{ network: {} }, "network.vips 32 → nothing"],
  "a list that grows": [
    { surges: [...(soroush.surges as unknown[]), { name: "rush", from: "2026-12-01", to: "2026-12-02", factor: 5 }] },
    'surges with {"name":"rush","from":"2026-12-01","to":"2026-12-02","facto…',
  ],
  profile: [{ profile: { ...(soroush.profile as File), size_photo: 400 } }, "profile.size_photo 100 → 400"],
};

/** Changes of one key that move no need. */
const inert: Readonly<Record<string, File>> = {
  name: { name: { en: "Another", fa: "دیگر" } },
  access: { access: { admins: ["others"] } },
  "growth after the horizon": { growth: { ...(soroush.growth as File), "2029-09-01": "9M" } },
};

test.each(Object.entries(moving))("%s alone is named, and nothing else", (_, [change, what]) => {
  expect(movers(file(change))).toEqual([what]);
});

test.each(Object.entries(inert))("%s moves nothing and is never named", (_, change) => {
  expect(movers(file(change))).toEqual([]);
});

test("of several keys, those that move something are all named, and the others never", () => {
  const pick = (names: readonly string[]) => fc.subarray([...names], { minLength: 0 });
  // Each alone writes a key of its own but for the two of placement, of which one is enough.
  const all = Object.keys(moving).filter((name) => name !== "layout");
  fc.assert(
    fc.property(pick(all), pick(["name", "access"]), (moved, besides) => {
      const changes = Object.assign({}, ...moved.map((name) => moving[name]?.[0]), ...besides.map((name) => inert[name])) as File;
      // A rush that is larger hides what grows below it; that still moves the base, and so is named.
      expect(movers(file(changes)).sort()).toEqual(moved.map((name) => moving[name]?.[1]).sort());
    }),
    { numRuns: 60 },
  );
});

test("keys that move something only together are both named, beside one that does alone, and without one that does not", () => {
  const surges = [{ name: "new-year", from: "2026-12-18", to: "2027-03-25", factor: 9 }];
  const both = ["surges[0].from 2027-03-18 → 2026-12-18", "surges[0].factor 1.4 → 9"];
  expect(movers(file({ surges, ...inert.access }))).toEqual(both);
  expect(movers(file({ surges, ...audience({ active: "900k" }) }))).toEqual(["audience.active 500k → 900k", ...both]);
});

test("a key that makes a valid file only together with another is named with it", () => {
  const surge = { name: "rush", from: "2026-12-01", to: "2026-12-02" };
  expect(movers(file({ surges: [{ ...surge, active: "5M" }] }), file({ surges: [{ ...surge, factor: 9 }] }))).toEqual([
    "surges[0].factor 9 → nothing",
    "surges[0].active nothing → 5M",
  ]);
});

describe("what is for all messengers", () => {
  const surge = (change: File): Written => ({ estate: { ...estate, surges: [{ ...(estate.surges as File[])[0], ...change }] } });

  test("a surge of the estate", () => expect(movers(surge({ factor: 4 }))).toEqual(["estate surges[0].factor 2 → 4"]));
  test("a surge by its name alone moves nothing", () => expect(movers(surge({ name: "other" }))).toEqual([]));
  test("the horizon, once it reaches the growth", () =>
    expect(movers({ estate: { ...estate, horizon: "600d", surges: [] } }, { estate: { ...estate, surges: [] } })).toEqual([
      "estate horizon 90d → 600d",
    ]));
  test("the book date", () =>
    expect(movers({ asOf: "2027-08-01" }, { asOf: "2027-02-01" })).toEqual(["the book date 2027-02-01 → 2027-08-01"]));
  test("what the company promises by default for addresses", () => {
    const { vips, ...rest } = estateSchema.parse(estate).addresses;
    const addresses = { ...rest, vips: { ...vips, own: 64 } };
    expect(movers({ ...file({ network: {} }), estate: { ...estate, addresses } }, file({ network: {} })).length).toBe(1);
  });
  test("classes, the company's name and sites move no need", () => {
    const { classes } = estate as { classes: Record<string, File> };
    const changed = { ...classes, "general-48": { ...classes["general-48"], threads: 96 } };
    expect(movers({ estate: { ...estate, classes: changed, company: { en: "Other", fa: "دیگر" } } })).toEqual([]);
  });
});
