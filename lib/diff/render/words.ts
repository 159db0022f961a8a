/** Every fixed word of the page, in both languages. Texts of the report itself are the tool's English and stay so. */

import { persianTerms } from "./terms";

export const languages = ["en", "fa"] as const;
export type Language = (typeof languages)[number];

/** What is counted; `#` stands for the number. */
interface Counted {
  readonly one: string;
  readonly other: string;
}

const english = {
  title: "Change report",
  base: "Base",
  head: "Head",
  contents: "Contents",
  notes: "To know first",
  risk: "Risk",
  security: "Security",
  capacity: "Capacity",
  grants: "Grants",
  changes: "Changes",
  unchanged: "Unchanged",
  widens: "widens",
  narrows: "narrows",
  where: "Where",
  stack: "Stack",
  object: "Object",
  address: "Address",
  messenger: "Messenger",
  site: "Site",
  resource: "Resource",
  cause: "Cause",
  before: "Before",
  after: "After",
  difference: "Difference",
  added: "Added",
  removed: "Removed",
  installed: "Installed",
  promised: "Promised",
  over: "Over",
  spare: "Spare",
  free: "Free",
  runsOut: "Runs out",
  notForeseen: "not foreseen",
  earlier: "earlier",
  later: "later",
  deficit: "Deficit",
  newDeficit: "New deficit",
  notSet: "not set",
  names: "names",
  value: "long value",
  body: "what it holds",
  thinIsBefore: "Thin bar: before. Thick bar: after. The line marks what is installed.",
  driftTitle: "Drift: not part of this change",
  driftMeaning:
    "Something else changed these objects since the last apply. This change did not do it, and these lines do not say what its apply will do. First what was recorded, then what was found.",
  create: "created",
  update: "changed",
  replace: "made anew",
  destroy: "destroyed",
  driftCreate: "appeared outside",
  driftUpdate: "changed outside",
  driftReplace: "made anew outside",
  driftDestroy: "gone outside",
};

const englishCounts = {
  stacks: { one: "# stack", other: "# stacks" },
  objects: { one: "# object", other: "# objects" },
  rows: { one: "# row", other: "# rows" },
  inStacks: { one: "the same in # stack", other: "the same in # stacks" },
  narrowings: { one: "# narrowing", other: "# narrowings" },
  asBefore: { one: "# line as before", other: "# lines as before" },
  unchangedStacks: { one: "# stack is the same on both sides.", other: "# stacks are the same on both sides." },
  bodiesLeft: { one: "What # more object holds is not here, but in", other: "What # more objects hold is not here, but in" },
  keysAdded: { one: "# added", other: "# added" },
  keysRemoved: { one: "# removed", other: "# removed" },
} satisfies Record<string, Counted>;

export type Word = keyof typeof english;
export type CountedWord = keyof typeof englishCounts;

const persian: Readonly<Record<Word, string>> = {
  title: "گزارش تغییر",
  base: "مبنا",
  head: "پیشنهاد",
  contents: "فهرست",
  notes: "پیش از خواندن",
  risk: "خطر",
  security: "امنیت",
  capacity: "ظرفیت",
  grants: "واگذاری‌ها",
  changes: "تغییرها",
  unchanged: "بی‌تغییر",
  widens: "بازتر می‌کند",
  narrows: "تنگ‌تر می‌کند",
  where: "کجا",
  stack: "پشته",
  object: "شیء",
  address: "نشانی",
  messenger: "پیام‌رسان",
  site: "سایت",
  resource: "منبع",
  cause: "علت",
  before: "پیش",
  after: "پس",
  difference: "تفاوت",
  added: "افزوده",
  removed: "برداشته",
  installed: "نصب‌شده",
  promised: "واگذارشده",
  over: "بیش از توان",
  spare: "ذخیره",
  free: "آزاد",
  runsOut: "تمام می‌شود",
  notForeseen: "پیش‌بینی نمی‌شود",
  earlier: "زودتر",
  later: "دیرتر",
  deficit: "کسری",
  newDeficit: "کسری تازه",
  notSet: "نبود",
  names: "نام‌ها",
  value: "مقدار بلند",
  body: "آنچه در آن است",
  thinIsBefore: "نوار باریک: پیش از تغییر. نوار پهن: پس از آن. خط ایستاده، مقدار نصب‌شده است.",
  driftTitle: "دگرگونی بیرونی: جزو این تغییر نیست",
  driftMeaning:
    "این شیءها پس از آخرین اجرا از بیرون دگرگون شده‌اند. کار این تغییر نیست و اجرای آن هم این‌ها را انجام نمی‌دهد. نخست آنچه ثبت شده بود، سپس آنچه یافت شد.",
  create: "ساخته می‌شود",
  update: "تغییر می‌کند",
  replace: "از نو ساخته می‌شود",
  destroy: "نابود می‌شود",
  driftCreate: "از بیرون پدید آمده",
  driftUpdate: "از بیرون تغییر کرده",
  driftReplace: "از بیرون از نو ساخته شده",
  driftDestroy: "از بیرون ناپدید شده",
};

/** Persian counts in the singular. */
const persianCounts: Readonly<Record<CountedWord, Counted>> = {
  stacks: same("# پشته"),
  objects: same("# شیء"),
  rows: same("# سطر"),
  inStacks: same("همین‌گونه در # پشته"),
  narrowings: same("# تنگ‌تر شدن"),
  asBefore: same("# سطر مانند پیش"),
  unchangedStacks: same("# پشته در هر دو سو یکسان است."),
  bodiesLeft: same("محتوای # شیء دیگر اینجا نیست و در این است:"),
  keysAdded: same("# افزوده"),
  keysRemoved: same("# برداشته"),
};

function same(text: string): Counted {
  return { one: text, other: text };
}

/** What the page says in a language. */
export interface Words {
  readonly fixed: Readonly<Record<Word, string>>;
  readonly counted: Readonly<Record<CountedWord, Counted>>;
  /** Names of things and units. */
  readonly terms: ReadonlyMap<string, string>;
}

export const words: Readonly<Record<Language, Words>> = {
  en: { fixed: english, counted: englishCounts, terms: new Map() },
  fa: { fixed: persian, counted: persianCounts, terms: persianTerms },
};
