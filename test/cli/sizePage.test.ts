import { renderPage } from "../../lib/page/page";
import { sizePage } from "../../lib/cli/sizePage";
import { calendar, messengerOf } from "../sizing/messenger";

const page = (...messengers: Parameters<typeof sizePage>[0]) => renderPage(sizePage(messengers, calendar), "text");

test("a peak on the book date is not shown twice", () => {
  expect(page(messengerOf())).toMatch(/^ +2026-11-24 +low – high +moved most by$/m);
});

test("bandwidth of another day than the peak's is named", () => {
  const crowded = messengerOf({
    growth: [{ date: "2027-02-22", active: 10e6 }],
    surges: [{ name: "s", from: "2026-12-01", to: "2026-12-01", active: 9.5e6 }],
  });
  expect(page(crowded)).toContain(
    "is on 2027-02-22, by growth: 10,000,000 active users. Allocation takes that day. Its bandwidth is that of 2026-12-01, when newcomers use more.",
  );
});

test("class B is called unvalidated wherever its number stands, A and the messenger's own figure are not", () => {
  const lines = (changes: Parameters<typeof messengerOf>[0]) =>
    page(messengerOf(changes), messengerOf({ messenger: "gap", stackClass: "A" })).split("\n");
  const unvalidated = lines({}).filter((line) => line.includes("B (unvalidated)"));
  expect(unvalidated.map((line) => line.split(/ {2,}|[:,] /)[0])).toEqual([
    "Soroush",
    "threads",
    "application (what class B (unvalidated) leaves)",
    "soroush",
  ]);
  expect(lines({ profile: { tlsAtGateway: true, stack_eff_B: 500 } }).filter((line) => line.includes("unvalidated"))).toEqual([]);
});

test("a retired messenger needs nothing, and nothing more is said of it", () => {
  const text = page(messengerOf({ lifecycle: { state: "retired" } }));
  expect(text).toContain("Soroush is retired and needs nothing. `release` gives back what it still holds.");
  expect(text).not.toMatch(/unvalidated: no|threads, class/);
});
