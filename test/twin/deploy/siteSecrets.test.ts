import { hostOf } from "../../../lib/request/host";
import { loginsOf } from "../../../lib/twin/deploy/siteSecrets";
import { sampleEstate } from "../../support/estate";

test("every server of a site has a login, granted or free", () => {
  const estate = sampleEstate();
  const host = (server: string) => hostOf(estate, () => new Map(), server);
  const servers = Object.values(estate.sites.thr1?.racks ?? {}).reduce((sum, rack) => sum + rack.servers, 0);
  const logins = loginsOf({ estate, host }, "thr1");
  expect(logins).toHaveLength(servers);
  expect(new Set(logins).size).toBe(servers);
  expect(logins).toContain("bmc-thr1-r01-s01");
});
