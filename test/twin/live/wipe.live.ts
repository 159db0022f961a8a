/** The wipe drill on a real control plane: every road is refused, a missing guard is named, and the twin is as it was before. */
import { objects, type ApiObject } from "../../../lib/manifests/apiObject";
import { wipe } from "../../../lib/twin/drills/wipe";
import { changesOf, grantedHosts, hostsPath, stateOf } from "../../../lib/twin/drills/wipe/hostState";
import { hostRoads } from "../../../lib/twin/drills/wipe/roads";
import { until } from "../../../lib/twin/wait";
import { brokenOf, Rehearsed } from "./rehearsed";
import { describeLive } from "./twin";

/** Who says that he wrote something of a host. */
const writersOf = (host: ApiObject | undefined): string[] =>
  objects(host?.metadata.managedFields)
    .map(({ manager, operation, subresource = "" }) => JSON.stringify([manager, operation, subresource]))
    .sort();

describeLive("the wipe drill", () => {
  const company = new Rehearsed();
  beforeAll(() => company.raise(), 900_000);
  afterAll(() => company.throwAway());

  test("every road is refused, the lawful one stays open, and nothing is left or changed", async () => {
    const api = await company.admin();
    const before = await grantedHosts(api);
    expect(before.size).toBeGreaterThan(8);
    const verdicts = await wipe.run(company.stage());
    expect(brokenOf(verdicts)).toEqual([]);
    const done = verdicts.map((verdict) => verdict.done);
    for (const { what } of hostRoads) expect(done).toContain(what);
    for (const road of [
      "delete all hosts",
      "delete the kind of the hosts",
      "delete the namespace zirsakht-hardware",
      "kubectl replace --force",
    ])
      expect(done).toContain(road);
    expect(verdicts.find((verdict) => verdict.done === "kubectl apply --prune, with the hosts left out")?.seen).toBe(
      "1 of 1 refused: deleting a granted host wipes its server",
    );
    const after = await grantedHosts(api);
    expect(changesOf(before, after)).toEqual([]);
    for (const [name, host] of before)
      expect({ name, labels: after.get(name)?.metadata.labels, writers: writersOf(after.get(name)) }).toEqual({
        name,
        labels: host.metadata.labels,
        writers: writersOf(host),
      });
    expect(await company.left()).toEqual([]);
  }, 900_000);

  test("a guard that is missing is named, on every road that it stood on, and costs no host", async () => {
    const api = await company.admin();
    const bindings = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings";
    const before = await grantedHosts(api);
    const [host] = before.keys();
    await api.demand("DELETE", `${bindings}/zirsakht-hosts`);
    const signal = new AbortController().signal;
    const isOpen = async () =>
      (await api.request("DELETE", `${hostsPath}/${host ?? ""}`, { query: { dryRun: "All" } })).status === 200 ? true : undefined;
    expect(await until(isOpen, { seconds: 60, signal })).toBe(true);
    const broken = brokenOf(await wipe.run(company.stage()));
    // Statuses have a guard of their own.
    const roads = hostRoads.map(({ what }) => what).filter((what) => !what.includes("status"));
    expect(broken.map(({ done }) => done)).toEqual(expect.arrayContaining([...roads, "delete all hosts"]));
    expect(broken[0]?.seen).toContain("a dry run was allowed; it was not done for real");
    expect(changesOf(before, await grantedHosts(api))).toEqual([]);
    await company.deploy();
    expect(brokenOf(await wipe.run(company.stage()))).toEqual([]);
  }, 1_800_000);

  test("what a killed drill left is put back", async () => {
    const api = await company.admin();
    const [host] = (await grantedHosts(api)).values();
    const path = `${hostsPath}/${host?.metadata.name ?? ""}`;
    const annotations = { "zirsakht.ir/rehearsal-moved": "", "kubectl.kubernetes.io/last-applied-configuration": "{}" };
    await api.demand("PATCH", path, { body: { metadata: { labels: { "zirsakht.ir/state": "draining" }, annotations } } });
    await api.demand("PATCH", "/api/v1/namespaces/zirsakht-hardware", { body: { metadata: { labels: { "zirsakht.ir/guarded": null } } } });
    await wipe.clean?.(company.stage());
    const now = await api.demand("GET", path);
    expect(stateOf(now as never).label).toBe("granted");
    for (const key of Object.keys(annotations)) expect(now).not.toHaveProperty(["metadata", "annotations", key]);
    const namespace = await api.demand("GET", "/api/v1/namespaces/zirsakht-hardware");
    expect(namespace).toHaveProperty(["metadata", "labels", "zirsakht.ir/guarded"], "true");
  });
});
