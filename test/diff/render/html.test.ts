import { createHash } from "node:crypto";
import { renderHtml } from "../../../lib/diff/render/html";
import { languages, words } from "../../../lib/diff/render/words";
import type { Report } from "../../../lib/diff/report";
import { expectUpToDate } from "../../support/upToDate";
import { attack, empty, hostile, huge, small, withEverywhere } from "./reports";
import { visible } from "./visible";

const english = (report: Report): string => renderHtml(report, { language: "en" });
const sectionsOf = (page: string): string[] => [...page.matchAll(/<section id="(\w+)"/g)].map(([, id = ""]) => id);
const sectionOf = (page: string, id: string): string => new RegExp(`<section id="${id}".*?</section>`, "s").exec(page)?.[0] ?? "";

test.each(languages)("what the page says, %s", (language) => {
  expectUpToDate(`test/diff/render/small.${language}.txt`, visible(renderHtml(small, { language })));
});

test("the same report gives the same page", () => {
  expect(english(structuredClone(small))).toBe(english(small));
});

describe("sections", () => {
  test("stand in the order in which a reviewer needs them, after the verdict", () => {
    const page = english(small);
    expect(sectionsOf(page)).toEqual(["risk", "security", "capacity", "grants", "changes", "drift"]);
    expect(page.indexOf("<h1>")).toBeLessThan(page.indexOf("<section"));
  });

  test("are absent when empty", () => {
    const page = english(empty);
    expect(sectionsOf(page)).toEqual([]);
    expect(page).not.toMatch(/<(nav|aside)/);
    expect(visible(page)).toContain("15 stacks are the same on both sides.");
  });

  test.each([
    ["risk", { risk: small.risk }],
    ["security", { security: small.security }],
    ["capacity", { capacity: small.capacity }],
    ["grants", { grants: small.grants }],
    ["changes", { changes: small.changes }],
    ["drift", { drift: small.drift }],
  ])("stand alone where nothing else is: %s", (id, part) => {
    expect(sectionsOf(english({ ...empty, ...part }))).toEqual([id]);
  });
});

test.each([
  ["grave", small],
  ["warned", { ...small, risk: [] }],
  ["calm", { ...small, risk: [], security: small.security.filter(({ direction }) => direction === "narrows") }],
])("the verdict looks %s", (mood, report) => {
  expect(english(report)).toContain(`<header class="${mood}">`);
});

test("narrowings are folded, what widens is not", () => {
  const section = sectionOf(english(small), "security");
  const folded = section.indexOf('<details class="narrowings">');
  expect(section.indexOf("newly allows escalate")).toBeLessThan(folded);
  expect(section.indexOf("no longer allows delete")).toBeGreaterThan(folded);
});

test("drift is called otherwise than a change, and is no part of the changes", () => {
  const page = english(small);
  const drift = sectionOf(page, "drift");
  expect(drift).toContain(">changed outside</span>");
  expect(drift).not.toMatch(/>(created|changed|made anew|destroyed)<\/span>/);
  expect(sectionOf(page, "changes")).not.toContain("ResourceQuota");
});

test("a change over many stacks is one row, with their names folded", () => {
  const changes = sectionOf(english(huge(40)), "changes");
  expect(changes.split("messenger-&lt;messenger&gt;/limits</code>")).toHaveLength(2);
  expect(changes).toContain("<b>40 stacks</b>");
  expect(changes).toContain("messenger0039.thr1");
});

test("what a created object holds is folded under its row", () => {
  const changes = sectionOf(english(small), "changes");
  const [, hosts = ""] = /created<\/span>(.*?)<\/li>/s.exec(changes) ?? [];
  expect(hosts.match(/<summary>.*?<\/summary>/g)).toEqual([
    '<summary><code dir="ltr">BareMetalHost zirsakht-hardware/thr1-r01-s10</code> <span class="at"><code dir="ltr">soroush.thr1</code></span></summary>',
    '<summary><code dir="ltr">BareMetalHost zirsakht-hardware/&lt;server&gt;</code> <bdi dir="ltr" class="count">×8</bdi> <span class="at"><code dir="ltr">soroush.thr1</code></span></summary>',
  ]);
  expect(hosts.replaceAll("&quot;", '"')).toContain(
    '\nspec:\n  bmc:\n    address: "redfish://10.1.1.11/redfish/v1/Systems/1"\n    credentialsName: bmc\n  online: true</pre>',
  );
  expect(changes).toContain("<summary>what it holds</summary>");
});

