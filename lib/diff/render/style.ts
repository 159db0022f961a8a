/** How the page looks: calm and dense, light and dark, on a phone, a desk and paper. Nothing is loaded, fonts are the reader's own. */

const light = `
  --ground: #ffffff; --panel: #f5f7f9; --text: #1b2027; --quiet: #56606c; --rule: #d5dbe2; --link: #1f56a8;
  --grave: #b3261e; --grave-ground: #fdf0ee; --warn: #7d5200; --warn-ground: #fdf5e3; --calm: #1d6b3a; --calm-ground: #eef8f1;
  --drift: #6a3fa0; --drift-ground: #f6f1fc; --drift-stripe: #efe6f9;
  --promised: #2b63b8; --promised-text: #ffffff; --before: #a9c4ea; --free: #eef3f9; --free-edge: #8fa3ba; --spare: #d3d8de; --spare-line: #6f7a87;
  --over: #b3261e; --over-text: #ffffff;`;
const dark = `
  --ground: #11161c; --panel: #1a2129; --text: #e4e9ee; --quiet: #a0abb7; --rule: #313b46; --link: #8ab8f5;
  --grave: #ff9088; --grave-ground: #33191a; --warn: #ecb95a; --warn-ground: #2e2512; --calm: #79d097; --calm-ground: #14291b;
  --drift: #c6a6f2; --drift-ground: #231a31; --drift-stripe: #2b203c;
  --promised: #6ea5f2; --promised-text: #0c1524; --before: #38567f; --free: #1d2630; --free-edge: #5b6c7f; --spare: #3a444f; --spare-line: #93a0ae;
  --over: #ff7a70; --over-text: #1c0605;`;

