import { eitherMark, withoutSecrets, withUnknown } from "../../../lib/diff/plan/marks";

test("what is not known stands where it will be, beside what is", () => {
  const marks = { id: true, spec: [{ ports: [false, true], labels: {} }], data: true };
  expect(withUnknown({ spec: [{ ports: [53], labels: { a: "b" } }] }, marks)).toEqual({
    id: "(known after apply)",
    spec: [{ ports: [53, "(known after apply)"], labels: { a: "b" } }],
    data: "(known after apply)",
  });
  expect(withUnknown({ a: null, b: [] }, { a: {}, b: [] })).toEqual({ a: null, b: [] });
});

test("a secret is hidden element by element, and another one is another text until it is shown", () => {
  const before = { user: "alborz", pins: [1, 2] };
  expect(withoutSecrets(before, true)).toEqual({ user: "(sensitive)", pins: ["(sensitive)", "(sensitive)"] });
  const after = withoutSecrets({ user: "alborz", pins: [1, 3] }, { pins: true }, before);
  expect(after).toMatchObject({ user: "alborz", pins: ["(sensitive)", expect.not.stringMatching(/^\(sensitive\)$/)] });
  expect(JSON.stringify(after)).not.toContain("3");
});

test("what one side calls secret is hidden on both", () => {
  expect(eitherMark({ a: true, b: [false] }, { a: {}, b: [{ c: true }, true] })).toEqual({ a: true, b: [{ c: true }, true] });
  expect(eitherMark(false, {})).toEqual({});
});
