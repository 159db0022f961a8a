/** The intrusion drill on a real API server: everything is refused and allowed as it must be, and what is left out is named by what it lets through. */
import { intrusion } from "../../../lib/twin/drills/intrusion";
import { tables } from "../../../lib/twin/drills/intrusion/tables";
import type { Verdict } from "../../../lib/twin/drill";
import { brokenOf, Rehearsed } from "./rehearsed";
import { describeLive } from "./twin";

const bindings = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings";
const networkPolicies = "/apis/networking.k8s.io/v1/namespaces/messenger-bam/networkpolicies";
const done = (verdicts: readonly Verdict[]): string[] => verdicts.map((verdict) => verdict.done);

describeLive("the intrusion drill", () => {
  const company = new Rehearsed();
  beforeAll(() => company.raise(), 900_000);
  afterAll(() => company.throwAway());

  test("what must be refused is, what is needed is not, the site's work goes on, and nothing is left", async () => {
    const verdicts = await intrusion.run(company.stage());
    expect(brokenOf(verdicts)).toEqual([]);
    const promises = new Set(verdicts.map(({ promise }) => promise));
    expect(tables.filter(({ promise }) => !promises.has(promise))).toEqual([]);
    for (const messenger of ["alborz.own1", "bam.own1"]) {
      const [, refused, allowed] =
        /tried (\d+) things .* and (\d+) things/.exec(verdicts.find(({ about }) => about === messenger)?.done ?? "") ?? [];
      expect(Number(refused)).toBeGreaterThanOrEqual(200);
      expect(Number(allowed)).toBeGreaterThanOrEqual(40);
    }
    expect(await company.left()).toEqual([]);
  });

  test("policies that bind nobody are named by all that they let through", async () => {
    const api = await company.admin();
    for (const name of ["zirsakht-pods", "zirsakht-claims"]) await api.demand("DELETE", `${bindings}/${name}`);
    const broken = brokenOf(await intrusion.run(company.stage()));
    await company.deploy();
    expect(done(broken)).toEqual(
      expect.arrayContaining([
        "deployer: makes a pod on another's server, by name",
        "deployer: makes a pod that tolerates every taint",
        "deployer: makes a pod that keeps everybody's pods away from the whole site",
        "deployer: makes a claim to a drive of another's server",
        "made a Deployment of pods that tolerate every taint in 2 namespaces",
      ]),
    );
    expect(await company.left()).toEqual([]);
  });

  test("network policies that are gone, and one too many, are named by whom they let through", async () => {
    const api = await company.admin();
    await api.demand("DELETE", networkPolicies, { query: { fieldSelector: "metadata.name=dns" } });
    await api.demand("POST", networkPolicies, {
      body: {
        apiVersion: "networking.k8s.io/v1",
        kind: "NetworkPolicy",
        metadata: { name: "open" },
        spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [{ namespaceSelector: {} }] }] },
      },
    });
    const broken = brokenOf(await intrusion.run(company.stage()));
    await api.demand("DELETE", `${networkPolicies}/open`);
    await company.deploy();
    expect(broken).toHaveLength(1);
    expect(broken[0]?.seen).toBe(
      "bam: a pod of the system reaches its pods; bam: a pod of the default namespace reaches its pods; bam: cannot: its pods ask the cluster's DNS",
    );
  });
});