export const style = `
:root {${light} }
@media (prefers-color-scheme: dark) { :root {${dark} } }
* { box-sizing: border-box; }
html { color-scheme: light dark; -webkit-text-size-adjust: 100%; }
body { margin: 0 auto; max-width: 76rem; padding: 0 1rem 2rem; background: var(--ground); color: var(--text);
  font: 15px/1.5 system-ui, "Segoe UI", Roboto, "Vazirmatn", "Noto Sans", "Noto Sans Arabic", Tahoma, sans-serif; overflow-wrap: anywhere; }
p, ul, dl, dd, h1, h2, h3, h4 { margin: 0; padding: 0; }
ul { list-style: none; }
code { font: 0.87em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-weight: inherit; unicode-bidi: isolate; white-space: pre-wrap; }
a { color: var(--link); }
:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
summary { cursor: pointer; padding: 0.15rem 0; }
.count, .unit, .rule, .at, .share { color: var(--quiet); font-weight: normal; }
.unit, .rule, .at, .share { font-size: 0.87em; }
.arrow { color: var(--quiet); }
.what > span, .why > span:first-child, h1 > span, aside li > span, .causes li > span { unicode-bidi: isolate; }

header { margin-top: 1rem; padding: 0.9rem 1rem 1rem; border: 1px solid var(--mood); border-inline-start-width: 6px; border-radius: 6px; background: var(--mood-ground); }
header.grave { --mood: var(--grave); --mood-ground: var(--grave-ground); }
header.warned { --mood: var(--warn); --mood-ground: var(--warn-ground); }
header.calm { --mood: var(--calm); --mood-ground: var(--calm-ground); }
.sides { display: flex; flex-wrap: wrap; gap: 0.1rem 1rem; color: var(--quiet); font-size: 0.9em; }
.sides strong { color: var(--mood); }
h1 { font-size: 1.3rem; line-height: 1.35; margin: 0.35rem 0 0.7rem; }
nav ul { display: flex; flex-wrap: wrap; gap: 0.4rem; }
nav a { display: block; padding: 0.15rem 0.6rem; border: 1px solid var(--rule); border-radius: 4px; background: var(--ground); color: var(--text); text-decoration: none; }
nav a:hover { border-color: var(--mood); }
nav a[href="#risk"] { border-color: var(--grave); color: var(--grave); font-weight: 600; }
nav a[href="#security"] { border-color: var(--warn); color: var(--warn); }
nav a[href="#drift"] { border-style: dashed; border-color: var(--drift); color: var(--drift); }
aside { margin-top: 0.8rem; font-size: 0.93em; }
aside h2 { border: 0; margin: 0; padding: 0; font-size: 1em; }
aside li { padding-inline-start: 1em; text-indent: -1em; }
aside li::before { content: "–"; display: inline-block; width: 1em; text-indent: 0; }

section { margin-top: 1.8rem; }
h2 { font-size: 1.12rem; padding-bottom: 0.25rem; border-bottom: 2px solid var(--rule); margin-bottom: 0.6rem; }
h2 .count { font-size: 0.85em; }
#risk h2 { color: var(--grave); border-color: var(--grave); }
#security h2 { color: var(--warn); border-color: var(--warn); }
.badge { display: inline-block; padding: 0 0.45em; border-radius: 3px; border: 1px solid currentColor; font-size: 0.8em; font-weight: 600; line-height: 1.5; }

.findings > li { padding: 0.55rem 0.8rem; margin-bottom: 0.45rem; border-inline-start: 4px solid var(--warn); background: var(--warn-ground); border-radius: 4px; }
.findings .badge { color: var(--warn); }
#risk .findings > li { border-color: var(--grave); background: var(--grave-ground); }
.findings .what { font-weight: 600; }
.findings .why { font-size: 0.93em; }
.where { display: flex; flex-wrap: wrap; gap: 0 1rem; color: var(--quiet); margin-top: 0.15rem; }
.narrowings { color: var(--text); }
.narrowings .findings { margin-top: 0.4rem; }
.narrowings .findings > li { border-color: var(--rule); background: var(--panel); }
.narrowings .badge { color: var(--calm); }
.narrowings .what { font-weight: normal; }

.scroll { overflow-x: auto; max-width: 100%; max-height: 80vh; border: 1px solid var(--rule); border-radius: 4px; background: var(--ground); margin-top: 0.3rem; }
table { border-collapse: collapse; width: 100%; font-size: 0.93em; }
th, td { text-align: start; vertical-align: top; padding: 0.25rem 0.6rem; border-top: 1px solid var(--rule); font-weight: normal; overflow-wrap: normal; }
thead th { border-top: 0; color: var(--quiet); background: var(--panel); font-size: 0.9em; }
td.n { text-align: end; white-space: nowrap; font-variant-numeric: tabular-nums; }
.grants { min-width: 40rem; }
.grants td:last-child { width: 50%; }
.holder th { background: var(--panel); font-weight: 600; }
.holder .causes { font-weight: normal; }
.gain, .loss { font-weight: 600; }
.loss { color: var(--warn); }
.keys { font-size: 0.9em; color: var(--quiet); }
.causes li { font-size: 0.95em; }
.causes code { color: var(--quiet); }

.legend { display: flex; flex-wrap: wrap; gap: 0.1rem 1.1rem; color: var(--quiet); font-size: 0.87em; }
.key { vertical-align: -1px; }
.site { margin-top: 0.9rem; }
h3 { font-size: 1rem; margin-bottom: 0.2rem; }
.line { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0.1rem 1.2rem; padding: 0.5rem 0; border-top: 1px solid var(--rule); break-inside: avoid; }
h4 { font-size: 0.95rem; }
.line dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 0.1rem 0.8rem; font-variant-numeric: tabular-nums; }
time { white-space: nowrap; }
.end { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.5rem; grid-column: 1 / -1; }
dt { color: var(--quiet); font-size: 0.8em; }
dd { font-size: 0.93em; }
.grave dd, .earlier dd b, .earlier dt strong { color: var(--grave); }
.later dt strong { color: var(--calm); }
.deficits li { padding: 0.4rem 0.7rem; margin-bottom: 0.4rem; border-inline-start: 4px solid var(--rule); background: var(--panel); border-radius: 4px; }
.deficits .new { border-color: var(--grave); background: var(--grave-ground); }
.deficits .new .badge { color: var(--grave); }
.deficits .why { font-size: 0.93em; }
@media (min-width: 62rem) {
  .line { grid-template-columns: 10rem minmax(0, 1fr) 34rem; align-items: center; }
  .line dl { display: grid; grid-template-columns: 7.6rem 12.2rem 3.4rem minmax(0, 1fr); gap: 0.1rem 0.4rem; align-items: start; }
  h4 .unit { display: block; }
}
.bar { display: block; overflow: hidden; }
.bar text { font: 600 12px system-ui, "Segoe UI", Roboto, "Vazirmatn", Tahoma, sans-serif; text-anchor: middle; dominant-baseline: central; font-variant-numeric: tabular-nums; }
rect.promised { fill: var(--promised); }
.before rect.promised { fill: var(--before); stroke: var(--promised); stroke-width: 1; }
rect.over { fill: var(--over); }
rect.spare { fill: url(#hatch); }
rect.free { fill: var(--free); stroke: var(--free-edge); stroke-width: 1; }
rect.installed { fill: var(--text); }
text.promised { fill: var(--promised-text); }
text.over { fill: var(--over-text); }
text.spare { fill: var(--text); stroke: var(--spare); stroke-width: 4px; paint-order: stroke; }
text.free { fill: var(--text); }
.hatch-ground { fill: var(--spare); }
.hatch-line { fill: var(--spare-line); opacity: 0.45; }
.defs { position: absolute; }

.group { border: 1px solid var(--rule); border-radius: 4px; margin-bottom: 0.45rem; }
.group > summary { padding: 0.3rem 0.7rem; background: var(--panel); border-radius: 4px; }
.group > .keys, .group > .causes { padding: 0.2rem 0.7rem; }
.group > summary .count { margin-inline-start: 0.5rem; font-size: 0.9em; }
.rows > li { padding: 0.35rem 0.7rem; border-top: 1px solid var(--rule); }
.badge.create { color: var(--calm); }
.badge.update { color: var(--link); }
.badge.replace, .badge.destroy { color: var(--grave); background: var(--grave-ground); }
.attributes { margin-inline-start: 0.8rem; padding-inline-start: 0.7rem; border-inline-start: 2px solid var(--rule); margin-top: 0.2rem; }
.attributes > li { display: grid; grid-template-columns: minmax(0, 1fr); gap: 0 1rem; padding: 0.1rem 0; }
.attributes > li > code { color: var(--quiet); justify-self: start; max-width: 100%; }
del, ins { font: 0.87em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; white-space: pre-wrap; }
del { text-decoration: none; color: var(--grave); }
ins { text-decoration: none; color: var(--calm); }
del i, ins i { color: var(--quiet); font-family: system-ui, sans-serif; }
.attributes > li > div { min-width: 0; }
.value { display: inline-block; max-width: 100%; vertical-align: top; }
.value > pre { margin: 0; font: inherit; white-space: pre-wrap; max-height: 24rem; overflow: auto; }
.body { margin-inline-start: 0.8rem; }
.body > summary { color: var(--quiet); font-size: 0.93em; }
.body > pre { margin: 0.2rem 0; padding: 0.4rem 0.7rem; background: var(--panel); border-radius: 4px; white-space: pre-wrap;
  font: 0.87em/1.45 ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace; }
.left { margin-inline-start: 0.8rem; color: var(--quiet); font-size: 0.93em; }
@media (min-width: 62rem) { .attributes > li { grid-template-columns: minmax(0, 2fr) minmax(0, 3fr); } }
.rows .causes { margin-top: 0.2rem; color: var(--quiet); font-size: 0.95em; }

#drift { margin-top: 3rem; padding: 0.9rem 1rem 1rem; border: 2px dashed var(--drift); border-radius: 6px;
  background: repeating-linear-gradient(135deg, var(--drift-ground) 0 14px, var(--drift-stripe) 14px 28px); }
#drift h2 { color: var(--drift); border-color: var(--drift); }
#drift .meaning { font-weight: 600; margin-bottom: 0.7rem; }
#drift .group { border-style: dashed; border-color: var(--drift); background: var(--ground); }
#drift .badge { color: var(--drift); background: none; border-style: dashed; }
#drift del, #drift ins { color: var(--text); }
footer { margin-top: 1.8rem; padding-top: 0.6rem; border-top: 1px solid var(--rule); color: var(--quiet); }

@media print {
  @page { margin: 14mm; }
  body { max-width: none; padding: 0; font-size: 10pt; }
  header, .findings > li, .deficits li, .group > summary, #drift, .badge, thead th, .holder th { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  nav { display: none; }
  .scroll { overflow: visible; max-height: none; }
  .grants { min-width: 0; }
  .findings > li, .rows > li, .line { break-inside: avoid; }
  h2, h3, h4 { break-after: avoid; }
  details::details-content { content-visibility: visible; block-size: auto; }
}
@media print and (prefers-color-scheme: dark) { :root {${light} } }
`;
