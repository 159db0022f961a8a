/** The addresses drill with the real MetalLB controller: pools are used up and kept apart, and one that is open to all is named. */
import { addresses } from "../../../lib/twin/drills/addresses";
import { brokenOf, Rehearsed } from "./rehearsed";
import { describeLive } from "./twin";

const pools = "/apis/metallb.io/v1beta1/namespaces/metallb-system/ipaddresspools";

describeLive("the addresses drill", () => {
  const company = new Rehearsed();
  beforeAll(() => company.raise(), 900_000);
  afterAll(() => company.throwAway());

  test("every address of a pool is given, one more is refused in words, and nothing is left", async () => {
    const verdicts = await addresses.run(company.stage());
    expect(brokenOf(verdicts)).toEqual([]);
    expect([...new Set(verdicts.map(({ about }) => about))].sort()).toEqual(["alborz.own1", "bam.own1"]);
    const full = verdicts.find(({ promise, about }) => promise === "a full pool says so" && about === "bam.own1");
    expect(full?.seen).toMatch(/^none, with the words: .*exceeded quota: grant, requested: services\.loadbalancers=1/);
    expect(await company.left()).toEqual([]);
  });

  test("a pool that is open to everybody is named: others get its addresses", async () => {
    const api = await company.admin();
    await api.demand("PATCH", `${pools}/messenger-alborz`, { body: { spec: { serviceAllocation: null } } });
    try {
      const broken = brokenOf(await addresses.run(company.stage()));
      expect(broken.map(({ promise, about }) => `${about}: ${promise}`)).toContain("bam.own1: nobody gets another's address");
    } finally {
      await company.deploy();
    }
    expect(brokenOf(await addresses.run(company.stage()))).toEqual([]);
  });
});
