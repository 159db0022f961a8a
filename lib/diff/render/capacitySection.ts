/** What each site has before and after, as bars with their numbers. */
import type { CapacityLine, CapacitySite } from "../report";
import { bar } from "./bar";
import { type Markup, markup } from "./markup";
import { sentence, type Voice } from "./voice";

const numbers = ["installed", "promised", "spare", "free"] as const;

const isSame = ({ installed, promised, spare, free, runsOut }: CapacityLine): boolean =>
  [installed, promised, spare, free, runsOut].every(({ before, after }) => before === after);

/** Each site in an article of its own, what is as before folded, below one legend. */
export function capacitySites(sites: readonly CapacitySite[], voice: Voice): Markup {
  return markup`${legend(voice)}${sites.map((site, index) => siteArticle(site, `site-${String(index)}`, voice))}`;
}

function legend(voice: Voice): Markup {
  const keys = (["promised", "spare", "free", "over"] as const).map(
    (part) =>
      markup`<li><svg class="key" width="18" height="12" aria-hidden="true"><g class="after"><rect class="${part}" x="1" y="1" width="16" height="10"/></g></svg> ${voice.word(part)}</li>`,
  );
  return markup`<ul class="legend">${keys}<li>${voice.word("thinIsBefore")}</li></ul>`;
}

function siteArticle({ site, lines, deficits }: CapacitySite, id: string, voice: Voice): Markup {
  const drawn = lines.map((line, index) => ({ same: isSame(line), article: lineArticle(line, `${id}-${String(index)}`, voice) }));
  const [same, changed] = [drawn.filter((each) => each.same), drawn.filter((each) => !each.same)];
  const folded =
    same.length > 0
      ? markup`<details><summary>${voice.count("asBefore", same.length)}</summary>${same.map(({ article }) => article)}</details>`
      : undefined;
  return markup`<article class="site"><h3>${voice.word("site")} <code dir="ltr">${site}</code></h3>${deficitList(deficits, voice)}${changed.map(({ article }) => article)}${folded}</article>`;
}

function deficitList(deficits: CapacitySite["deficits"], voice: Voice): Markup | undefined {
  if (deficits.length === 0) return undefined;
  const item = ({ what, remedy, isNew }: CapacitySite["deficits"][number]): Markup =>
    markup`<li class="${isNew ? "new" : "old"}"><strong class="badge">${voice.word(isNew ? "newDeficit" : "deficit")}</strong><p class="what">${sentence(what)}</p><p class="why">${sentence(remedy)}</p></li>`;
  return markup`<ul class="deficits">${deficits.map(item)}</ul>`;
}

function lineArticle(line: CapacityLine, id: string, voice: Voice): Markup {
  const pairs = numbers.map((name) => {
    const { before, after } = line[name];
    const share =
      name === "promised" && line.installed.after > 0
        ? markup` <span class="share">(${voice.percent(after / line.installed.after)})</span>`
        : undefined;
    const grave = name === "free" && after <= 0 && before > after ? " grave" : "";
    return markup`<div class="number${grave}"><dt>${voice.word(name)}</dt><dd>${voice.pair(voice.number(before), voice.number(after))}${share}</dd></div>`;
  });
  return markup`<div class="line"><h4>${voice.term(line.what)} <span class="unit">${voice.term(line.unit)}</span></h4>${bar(line, id, voice)}<dl>${pairs}${runsOut(line, voice)}</dl></div>`;
}

/** The day on which there is no more; a day that comes nearer is loud. */
function runsOut({ runsOut: days }: CapacityLine, voice: Voice): Markup {
  const day = (iso: string | null): Markup => (iso === null ? markup`${voice.word("notForeseen")}` : voice.day(iso));
  const isEarlier = days.after !== null && (days.before === null || days.after < days.before);
  const isLater = days.before !== null && (days.after === null || days.after > days.before);
  const moved = isEarlier ? "earlier" : isLater ? "later" : undefined;
  return markup`<div class="number end ${moved ?? ""}"><dt>${voice.word("runsOut")}${moved && markup` <strong>${voice.word(moved)}</strong>`}</dt><dd>${voice.pair(day(days.before), day(days.after))}</dd></div>`;
}
