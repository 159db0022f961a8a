import { markdownInk, textInk } from "../../../lib/diff/render/ink";

const { words, code, strong } = markdownInk;
/** What is put between signs so that they mean nothing. */
const plain = (text: string): string => text.replaceAll("\u2060", "·");

test.each([
  ["`rm -rf`", "\\`rm -rf\\`"],
  ["a | b", "a \\| b"],
  ["<img src=x onerror=alert(1)>", "&lt;img src=x onerror=alert(1)&gt;"],
  ["&lt;b&gt;", "&amp;lt;b&amp;gt;"],
  ["@everyone", "@·everyone"],
  ["#123, GH-7, !9", "#·123, GH-·7, !·9"],
  ["[a](https://x.example)", "\\[a\\](https:·//x.example)"],
  ["www.x.example", "www·.x.example"],
  ["**b** _i_ ~~s~~ \\", "\\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~ \\\\"],
  ["one\n# two\r\n\tthree", "one #· two three"],
])("in Markdown the words %j are words", (text, said) => {
  expect(plain(words(text))).toBe(said);
});

test.each([
  ["a", "`a`"],
  ["a`b", "`` a`b ``"],
  ["```", "```` ``` ````"],
  ["", "`  `"],
  ["@x | <b> #1", "`@x | <b> #1`"],
  ["a\n```\nb", "```` a ``` b ````"],
])("in Markdown the value %j is code to its end", (text, said) => {
  expect(code(text)).toBe(said);
});

test.each([
  ["a terminal's colours", "\u001b[31mred\u001b[0m", "\ufffd[31mred\ufffd[0m"],
  ["a bell and a backspace", "a\u0007\u0008b", "a\ufffd\ufffdb"],
  ["a control of one byte", "a\u009bb", "a\ufffdb"],
  ["turned text", "a\u202eb\u2066c\u061cd", "a\ufffdb\ufffdc\ufffdd"],
  ["hidden text", "a\u200bb\u00adc\u{e0041}d", "a\ufffdb\ufffdc\ufffdd"],
  ["half a character", "a\ud800b", "a\ufffdb"],
  ["lines", "a\u2028b\r\nc", "a b c"],
])("%s does nothing in any ink", (_, text, said) => {
  expect(textInk.words(text)).toBe(said);
  expect(textInk.code(text)).toBe(said);
  expect(words(text)).toBe(said.replaceAll("[", "\\["));
  expect(code(text)).toBe(`\`${said}\``);
});

test("Persian keeps the joiners that it is written with", () => {
  expect(textInk.words("می\u200cشود")).toBe("می\u200cشود");
  expect(strong("می\u200cشود")).toBe("**می\u200cشود**");
});

test("a value is shown to a thousand characters in a comment, and whole in a terminal", () => {
  const long = "x".repeat(5000);
  expect(words(long)).toBe(`${"x".repeat(999)}…`);
  expect(code(long)).toBe(`\`${"x".repeat(999)}…\``);
  expect(textInk.words(long)).toBe(long);
});
