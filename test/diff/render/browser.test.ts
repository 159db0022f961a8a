/** The page in a real browser, Debian's Chromium; where there is none this is skipped, out loud. */
import { accessSync, constants, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium, type Page } from "playwright-core";
import { renderHtml } from "../../../lib/diff/render/html";
import { type Language, languages } from "../../../lib/diff/render/words";
import { type Bar, bars, excess, faint, headings, isInside, overlap, unfold } from "./measure";
import { empty, hostile, huge, small } from "./reports";

const executablePath = (process.env.PATH ?? "")
  .split(delimiter)
  .map((folder) => join(folder, "chromium"))
  .find((file) => {
    try {
      accessSync(file, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
if (executablePath === undefined)
  process.stderr.write(
    "SKIPPED: the page of diff is not tried in a browser: there is no chromium on the PATH (apt-get install chromium)\n",
  );

const folder = mkdtempSync(join(tmpdir(), "zirsakht-page-"));
const reports = { small, empty, hostile, huge: huge() };
const sizes = { phone: { width: 360, height: 740 }, desk: { width: 1280, height: 900 } };

let browser: Browser;
beforeAll(async () => {
  if (executablePath !== undefined) browser = await chromium.launch({ executablePath });
}, 60_000);
afterAll(async () => {
  if (executablePath !== undefined) await browser.close();
  rmSync(folder, { recursive: true });
});

/** A page that is open on a phone, and what it asked of others or complained of. */
interface Opened {
  readonly page: Page;
  readonly complaints: readonly string[];
}

async function open(name: keyof typeof reports, language: Language): Promise<Opened> {
  const file = join(folder, `${name}.${language}.html`);
  writeFileSync(file, renderHtml(reports[name], { language }));
  const page = await browser.newPage({ viewport: sizes.phone });
  const address = pathToFileURL(file).href;
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => complaints.push(`dialog: ${dialog.message()}`));
  page.on("request", (request) => {
    if (request.url() !== address) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(address);
  return { page, complaints };
}

(executablePath === undefined ? describe.skip : describe)("in the browser", () => {
  test.each((["small", "hostile", "empty"] as const).flatMap((name) => languages.map((language) => [name, language] as const)))(
    "the %s report's page fits a phone and a desk, is quiet, and can be read in light and dark: %s",
    async (name, language) => {
      const { page, complaints } = await open(name, language);
      expect(await page.evaluate("getComputedStyle(document.body).direction")).toBe(language === "fa" ? "rtl" : "ltr");
      for (const state of ["folded", "unfolded"]) {
        if (state === "unfolded") await page.evaluate(unfold);
        for (const [size, viewport] of Object.entries(sizes)) {
          await page.setViewportSize(viewport);
          expect({ state, size, excess: await page.evaluate(excess) }).toEqual({ state, size, excess: 0 });
        }
      }
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        expect({ colorScheme, faint: await page.evaluate(faint) }).toEqual({ colorScheme, faint: [] });
      }
      expect(complaints).toEqual([]);
      await page.close();
    },
    60_000,
  );

  test.each(languages)(
    "bars begin where reading begins; each number stands in its own part, away from all else: %s",
    async (language) => {
      const { page } = await open("small", language);
      await page.evaluate(unfold);
      for (const viewport of Object.values(sizes)) {
        await page.setViewportSize(viewport);
        const drawn = await page.evaluate<Bar[]>(bars);
        expect(drawn.flatMap(({ texts }) => texts).length).toBeGreaterThan(8);
        for (const { svg, rects, texts } of drawn) {
          const first = rects.find(({ part, side }) => part === "promised" && side === "after");
          if (first) expect(Math.abs(language === "fa" ? svg.right - first.right : first.left - svg.left)).toBeLessThan(1);
          const marks = rects.filter(({ part }) => part === "installed");
          for (const [index, text] of texts.entries()) {
            const own = rects.filter(({ part, side }) => part === text.part && side === "after");
            expect(own.filter((part) => isInside(text, part) && isInside(text, svg))).toHaveLength(1);
            expect([...texts.slice(index + 1), ...marks].filter((other) => overlap(text, other))).toEqual([]);
          }
        }
      }
      await page.close();
    },
    60_000,
  );

  test("what is folded opens by keyboard, and wide tables scroll by it", async () => {
    const { page } = await open("small", "en");
    const narrowings = page.locator("details.narrowings");
    await narrowings.locator("> summary").focus();
    await page.keyboard.press("Enter");
    expect(await narrowings.locator(".what").isVisible()).toBe(true);
    const body = page.locator("details.body").first();
    expect(await body.locator("pre").isVisible()).toBe(false);
    await body.locator("> summary").focus();
    await page.keyboard.press("Enter");
    expect(await body.locator("pre").isVisible()).toBe(true);
    await page.locator("#grants .scroll").focus();
    await page.keyboard.press("ArrowRight");
    // A key scrolls smoothly; asked from here, as the page's own policy lets nothing wait inside it.
    while (!(await page.evaluate("document.querySelector('#grants .scroll').scrollLeft > 0"))) await page.waitForTimeout(20);
    await page.close();
  }, 60_000);

  test("YAML reads from left to right in a page that reads from right to left", async () => {
    const { page } = await open("small", "fa");
    await page.evaluate(unfold);
    const [indent, style] = await page.evaluate<[number, string]>(`(() => {
      const pre = document.querySelector(".body > pre");
      const left = (text) => {
        const range = document.createRange();
        const start = pre.firstChild.data.indexOf(text);
        range.setStart(pre.firstChild, start);
        range.setEnd(pre.firstChild, start + text.length);
        return range.getBoundingClientRect().left;
      };
      return [left("name: thr1") - left("metadata:"), getComputedStyle(pre).direction];
    })()`);
    expect(indent).toBeGreaterThan(10);
    expect(style).toBe("ltr");
    await page.close();
  }, 60_000);

  test("landmarks and headings are there, no level left out", async () => {
    const { page } = await open("small", "en");
    await page.evaluate(unfold);
    const levels = await page.evaluate<number[]>(headings);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    expect(levels.filter((level, index) => level - (levels[index - 1] ?? 0) > 1)).toEqual([]);
    for (const role of ["banner", "navigation", "main", "contentinfo", "complementary"] as const)
      expect([role, await page.getByRole(role).count()]).toEqual([role, 1]);
    expect(await page.getByRole("img", { name: "standard-2n, servers" }).count()).toBe(1);
    await page.close();
  }, 60_000);

  test("on paper everything is unfolded, also from a dark screen", async () => {
    const { page } = await open("small", "en");
    await page.emulateMedia({ media: "print", colorScheme: "dark" });
    expect((await page.locator("details.narrowings .findings").boundingBox())?.height).toBeGreaterThan(20);
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    await page.close();
  }, 60_000);

  test("a thousand stacks open within seconds", async () => {
    const start = performance.now();
    const { page, complaints } = await open("huge", "fa");
    await page.locator("footer").scrollIntoViewIfNeeded();
    expect(performance.now() - start).toBeLessThan(15_000);
    expect(await page.evaluate(excess)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);
});
