import { markup } from "../../../lib/diff/render/markup";

test.each([
  ["an element", "<b>", "&lt;b&gt;"],
  ["an entity", "&lt;", "&amp;lt;"],
  ["the end of an attribute", `" x='`, "&quot; x=&#39;"],
  ["a turn of direction", "a\u202eb\u2069", "a[U+202E]b[U+2069]"],
  ["a terminal's command", "\u001b[31m", "[U+001B][31m"],
  ["a character without width", "a\u200bb\ufeff", "a[U+200B]b[U+FEFF]"],
  ["a joiner between letters that do not join", "pay\u200cpal", "pay[U+200C]pal"],
  ["half a character", "\ud800", "[U+D800]"],
  ["a tag of no sight", "\u{e0041}", "[U+E0041]"],
])("is shown and not obeyed: %s", (_, text, html) => {
  expect(markup`<p title="${text}">${text}</p>`.html).toBe(`<p title="${html}">${html}</p>`);
});

test.each(["می‌شود", "پیام‌رسان", "one\n\ttwo", "گپ 😀"])("stays as it is: %j", (text) => {
  expect(markup`${text}`.html).toBe(text);
});

test("pieces are put together, lists in their order, nothing for undefined", () => {
  expect(markup`<ul>${[markup`<li>${"<"}</li>`, markup`<li>b</li>`]}${undefined}</ul>`.html).toBe("<ul><li>&lt;</li><li>b</li></ul>");
});
