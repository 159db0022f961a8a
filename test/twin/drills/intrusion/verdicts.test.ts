import { allowed, forbidden, read, type Table } from "../../../../lib/twin/drills/intrusion/attempt";
import { foundVerdict, messengerVerdict, tableVerdicts } from "../../../../lib/twin/drills/intrusion/verdicts";
import { sampleTarget } from "./sampleTarget";

const [bale, soroush] = [sampleTarget("bale"), sampleTarget("soroush")];
const request = () => read("/api/v1/pods");
const [pods, secrets] = [forbidden("admin", "lists the pods", request), forbidden("viewer", "lists the secrets", request)];
const log = allowed("viewer", "reads a log", request);
const table: Table = { promise: "nobody sees anything", attempts: [pods, secrets, log] };
const at = { about: "thr1", promise: "nobody sees anything" };

test("a kept promise is one line for all messengers of a site", () => {
  const outcomes = [bale, soroush].flatMap((target) => table.attempts.map((attempt) => ({ target, attempt })));
  expect(tableVerdicts("thr1", table, outcomes)).toEqual([
    { ...at, done: "tried 3 things at 2 messengers", seen: "4 refused, 2 allowed, as it must be", kept: true },
  ]);
});

test("what did not end as it must is named, once for all whom it concerns", () => {
  const outcomes = [
    { target: soroush, attempt: pods, surprise: "it was allowed" },
    { target: bale, attempt: pods, surprise: "it was allowed" },
    { target: soroush, attempt: log, surprise: "forbidden" },
    { target: bale, attempt: log },
  ];
  expect(tableVerdicts("thr1", table, outcomes)).toEqual([
    { ...at, done: "admin: lists the pods", seen: "bale, soroush: it was allowed", kept: false },
    { ...at, about: "soroush.thr1", done: "viewer: reads a log", seen: "forbidden", kept: false },
    { ...at, done: "nothing", seen: "there is nobody to try it, or nothing to try it on: viewer: lists the secrets", kept: true },
  ]);
});

test("a promise that nothing was tried for is not kept: it was not tried", () => {
  const all = "admin: lists the pods, viewer: lists the secrets, viewer: reads a log";
  expect(tableVerdicts("thr1", table, [])).toEqual([
    { ...at, done: "nothing", seen: `there is nobody to try it, or nothing to try it on: ${all}`, kept: true },
  ]);
});

test("a messenger's own line counts what was tried, and says whose Role is nobody's", () => {
  const outcomes = [pods, log].map((attempt) => ({ target: bale, attempt }));
  const line = {
    promise: "its people do what they need and nothing else",
    about: "bale.thr1",
    done: "tried 1 thing that must be refused and 1 thing that must be allowed; nobody is its viewer or deployer",
  };
  expect(messengerVerdict(bale, outcomes)).toEqual({ ...line, seen: "all as it must be", kept: true });
  const surprised = [...outcomes, { target: bale, attempt: secrets, surprise: "it was allowed" }];
  expect(messengerVerdict(bale, surprised)).toMatchObject({ seen: "1 otherwise, named above", kept: false });
});

test("the people of a retired messenger have a promise of their own", () => {
  const retired = { ...soroush, live: false };
  expect(messengerVerdict(retired, [{ target: retired, attempt: log }])).toEqual({
    promise: "its people, who have no rights any more, do nothing",
    about: "soroush.thr1",
    done: "tried 1 thing",
    seen: "all as it must be",
    kept: true,
  });
});

test("what is found is said, or that nothing is", () => {
  expect(foundVerdict("promise", "thr1", "looked", "well", [])).toEqual({
    promise: "promise",
    about: "thr1",
    done: "looked",
    seen: "well",
    kept: true,
  });
  expect(foundVerdict("promise", "thr1", "looked", "well", ["a", "b"])).toMatchObject({ seen: "a; b", kept: false });
});
