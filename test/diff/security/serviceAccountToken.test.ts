import { serviceAccountToken } from "../../../lib/diff/security/serviceAccountToken";
import { between, object } from "./compared";

const [off, on, unsaid] = [
  object("ServiceAccount", { automountServiceAccountToken: false }),
  object("ServiceAccount", { automountServiceAccountToken: true }),
  object("ServiceAccount"),
];
const holds = "pods that run as it in messenger-gap hold its token unasked";

test("a token that is mounted widens; one that is no longer narrows; no word means true", () => {
  expect(between(serviceAccountToken, off, on)).toEqual([`widens: automountServiceAccountToken false -> true: ${holds}`]);
  expect(between(serviceAccountToken, on, off)).toEqual([
    "narrows: automountServiceAccountToken true -> false: pods that run as it in messenger-gap no longer hold its token unasked",
  ]);
  expect(between(serviceAccountToken, off, unsaid)).toEqual([
    `widens: automountServiceAccountToken false -> no word, which means true: ${holds}`,
  ]);
  expect(between(serviceAccountToken, on, unsaid)).toEqual([]);
});

test("a new account is told where it mounts, in a whole new stack too", () => {
  expect(between(serviceAccountToken, undefined, off)).toEqual([]);
  expect(between(serviceAccountToken, undefined, on, { added: ["gap.thr1"] })).toEqual([
    `widens: is new: automountServiceAccountToken true: ${holds}`,
  ]);
});
