import { renderJson } from "../../../lib/diff/render/json";
import { renderText } from "../../../lib/diff/render/text";
import { small } from "./reports";

test("no value turns a terminal's colours, moves its cursor, or begins a line", () => {
  const hostile = "a\u001b[2J\u009b\u202e\r\n::error::b";
  const [risk] = small.risk;
  const text = renderText({
    ...small,
    base: hostile,
    head: hostile,
    verdict: hostile,
    notes: [hostile],
    risk: risk ? [{ ...risk, object: hostile, what: hostile, stack: hostile, address: hostile }] : [],
  });
  expect(text).not.toMatch(/(?!\n)[\p{Cc}\p{Cf}]/u);
  expect(text).not.toMatch(/^\s*::/m);
});

test("what narrows is a number until it is asked for", () => {
  const narrows = small.security.filter(({ direction }) => direction === "narrows");
  expect(narrows.length).toBeGreaterThan(0);
  const [folded, whole] = [renderText(small), renderText(small, true)];
  for (const { what } of narrows) {
    expect(folded).not.toContain(what);
    expect(whole).toContain(what);
  }
  expect(folded).toContain("(shown by --security-only)");
});

test("where it is shown what created objects hold is said once, and only where there are any", () => {
  const line = "What the created and destroyed objects hold is shown by --format markdown, html and json.";
  expect(renderText(small).split(line)).toHaveLength(2);
  expect(renderText({ ...small, changes: small.changes.slice(0, 1) })).not.toContain(line);
});

test("a value in JSON is as it is, for whoever reads it writes it for its own place", () => {
  const report = { ...small, notes: ["\u202e\u001b[2J"] };
  expect(JSON.parse(renderJson(report))).toEqual(report);
});

test("what is said of the networkData of many servers is one line, which names each, or some where they are many", () => {
  const of = (stack: string, server: string) => ({
    rule: "host-ignored-until-provisioned",
    stack,
    address: `kubernetes_secret_v1.network_${server}`,
    object: `Secret zirsakht-hardware/${server}.network`,
    what: `networkData changes, for 1 host (${server}) only when they are provisioned again`,
    why: "The server stays as it is.",
  });
  const linesOf = (...risk: ReturnType<typeof of>[]) =>
    renderText({ ...small, risk })
      .split("\n")
      .filter((line) => line.startsWith("- host-ignored"));
  const said =
    "- host-ignored-until-provisioned: Secret zirsakht-hardware/mhd1-r05-s03.network — networkData changes, for 1 host (mhd1-r05-s03) only when they are provisioned again";
  const two = [of("homa.mhd1", "mhd1-r05-s03"), of("soroush.thr1", "thr1-r05-s03")];
  expect(linesOf(...two)).toEqual([`${said} (2 times, in homa.mhd1, soroush.thr1; also thr1-r05-s03)`]);
  const more = ["thr1-r01-s01", "thr1-r01-s02", "thr1-r01-s03", "thr1-r01-s04"].map((server) => of("soroush.thr1", server));
  expect(linesOf(...two, ...more)).toEqual([
    `${said} (6 times, in homa.mhd1, soroush.thr1; also thr1-r05-s03, thr1-r01-s01, thr1-r01-s02 and 2 more)`,
  ]);
});
