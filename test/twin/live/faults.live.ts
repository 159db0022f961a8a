/** Five faults put in on purpose, each into what is deployed: the rehearsal names each, by what it does and not only by what was changed. */
import { isObject, objects, type JsonObject } from "../../../lib/manifests/apiObject";
import type { DrillName, Verdict } from "../../../lib/twin/drill";
import { Rehearsed } from "./rehearsed";
import { describeLive } from "./twin";

const policies = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicies";
const bindings = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings";

interface Document {
  readonly broken: number;
  readonly drills: readonly { readonly drill: DrillName; readonly verdicts: readonly Verdict[]; readonly failure?: string }[];
  readonly drift: readonly { readonly object: string }[];
}

describeLive("faults put in on purpose", () => {
  const company = new Rehearsed();
  beforeAll(() => company.raise(), 900_000);
  afterAll(() => company.throwAway());
  // A fault is taken out as people take it out: by a deploy.
  afterEach(() => company.deploy(), 900_000);

  /** Rehearses one drill with the fault in place; its broken promises. */
  async function found(drill: DrillName): Promise<{ broken: Verdict[]; drift: string[] }> {
    const { code, out, err } = await company.rehearse(drill, "--format", "json");
    if (code !== 2) throw new Error(`${drill} ended with ${String(code)}: ${err}${out}`);
    const document = JSON.parse(out) as Document;
    const verdicts = document.drills.flatMap((report) => report.verdicts);
    return { broken: verdicts.filter(({ kept }) => !kept), drift: document.drift.map(({ object }) => object) };
  }
  const said = (broken: readonly Verdict[]): string =>
    broken.map(({ promise, about, done, seen }) => [about, promise, done, seen].join(" | ")).join("\n");

  test("a policy left out", async () => {
    const api = await company.admin();
    await api.demand("DELETE", `${bindings}/zirsakht-services`);
    await api.demand("DELETE", `${policies}/zirsakht-services`);
    const { broken, drift } = await found("intrusion");
    expect(said(broken)).toMatch(/a messenger's services open no port and take no address but its own \| .*externalIPs/);
    expect(drift).toContain("ValidatingAdmissionPolicy zirsakht-services");
  }, 900_000);

  test("spare servers taken away", async () => {
    const api = await company.admin();
    const nodes = await api.list("/api/v1/nodes", { labelSelector: "zirsakht.ir/messenger=alborz" });
    const [first, second] = nodes.map(({ metadata }) => metadata.name);
    for (const name of [first, second]) await api.demand("DELETE", `/api/v1/nodes/${name ?? ""}`);
    const { broken } = await found("rack");
    expect(said(broken)).toContain(`2 servers missing: ${first ?? ""} of alborz's group all, ${second ?? ""} of alborz's group all`);
  }, 900_000);

  test("a role widened", async () => {
    const api = await company.admin();
    const path = "/apis/rbac.authorization.k8s.io/v1/namespaces/messenger-alborz/roles/deployer";
    const { rules } = await api.demand("GET", path);
    const wider = { apiGroups: ["networking.k8s.io"], resources: ["networkpolicies"], verbs: ["delete"] };
    await api.demand("PATCH", path, { body: { rules: [...objects(rules), wider] } });
    const { broken, drift } = await found("intrusion");
    expect(said(broken)).toMatch(/nobody has a right that he was not given \| .*alborz.*networkpolicies/);
    expect(drift).toContain("Role messenger-alborz/deployer");
  }, 900_000);

  test("a toleration admitted", async () => {
    const api = await company.admin();
    const { spec } = await api.demand("GET", `${policies}/zirsakht-pods`);
    const all = objects(isObject(spec) ? spec.validations : undefined);
    const without = all.filter(({ expression }) => typeof expression !== "string" || !expression.includes("tolerations"));
    expect(without).toHaveLength(all.length - 1);
    await api.demand("PATCH", `${policies}/zirsakht-pods`, { body: { spec: { validations: without } } satisfies JsonObject });
    const { broken } = await found("intrusion");
    expect(said(broken)).toMatch(/a messenger's pods run on its own nodes or the pool's, and wait their turn \| .*tolerat/);
  }, 900_000);

  test("a guard missing", async () => {
    const api = await company.admin();
    await api.demand("DELETE", `${bindings}/zirsakht-hosts`);
    const { broken, drift } = await found("wipe");
    expect(said(broken)).toContain("no road wipes or stops a server in use | delete the host | ");
    expect(drift).toContain("ValidatingAdmissionPolicyBinding zirsakht-hosts");
  }, 900_000);
});
