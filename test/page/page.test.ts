import { figure, renderPage, type Block } from "../../lib/page/page";

const blocks: Block[] = [
  { heading: "soroush", level: 1 },
  { text: "A messenger." },
  { list: [] },
  {
    head: ["role", "threads"],
    numbers: [1],
    rows: [
      ["gateway", "9"],
      ["object | relay", "120"],
    ],
  },
  { list: ["one", "two"] },
];

test("a page of text has headings, aligned tables without borders, and no white space at the end of lines", () => {
  expect(renderPage(blocks, "text")).toBe(
    [
      "soroush",
      "=======",
      "",
      "A messenger.",
      "",
      "role            threads",
      "gateway               9",
      "object | relay      120",
      "",
      "- one",
      "- two",
    ].join("\n"),
  );
});

test("columns stand below each other whatever alphabet their cells are in", () => {
  const rows = [
    ["پیام\u200cرسان", "۹", "x"],
    ["日本", "10", "y"],
    ["plain", "", ""],
  ];
  expect(renderPage([{ head: ["name", "figure", ""], numbers: [1], rows }], "text").split("\n")).toEqual([
    "name      figure",
    "پیام\u200cرسان       ۹  x",
    "日本          10  y",
    "plain",
  ]);
});

test("a page of Markdown has tables that hold whatever the cells say", () => {
  expect(renderPage(blocks, "markdown")).toBe(
    [
      "## soroush",
      "",
      "A messenger.",
      "",
      "| role | threads |",
      "| --- | ---: |",
      "| gateway | 9 |",
      "| object \\| relay | 120 |",
      "",
      "- one",
      "- two",
    ].join("\n"),
  );
});

test.each([
  [0, "0"],
  [0.000239, "0.000239"],
  [2.1, "2.1"],
  [17.6194, "17.6"],
  [99.96, "100"],
  [100.4, "100"],
  [10_937.5, "10,938"],
  [5_000_000, "5,000,000"],
  [NaN, "–"],
])("%d reads %s", (value, text) => {
  expect(figure(value)).toBe(text);
});
