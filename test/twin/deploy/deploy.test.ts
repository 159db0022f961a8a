import type { AllocatedRequest } from "../../../lib/request/allocated";
import { TwinSite } from "../../../lib/twin/control/twinSite";
import { deploy } from "../../../lib/twin/deploy/deploy";
import { nothingBrought, type Way } from "../../../lib/twin/deploy/way";

test("a deploy that is told to end goes no further than what is being brought", async () => {
  const ending = new AbortController();
  const brought: string[] = [];
  const way: Way = {
    deployedTo: () => [],
    bring: ({ site }, stacks, progress) => {
      brought.push(...stacks);
      if (site === "thr1") ending.abort();
      progress("applied");
      return Promise.resolve(nothingBrought);
    },
  };
  const names = ["mhd1", "thr1"];
  const sites = new Map(names.map((site) => [site, new TwinSite({ site, server: "", authority: { cert: "", key: "" }, temporary: "" })]));
  const stacks = new Map(names.map((site) => [site, [`site.${site}`, `soroush.${site}`]]));
  const request = {} as AllocatedRequest;
  await expect(deploy({ request, stacks, sites, way, progress: () => undefined, signal: ending.signal })).rejects.toThrow(
    "thr1: ended early; what was brought stays, and the next deploy goes on from there",
  );
  expect(brought).toEqual(["site.mhd1", "site.thr1"]);
});
