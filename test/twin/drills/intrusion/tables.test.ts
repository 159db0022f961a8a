import { admissionRules } from "../../../../lib/cluster/admission/rules";
import { isObject, type Json, type JsonObject } from "../../../../lib/manifests/apiObject";
import type { Attempt, Call, Refused } from "../../../../lib/twin/drills/intrusion/attempt";
import { tables } from "../../../../lib/twin/drills/intrusion/tables";
import type { Target } from "../../../../lib/twin/drills/intrusion/target";
import { refusals, type AdmissionRequest } from "../../../support/admission";
import { sampleTarget } from "./sampleTarget";

const targets = { bale: sampleTarget("bale"), soroush: sampleTarget("soroush") };
/** CEL is judged some hundred times in a test. */
jest.setTimeout(60_000);
const attempts = tables.flatMap((table) => table.attempts);
const isRefused = (attempt: Attempt): attempt is Refused => attempt.want === "refused";
async function asked(target: Target, tried: readonly Attempt[]): Promise<Call[]> {
  const calls: Call[] = [];
  for (const attempt of tried) {
    const call = await attempt.request(target);
    if (call) calls.push(call);
  }
  return calls;
}
const refused = attempts.filter(isRefused);
const policyOf = ({ by }: Refused): string | undefined => /ValidatingAdmissionPolicy 'zirsakht-(\w+)'/.exec(by.join())?.[1];

test("every attempt has a name of its own, and every noun a promise of its own", () => {
  const names = attempts.map(({ who, what }) => `${who} ${what}`);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(new Set(tables.map(({ promise }) => promise)).size).toBe(tables.length);
});

test.each(["bale", "soroush"] as const)("%s's people try at least 40 things in vain and 20 with success", async (messenger) => {
  const people = attempts.filter(({ who }) => who !== "node" && who !== "stranger");
  expect((await asked(targets[messenger], people.filter(isRefused))).length).toBeGreaterThanOrEqual(40);
  const needed = people.filter((attempt) => !isRefused(attempt));
  expect((await asked(targets[messenger], needed)).length).toBeGreaterThanOrEqual(20);
});

test("every attempt is possible at one of two messengers, at a path of the API", async () => {
  const never: string[] = [];
  for (const attempt of attempts) {
    const calls = [...(await asked(targets.bale, [attempt])), ...(await asked(targets.soroush, [attempt]))];
    if (calls.length === 0) never.push(attempt.what);
    for (const { path } of calls) expect(path).toMatch(/^\/(?:api|apis|metrics|debug)(?:$|\/)/);
  }
  expect(never).toEqual([]);
});

/** The keys below metadata, spec and the one container under which two objects differ. */
function differences(one: JsonObject, other: JsonObject): string[] {
  const within = (object: JsonObject): Record<string, Json> => {
    const spec = object.spec as JsonObject;
    const [container] = (spec.containers ?? []) as JsonObject[];
    const parts: Record<string, Json | undefined> = { metadata: object.metadata, spec: { ...spec, containers: null }, container };
    return Object.fromEntries(
      Object.entries(parts).flatMap(([part, value]) =>
        isObject(value) ? Object.entries(value).map(([key, inner]): [string, Json] => [`${part}.${key}`, inner]) : [],
      ),
    );
  };
  const [left, right] = [within(one), within(other)];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].filter(
    (key) => JSON.stringify(left[key]) !== JSON.stringify(right[key]),
  );
}

/** Where it takes several things together to make the one that is forbidden. */
const together: Readonly<Record<string, readonly string[]>> = {
  "makes a pod with a process of a Windows server": ["spec.securityContext", "spec.hostNetwork"],
  "makes a pod for another system, of which less is asked": ["spec.os", "spec.securityContext", "container.securityContext"],
  "makes a pod with an unmasked /proc": ["spec.hostUsers", "container.securityContext"],
  "makes a service with a port of every server by number": ["spec.ports", "spec.type"],
  "lets a pod leave the cluster without any bandwidth": ["metadata.annotations", "container.resources"],
  "lets a pod leave the cluster shaped to nothing, which is no shape": ["metadata.annotations", "container.resources"],
  "lets a pod leave the cluster under another value of the label": ["metadata.labels", "metadata.annotations", "container.resources"],
  "lets a pod leave the cluster with more than the messenger was granted": ["metadata.annotations", "container.resources"],
};

test.each(["bale", "soroush"] as const)("what %s's people make and may not differs in one thing from what they may", async (messenger) => {
  const target = targets[messenger];
  for (const attempt of refused) {
    const [call, control] = [await attempt.request(target), attempt.control?.(target)];
    if (!call || !control || call.method !== "POST") continue;
    expect(control.path).toBe(call.path);
    const differ = differences(call.body as JsonObject, control.body as JsonObject);
    expect([attempt.what, differ]).toEqual([
      attempt.what,
      together[attempt.what] ? expect.arrayContaining([...(together[attempt.what] ?? [])]) : [expect.any(String)],
    ]);
  }
});

/** What a policy, or all of the site's that are about such a thing, say to what is made in the target's namespace. */
function judged(target: Target, { method, path, body }: Call, only?: string): string[] {
  const resource = new RegExp(`/namespaces/${target.namespace}/(pods|services|persistentvolumeclaims)$`).exec(path)?.[1];
  if (method !== "POST" || resource === undefined) return [];
  const namespace = { "zirsakht.ir/messenger": target.messenger, "zirsakht.ir/nodes": target.nodes, "zirsakht.ir/tier": target.tier };
  const request: AdmissionRequest = { operation: "CREATE", object: body as JsonObject, namespace };
  return admissionRules
    .filter(({ name, resourceRules }) => (only ?? name) === name && resourceRules.some(({ resources }) => resources.includes(resource)))
    .flatMap((rule) => refusals(rule, request));
}

test.each(["bale", "soroush"] as const)(
  "CEL itself refuses what %s's people may not make, in the words that are waited for",
  async (messenger) => {
    const target = targets[messenger];
    let looked = 0;
    for (const attempt of refused.filter(({ who }) => who !== "node")) {
      const [policy, call] = [policyOf(attempt), await attempt.request(target)];
      if (policy === undefined || call?.method !== "POST") continue;
      looked++;
      const words = expect.stringContaining(attempt.by.at(-1) ?? "") as string;
      expect([attempt.what, judged(target, call, policy)]).toEqual([attempt.what, expect.arrayContaining([words])]);
      const control = attempt.control?.(target);
      if (control) expect([attempt.what, judged(target, control, policy)]).toEqual([attempt.what, []]);
    }
    expect(looked).toBeGreaterThan(30);
  },
);

test.each(["bale", "soroush"] as const)("CEL itself admits what %s's people need", async (messenger) => {
  for (const attempt of attempts.filter((each) => !isRefused(each))) {
    const call = await attempt.request(targets[messenger]);
    if (call) expect([attempt.what, judged(targets[messenger], call)]).toEqual([attempt.what, []]);
  }
});

test("every validation of every policy for messengers and nodes is put to the test", () => {
  const words = refused.map(({ by }) => by.at(-1) ?? "");
  const rules = admissionRules.filter(({ name, inMessengerNamespaces }) => inMessengerNamespaces || name === "mirrors" || name === "nodes");
  const untried = rules.flatMap(({ validations }) => validations.filter(({ message }) => !words.some((part) => message.includes(part))));
  // The API server lets no node delete itself in the first place.
  expect(untried.map(({ message }) => message)).toEqual(["a node may not remove itself; the site's set-up or an administrator does"]);
});
