/** Damages a file as people, merges and attackers do: keys dropped, renamed, repeated, values swapped, bytes changed. Seeded. */
import { isMap, isScalar, isSeq, parseDocument, visit, type Document, type Pair } from "yaml";

/** Values that people write by mistake and attackers on purpose. */
const hostile: readonly unknown[] = [
  ...[null, true, 0, -1, -0.5, 1.5, 1e21, 2 ** 53, Infinity, NaN, [], {}, [[]], [null], { constructor: 1, toString: 2 }],
  ...["", " ", "-3", "5", "1e9", "۵M", "٣", "10M ", "0x10", "0%", "101%", "60.5%", "9999999999G", "9".repeat(400), "a".repeat(70_000)],
  ...[
    "../../etc/passwd",
    "/dev/zero",
    "thr1",
    "pool",
    "site",
    "__proto__",
    "constructor",
    "toString",
    "soroush",
    "{server}",
    "{rack",
    "%s%n",
  ],
  ...["2027-02-30", "2026-11-24", "0000-00-00", "10.64.0.0/12", "10.64.0.1/12", "0.0.0.0/0", "255.255.255.255/32", "300.1.1.1", "::/0"],
  ...[
    "focus",
    "hardware",
    "absent",
    "local",
    "all",
    "granted",
    "\u202eabc",
    "a\u0000b",
    "two\nlines",
    "سروش\u200cها",
    "!!js/function x",
    "*a",
    "<<",
  ],
];

/** Random numbers below `limit`; the same ones for the same seed (mulberry32). */
export function randomOf(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}

type Random = ReturnType<typeof randomOf>;

/** The bytes of the file with one to three wounds, of its structure or of its bytes. */
export function mutate(original: Buffer, structured: boolean, random: Random): Buffer {
  let bytes = original;
  for (let wounds = 1 + random(3); wounds > 0; wounds--) {
    bytes = structured && random(4) > 0 ? mutateStructure(bytes, random) : mutateBytes(bytes, random);
  }
  return bytes;
}

function mutateBytes(bytes: Buffer, random: Random): Buffer {
  const at = random(bytes.length + 1);
  const length = random(40);
  const [before, part, after] = [bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at + length)];
  const noise = Buffer.from(Array.from({ length: 1 + random(4) }, () => random(256)));
  const marks = [
    "\t",
    "\r",
    "\ufeff",
    "\0",
    "&a ",
    "*a",
    "!!binary ",
    "---\n",
    "...\n",
    "%YAML 1.1\n---\n",
    "{",
    "[",
    "]",
    "}",
    '"',
    "'",
    "|",
    ">",
    "#",
    ": ",
    "- ",
    "? ",
    ",",
    "<<<<<<< HEAD\n",
    "۵",
  ];
  const mark = Buffer.from(marks[random(marks.length)] ?? "");
  const ways = [
    [before, after],
    [before, noise, after],
    [before, mark, part, after],
    [before, part, part, after],
    [before],
    [after, before],
    [before, mark],
  ];
  return Buffer.concat(ways[random(ways.length)] ?? []);
}

function mutateStructure(bytes: Buffer, random: Random): Buffer {
  const document = parseDocument(bytes.toString("utf8"), { uniqueKeys: false, logLevel: "silent" });
  const pairs: { pair: Pair; items: unknown[] }[] = [];
  visit(document, { Map: (_, map) => map.items.forEach((pair) => pairs.push({ pair, items: map.items })) });
  const chosen = pairs[random(Math.max(1, pairs.length))];
  if (document.errors.length > 0 || !chosen) return mutateBytes(bytes, random);
  const { pair, items } = chosen;
  const other = pairs[random(pairs.length)]?.pair;
  const key = isScalar(pair.key) ? String(pair.key.value) : "";
  const value = hostile[random(hostile.length)];
  const ways: (() => unknown)[] = [
    () => items.splice(items.indexOf(pair), 1),
    () => (pair.key = document.createNode(key.slice(1) + key.slice(0, 1))),
    () => (pair.key = document.createNode(typeof value === "string" ? value : key.repeat(2))),
    () => items.push(pair),
    () => (pair.value = document.createNode(value)),
    () => (pair.value = document.createNode(value)),
    () => (pair.value = other?.value),
    () => (pair.value = document.createNode([pair.value])),
    () => (isMap(pair.value) || isSeq(pair.value) ? pair.value.items.reverse() : (pair.value = document.createNode({ [key]: value }))),
  ];
  ways[random(ways.length)]?.();
  return Buffer.from(textOf(document));
}

/** A pair that became its own ancestor has no text; the wound is then a dropped file. */
function textOf(document: Document.Parsed): string {
  try {
    return document.toString();
  } catch {
    return "";
  }
}
