import { widthOf } from "../../lib/page/width";

test.each([
  ["", 0],
  ["gateway", 7],
  ["low – high", 10],
  ["گزارش ماهانه", 12],
  ["پیام\u200cرسان", 8],
  ["مُحَمَّد", 4],
  ["e\u0301te\u0301", 3],
  ["\u2067سروش\u2069", 4],
  ["日本", 4],
  ["（한국）", 8],
  ["ｱｲｳ", 3],
  ["Ａ１", 4],
  ["🚀", 2],
  ["❤\ufe0e", 1],
])("%j takes %d columns", (text, columns) => {
  expect(widthOf(text)).toBe(columns);
});
