import type { Answer } from "../../../../lib/twin/api";
import { allowed, byRole, create, forbidden, inside, type Attempt, type Refused } from "../../../../lib/twin/drills/intrusion/attempt";
import { Trials, type Cast, type Speaker } from "../../../../lib/twin/drills/intrusion/trial";
import { sampleTarget } from "./sampleTarget";

const target = sampleTarget("soroush");
const done: Answer = { status: 201, body: {} };
const said = (status: number, message: string): Answer => ({ status, body: { message } });
const rbacsWords = 'pods is forbidden: User "admin@soroush" cannot create resource "pods"';
const byRbac = said(403, rbacsWords);

/** Answers one after the other, and keeps what it was asked. */
class Listener implements Speaker {
  readonly asked: unknown[] = [];

  constructor(private readonly answers: readonly Answer[]) {}

  request(...asked: Parameters<Speaker["request"]>): Promise<Answer> {
    this.asked.push(asked);
    return Promise.resolve(this.answers[this.asked.length - 1] ?? said(500, "asked too often"));
  }
}

const cast = (person: readonly Answer[], administrator: readonly Answer[] = [done]): Cast & { readonly administrator: Listener } => ({
  administrator: new Listener(administrator),
  people: { admin: new Listener(person) },
});
const making = ({ namespace }: { readonly namespace: string }) => create(inside(namespace, "v1", "pods"), { kind: "Pod" });
const attempt = forbidden("admin", "makes a pod", making);
const surpriseOf = async (tried: Attempt, by: Cast, whom = target) => (await new Trials().tryOut(whom, tried, by))?.surprise;

test("a refusal in the words of who must refuse is no surprise, where whoever may do everything is allowed the same", async () => {
  const by = cast([byRbac]);
  expect(await new Trials().tryOut(target, attempt, by)).toEqual({ target, attempt });
  const path = "/api/v1/namespaces/messenger-soroush/pods";
  expect(by.administrator.asked).toEqual([["POST", path, { body: { kind: "Pod" }, query: { dryRun: "All" } }]]);
});

test.each([
  [done, 'it was allowed; nobody said "cannot"'],
  [said(404, "pods not found"), "an error, which is no refusal: pods not found"],
  [said(422, "Pod is invalid"), "an error, which is no refusal: Pod is invalid"],
  [said(403, "exceeded quota: grant"), "refused, but not by what must refuse it: exceeded quota: grant"],
])("%j is a surprise", async (answer, surprise) => {
  expect(await surpriseOf(attempt, cast([answer]))).toBe(surprise);
});

test("a refusal says nothing where nobody is allowed the same; what refuses even an administrator is well-formed", async () => {
  const invalid = "the control was not allowed, so the refusal says nothing: Pod is invalid";
  expect(await surpriseOf(attempt, cast([byRbac], [said(422, "Pod is invalid")]))).toBe(invalid);
  const guard = said(403, "ValidatingAdmissionPolicy 'zirsakht-deletions' with binding 'zirsakht-deletions' denied request: it is guarded");
  expect(await surpriseOf(attempt, cast([byRbac], [guard]))).toBeUndefined();
});

test("a control of its own is asked by the same person, and once", async () => {
  const own: Refused = {
    ...attempt,
    by: ["exceeded quota"],
    control: (to) => create(inside(to.namespace, "v1", "pods"), { kind: "Other" }),
  };
  const quota = said(403, "exceeded quota: grant");
  const by = cast([quota, done, quota], []);
  const trials = new Trials();
  expect(await trials.tryOut(target, own, by)).toEqual({ target, attempt: own });
  expect(await trials.tryOut(target, own, by)).toEqual({ target, attempt: own });
  expect(await surpriseOf(own, cast([quota, quota]))).toBe(
    "the control was not allowed, so the refusal says nothing: exceeded quota: grant",
  );
});

test("what is needed must be done; a connection, whose far end a twin lacks, must only be let through", async () => {
  const needed = allowed("admin", "runs a command", making);
  expect(await surpriseOf(needed, cast([done]))).toBeUndefined();
  expect(await surpriseOf(needed, cast([byRbac]))).toBe(rbacsWords);
  const connecting = allowed("admin", "runs a command", (to) => ({ ...making(to), connects: true }));
  const by = cast([said(400, "Upgrade request required")]);
  expect(await surpriseOf(connecting, by)).toBeUndefined();
  expect((by.people.admin as Listener).asked).toEqual([["POST", expect.any(String), { body: { kind: "Pod" }, query: {} }]]);
  expect(await surpriseOf(connecting, cast([byRbac]))).toBe(rbacsWords);
});

test("the people of a retired messenger may not even do what others need", async () => {
  const retired = { ...target, live: false };
  const needed = allowed("admin", "makes a pod", making);
  expect(await surpriseOf(needed, cast([byRbac]), retired)).toBeUndefined();
  expect(await surpriseOf(needed, cast([done]), retired)).toBe('it was allowed; nobody said "cannot"');
});

test("nothing is tried where the target has no such thing or the Role is nobody's", async () => {
  expect(await new Trials().tryOut(target, { ...attempt, request: () => undefined }, cast([]))).toBeUndefined();
  expect(await new Trials().tryOut(target, { ...attempt, who: "viewer" }, cast([]))).toBeUndefined();
});

test("RBAC's words are known in both of their forms", () => {
  const path = 'forbidden: User "admin@soroush" cannot get path "/metrics"';
  for (const words of [rbacsWords, path]) expect(byRole.every((part) => words.includes(part))).toBe(true);
});
