import { differenceOf } from "../../../lib/twin/rehearsal/drift";

const written = { metadata: { name: "grant" }, spec: { hard: { "requests.cpu": "64" }, scopes: ["a"] } };

test("an object with defaults, a status and more in its maps is as it is written", () => {
  const live = { metadata: { name: "grant", uid: "1" }, spec: { ...written.spec, hard: { ...written.spec.hard, pods: "9" } }, status: {} };
  expect(differenceOf(written, live)).toBeUndefined();
});

test.each([
  [
    "another value",
    { ...written, spec: { ...written.spec, hard: { "requests.cpu": "80" } } },
    `spec.hard.requests.cpu: "64" in the files, "80" deployed`,
  ],
  [
    "a value that is not there",
    { metadata: written.metadata, spec: { scopes: ["a"] } },
    `spec.hard: {"requests.cpu":"64"} in the files, nothing deployed`,
  ],
  ["a longer list", { ...written, spec: { ...written.spec, scopes: ["a", "b"] } }, `spec.scopes: ["a"] in the files, ["a","b"] deployed`],
  ["another entry of a list", { ...written, spec: { ...written.spec, scopes: ["b"] } }, `spec.scopes[0]: "a" in the files, "b" deployed`],
])("%s is told with its place", (_, live, said) => {
  expect(differenceOf(written, live)).toBe(said);
});

test("what says nothing may be left out by the API server", () => {
  expect(differenceOf({ spec: {}, items: [], globalDefault: false, value: 0, description: "" }, {})).toBeUndefined();
  expect(differenceOf({ globalDefault: false }, { globalDefault: true })).toBe("globalDefault: false in the files, true deployed");
});

test("the order of what a Role allows says nothing, that of anything else does", () => {
  const role = (verbs: string[]) => ({ rules: [{ apiGroups: [""], resources: ["pods"], verbs }] });
  expect(differenceOf(role(["list", "get"]), role(["get", "list"]))).toBeUndefined();
  expect(differenceOf(role(["list", "get"]), role(["get", "watch"]))).toBe('rules[0].verbs[1]: "list" in the files, "watch" deployed');
  expect(differenceOf({ command: ["a", "b"] }, { command: ["b", "a"] })).toBe('command[0]: "a" in the files, "b" deployed');
});
