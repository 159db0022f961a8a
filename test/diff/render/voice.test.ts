import { Voice } from "../../../lib/diff/render/voice";

const [english, persian] = [new Voice("en"), new Voice("fa")];

test.each([
  [12_345.678, false, "12,345.68", "۱۲٬۳۴۵٫۶۸"],
  [9, true, '<bdi dir="ltr">+9</bdi>', '<bdi dir="ltr">+۹</bdi>'],
  [-3, false, '<bdi dir="ltr">−3</bdi>', '<bdi dir="ltr">−۳</bdi>'],
  [0, true, "0", "۰"],
])("the number %d, signed: %s", (value, signed, en, fa) => {
  expect([english, persian].map((voice) => voice.number(value, signed).html)).toEqual([en, fa]);
});

test("shares, counts and days are said in each language's way", () => {
  expect([english, persian].map((voice) => voice.percent(0.833))).toEqual(["83%", "۸۳٪"]);
  expect([1, 1_200].map((count) => english.count("stacks", count))).toEqual(["1 stack", "1,200 stacks"]);
  expect(persian.count("stacks", 12)).toBe("۱۲ پشته");
  const day = '<time datetime="2027-03-21" dir="ltr">2027-03-21</time>';
  expect([english, persian].map((voice) => voice.day("2027-03-21").html)).toEqual([day, `۱۴۰۶/۰۱/۰۱ (${day})`]);
});

test("a thing without a word of its own keeps its name", () => {
  expect([english, persian].map((voice) => voice.term("standard-2n").html)).toEqual(Array(2).fill('<bdi lang="en">standard-2n</bdi>'));
  expect(persian.term("draining compute servers").html).toBe("سرور پردازش در حال تخلیه");
});