test("the page shows twenty bodies of a row, and says how many more there are, and where", () => {
  const changes = sectionOf(english(huge(40)), "changes");
  expect(changes.match(/<details class="body">/g)).toHaveLength(20);
  expect(changes).toContain('What 20 more objects hold is not here, but in <code dir="ltr">--format json</code>');
});

test("causes that all grants of a messenger at a site share are said once", () => {
  const table = (causes: Report["grants"][number]["causes"]): string => {
    const [first] = small.grants;
    return first ? english({ ...empty, grants: [first, { ...first, resource: "VLANs", causes }] }) : "";
  };
  expect(table(small.grants[0]?.causes ?? []).split("audience.active")).toHaveLength(2);
  expect(table([{ what: "audience.active 1M -> 2M" }]).split("audience.active")).toHaveLength(3);
});

test("causes that all rows of a group share are said once", () => {
  const group = (second: Report["changes"][number]["causes"]): string => {
    const [, first] = small.changes;
    return first ? english({ ...empty, changes: [first, { ...first, object: "Secret other", causes: second }] }) : "";
  };
  expect(group(small.changes[1]?.causes ?? []).split("audience.active")).toHaveLength(2);
  expect(group([{ what: "audience.active 1M -> 2M" }]).split("audience.active")).toHaveLength(3);
});

describe("a report of a stranger", () => {
  const page = english(hostile);

  test("brings no element and no attribute of its own", () => {
    const bare = (html: string): string => html.slice(html.indexOf("<title>")).replace(/>[^<]*/g, ">");
    const elements = (html: string) => [...new Set([...bare(html).matchAll(/<\/?([^\s/>]+)/g)].map(([, name]) => name))].sort();
    const attributes = (html: string) => [...new Set([...bare(html).matchAll(/ ([a-zA-Z-]+)="/g)].map(([, name]) => name))].sort();
    expect(attack).toContain("<script>");
    const harmless = english(withEverywhere("x".repeat(attack.length)));
    expect(elements(page)).toEqual(elements(harmless));
    expect(attributes(page)).toEqual(attributes(harmless));
  });

  test("brings no address: links stay in the page", () => {
    expect([...page.matchAll(/ (?:href|src|action|srcset|data|formaction)="([^"]*)"/g)].map(([, target]) => target)).toEqual(
      ["risk", "security", "capacity", "grants", "changes", "drift"].map((id) => `#${id}`),
    );
  });

  test("shows its hidden characters", () => {
    expect(page).not.toMatch(/[\u0007\u200b\u202e\u2066]/);
    expect(page).toContain("[U+202E]gnp.exe[U+2066][U+200B][U+0007]");
  });
});

test("the policy lets the page's own style in and nothing else", () => {
  const page = english(small);
  const [, style = ""] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
  const hash = createHash("sha256").update(style).digest("base64");
  expect(page.replaceAll("&#39;", "'")).toContain(
    `content="default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'"`,
  );
  expect(page).not.toMatch(/ style="| on\w+="|<script|<link|@import|url\((?!#)/);
});

test("the page of a thousand stacks stays below 5 MB, in both languages", () => {
  const report = huge();
  for (const language of languages) expect(Buffer.byteLength(renderHtml(report, { language }))).toBeLessThan(5_000_000);
});

test("Persian words are Persian", () => {
  const { fixed, counted, terms } = words.fa;
  const texts = [...Object.values(fixed), ...Object.values(counted).flatMap(({ one, other }) => [one, other]), ...terms.values()];
  expect(texts.map((text) => text.replace("NVMe", "")).filter((text) => /[a-z]/i.test(text) || !/\p{Script=Arabic}/u.test(text))).toEqual(
    [],
  );
});
