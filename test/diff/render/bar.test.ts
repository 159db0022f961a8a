import { bar } from "../../../lib/diff/render/bar";
import { Voice } from "../../../lib/diff/render/voice";
import { capacityLine } from "./reports";

/** The rectangles of one side: what they are, where they start and how wide they are, per cent. */
function drawn(svg: string, side: "before" | "after"): string[] {
  const group = new RegExp(`<g class="${side}">(.*?)</g>`, "s").exec(svg)?.[1] ?? "";
  return [...group.matchAll(/<rect class="(\w+)" x="([\d.]+)%" y="\d+" width="([\d.]+%?)"/g)].map(
    ([, part, x, width]) => `${part ?? ""} ${x ?? ""} ${width ?? ""}`,
  );
}
const english = (...line: Parameters<typeof capacityLine>): string => bar(capacityLine(...line), "id", new Voice("en")).html;

test("both sides have one scale, the longer one's", () => {
  const svg = english("c", "servers", [50, 20, 10, 20], [100, 60, 10, 30]);
  expect(drawn(svg, "before")).toEqual(["promised 0 20%", "spare 20 10%", "free 30 20%", "installed 50 2"]);
  expect(drawn(svg, "after")).toEqual(["promised 0 60%", "spare 60 10%", "free 70 30%", "installed 100 2"]);
});

test("what is promised beyond what is installed stands apart", () => {
  expect(drawn(english("c", "servers", [10, 10, 0, 0], [8, 10, 0, -2]), "after")).toEqual([
    "promised 0 80%",
    "over 80 20%",
    "installed 80 2",
  ]);
});

test("a site without any of it has an empty bar", () => {
  expect(drawn(english("c", "servers", [0, 0, 0, 0]), "after")).toEqual(["installed 0 2"]);
});

test("from right to left it is the mirror image", () => {
  const svg = bar(capacityLine("c", "servers", [100, 60, 10, 30]), "id", new Voice("fa")).html;
  expect(drawn(svg, "after")).toEqual(["promised 40 60%", "spare 30 10%", "free 0 30%", "installed 0 2"]);
});

test("numbers stand where they fit, and never on the line of what is installed", () => {
  const numbers = (svg: string): string[] =>
    [...svg.matchAll(/<text class="(\w+)"[^>]*>([^<]+)/g)].map(([, part, value]) => `${part ?? ""} ${value ?? ""}`);
  expect(numbers(english("c", "servers", [100, 60, 2, 38]))).toEqual(["promised 60", "free 38"]);
  expect(numbers(english("c", "servers", [100, 60, 80, 0]))).toEqual(["promised 60"]);
});

test("those who cannot see it are told", () => {
  expect(english("c", "servers", [10, 8, 1, 1], [10, 11, 1, -2])).toContain(
    '<title id="id-title">c, servers</title><desc id="id-text">Before: Installed 10, Promised 8, Spare 1, Free 1. After: Installed 10, Promised 11, Spare 1, Free −2.</desc>',
  );
});
