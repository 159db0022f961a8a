import { grantOf, type Grant } from "../../lib/allocation/grant";
import { hardLimits } from "../../lib/cluster/quota";
import { sampleEstate } from "../support/estate";
import { grantedLock } from "../support/granted";

const estate = sampleEstate();
const grant = (holder: string): Grant => grantOf(estate, grantedLock(), holder, "thr1");

test("a share of the pool is what the lock says; storage is the sum of both media", () => {
  expect(hardLimits(estate.classes, grant("bale"))).toEqual({
    "requests.cpu": "12",
    "requests.memory": "48Gi",
    "requests.storage": "3Ti",
    "requests.zirsakht.ir/egress-mbps": "2k",
    "requests.zirsakht.ir/ingress-mbps": "500",
    "services.loadbalancers": "4",
    "services.nodeports": "0",
  });
});

test("own servers give all they can allocate, and no bandwidth to ask for", () => {
  expect(hardLimits(estate.classes, grant("soroush"))).toEqual({
    "requests.cpu": "240",
    "requests.memory": "1920Gi",
    "requests.storage": "91200G",
    "requests.zirsakht.ir/egress-mbps": "0",
    "requests.zirsakht.ir/ingress-mbps": "0",
    "services.loadbalancers": "31",
    "services.nodeports": "0",
  });
});

test("only granted servers count", () => {
  const own = grant("soroush");
  const servers = own.servers.map((server, index) => (index === 0 ? server : { ...server, state: "draining" as const }));
  expect(hardLimits(estate.classes, { ...own, servers })).toMatchObject({
    "requests.cpu": "64",
    "requests.memory": "512Gi",
    "requests.storage": "3840G",
  });
});

test("during a change of tier both count", () => {
  const both = { ...grant("bale"), servers: grant("soroush").servers.slice(0, 1) };
  expect(hardLimits(estate.classes, both)).toMatchObject({
    "requests.cpu": "76",
    "requests.memory": "560Gi",
    "requests.storage": `${3840 + Math.floor((3 * 2 ** 40) / 1e9)}G`,
    "requests.zirsakht.ir/egress-mbps": "2k",
  });
});

test("who holds nothing may ask for nothing", () => {
  expect(Object.values(hardLimits(estate.classes, grant("nobody")))).toEqual(Array(7).fill("0"));
});
