/** One thing of a site as bars: thin before, thick after, on one scale, as SVG that is as wide as its box. */
import type { CapacityLine } from "../report";
import { type Markup, markup } from "./markup";
import type { Voice } from "./voice";

type Side = "before" | "after";
const parts = ["promised", "over", "spare", "free"] as const;
type Shares = Readonly<Record<(typeof parts)[number], number>>;

interface Segment {
  readonly part: (typeof parts)[number];
  readonly value: number;
  /** Of the whole width, per cent. */
  readonly start: number;
  readonly width: number;
}

const rows = { before: { y: 1, height: 7 }, after: { y: 11, height: 22 } } as const;
/** The narrowest bar and the widest digit that are reckoned with, in pixels: a number is written only where it fits on a phone. */
const narrowest = 260;
const digit = 9;

const of = (line: CapacityLine, side: Side) => ({
  installed: line.installed[side],
  promised: line.promised[side],
  spare: line.spare[side],
});

/** What a bar is made of; what is promised beyond what is installed stands apart. */
export function sharesOf(line: CapacityLine, side: Side): Shares {
  const { installed, promised, spare } = of(line, side);
  const within = Math.min(promised, installed);
  return { promised: within, over: promised - within, spare, free: Math.max(0, line.free[side]) };
}

const lengthOf = (shares: Shares): number => parts.reduce((sum, part) => sum + shares[part], 0);

/** Nothing is promised, spare, free or installed on either side: the scale still needs a length. */
function scaleOf(line: CapacityLine): number {
  const both = (["before", "after"] as const).flatMap((side) => [lengthOf(sharesOf(line, side)), line.installed[side]]);
  return Math.max(...both) || 1;
}

function segmentsOf(shares: Shares, scale: number): Segment[] {
  let start = 0;
  return parts.flatMap((part): Segment[] => {
    const width = (shares[part] / scale) * 100;
    const segment = { part, value: shares[part], start, width };
    start += width;
    return width > 0 ? [segment] : [];
  });
}

/** A place from the start of reading, per cent, as SVG has it: from the left. */
function placed(voice: Voice, start: number, width: number): string {
  return percent(voice.direction === "rtl" ? 100 - start - width : start);
}

function percent(value: number): string {
  return `${String(Number(value.toFixed(2)))}%`;
}

function drawn(line: CapacityLine, side: Side, scale: number, voice: Voice): Markup {
  const { y, height } = rows[side];
  const segments = segmentsOf(sharesOf(line, side), scale);
  const end = (line.installed[side] / scale) * 100;
  return markup`<g class="${side}">${segments.map(({ part, start, width }) => {
    const box = markup`x="${placed(voice, start, width)}" y="${String(y)}" width="${percent(width)}" height="${String(height)}"`;
    return markup`<rect class="${part}" ${box}/>`;
  })}${side === "after" ? segments.map((segment) => numberIn(segment, end, voice)) : undefined}<rect class="installed" x="${placed(voice, end, 0)}" y="${String(y - 1)}" width="2" height="${String(height + 2)}" transform="translate(${voice.direction === "rtl" ? "0" : "-2"})"/></g>`;
}

/** @param mark where the line of what is installed stands, which no number may cross */
function numberIn({ part, value, start, width }: Segment, mark: number, voice: Voice): Markup | undefined {
  const text = voice.figure(value);
  const middle = start + width / 2;
  const room = Math.min(width, 2 * Math.abs(mark - middle));
  if ((room / 100) * narrowest < (text.length + 1) * digit) return undefined;
  const { y, height } = rows.after;
  return markup`<text class="${part}" x="${placed(voice, middle, 0)}" y="${String(y + height / 2)}">${text}</text>`;
}

/** What the bars say, for those who cannot see them. */
function described(line: CapacityLine, side: Side, voice: Voice): string {
  const values = (["installed", "promised", "spare", "free"] as const).map((name) => {
    const value = line[name][side];
    return `${voice.word(name)} ${value < 0 ? "−" : ""}${voice.figure(Math.abs(value))}`;
  });
  return `${voice.word(side)}: ${values.join(voice.language === "fa" ? "، " : ", ")}`;
}

/** The bars of a line. @param id unique in the page */
export function bar(line: CapacityLine, id: string, voice: Voice): Markup {
  const scale = scaleOf(line);
  const [title, description] = [`${id}-title`, `${id}-text`];
  return markup`<svg class="bar" width="100%" height="34" role="img" aria-labelledby="${title} ${description}"><title id="${title}">${voice.plainTerm(line.what)}, ${voice.plainTerm(line.unit)}</title><desc id="${description}">${described(line, "before", voice)}. ${described(line, "after", voice)}.</desc>${drawn(line, "before", scale, voice)}${drawn(line, "after", scale, voice)}</svg>`;
}

/** How spare is hatched; every bar of the page refers to it. */
export const hatch = markup`<svg width="0" height="0" aria-hidden="true" class="defs"><defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="hatch-ground" width="6" height="6"/><rect class="hatch-line" width="2.5" height="6"/></pattern></defs></svg>`;
