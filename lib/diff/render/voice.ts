/** How the page speaks: its words, numbers and dates in one language, and what stays as it is in both. */
import { type Markup, markup } from "./markup";
import { type CountedWord, type Language, type Word, words } from "./words";

export class Voice {
  readonly direction: "ltr" | "rtl";
  /** From before to after, in the direction of reading. */
  readonly arrow: string;
  private readonly numbers: Intl.NumberFormat;
  private readonly shares: Intl.NumberFormat;
  private readonly days: Intl.DateTimeFormat;

  constructor(readonly language: Language) {
    this.direction = language === "fa" ? "rtl" : "ltr";
    this.arrow = language === "fa" ? "←" : "→";
    const locale = language === "fa" ? "fa-IR" : "en-GB";
    this.numbers = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 });
    this.shares = new Intl.NumberFormat(locale, { style: "percent" });
    this.days = new Intl.DateTimeFormat(`${locale}-u-ca-persian`, { timeZone: "UTC", year: "numeric", month: "2-digit", day: "2-digit" });
  }

  word(name: Word): string {
    return words[this.language].fixed[name];
  }

  /** A counted thing, such as `3 stacks`. */
  count(name: CountedWord, count: number): string {
    const { one, other } = words[this.language].counted[name];
    return (count === 1 ? one : other).replace("#", this.figure(count));
  }

  /** A number that is not below zero, as plain text. */
  figure(value: number): string {
    return this.numbers.format(value);
  }

  /** A number, or what it differs by; its sign stays before it from right to left too. */
  number(value: number, signed = false): Markup {
    const sign = value < 0 ? "−" : signed && value > 0 ? "+" : "";
    return sign === "" ? markup`${this.figure(value)}` : markup`<bdi dir="ltr">${sign}${this.figure(-Math.sign(value) * -value)}</bdi>`;
  }

  percent(share: number): string {
    return this.shares.format(share);
  }

  /** A day as the files have it; for Persian readers the day of their calendar before it. */
  day(iso: string): Markup {
    const time = markup`<time datetime="${iso}" dir="ltr">${iso}</time>`;
    return this.language === "fa" ? markup`${this.days.format(new Date(iso))} (${time})` : time;
  }

  /** A name or unit that may have a word of its own in this language. */
  term(name: string): Markup {
    const own = words[this.language].terms.get(name);
    return own === undefined ? markup`<bdi lang="en">${name}</bdi>` : markup`${own}`;
  }

  /** The same as plain text. */
  plainTerm(name: string): string {
    return words[this.language].terms.get(name) ?? name;
  }

  /** A value before and after; once where it is the same. */
  pair(before: Markup, after: Markup): Markup {
    if (before.html === after.html) return after;
    return markup`${before} <span class="arrow">${this.arrow}</span> <b>${after}</b>`;
  }
}

/** A sentence of the tool: English, from left to right, whatever surrounds it. */
export function sentence(text: string): Markup {
  return markup`<span lang="en" dir="ltr">${text}</span>`;
}

/** A path, name or value: never translated, never turned around. */
export function code(text: string): Markup {
  return markup`<code dir="ltr">${text}</code>`;
}
