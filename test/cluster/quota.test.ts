import { grantOf, type Grant } from "../../lib/allocation/grant";
import { hardLimits, objectLimits } from "../../lib/cluster/quota";
import { roleRules } from "../../lib/cluster/roles";
import { sampleEstate } from "../support/estate";
import { grantedLock } from "../support/granted";

const estate = sampleEstate();
const grant = (holder: string): Grant => grantOf(estate, grantedLock(), holder, "thr1");

test("a share of the pool is what the lock says; storage is the sum of both media", () => {
  expect(hardLimits(estate.classes, grant("bale"))).toEqual({
    ...objectLimits,
    pods: "56",
    persistentvolumeclaims: "112",
    "requests.ephemeral-storage": "168Gi",
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
    ...objectLimits,
    pods: "440",
    persistentvolumeclaims: "880",
    "requests.ephemeral-storage": "1320Gi",
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
    pods: "166",
    "requests.cpu": "76",
    "requests.memory": "560Gi",
    "requests.storage": `${3840 + Math.floor((3 * 2 ** 40) / 1e9)}G`,
    "requests.zirsakht.ir/egress-mbps": "2k",
  });
});

test("who holds nothing may ask for nothing; its objects are counted all the same", () => {
  const limits = Object.entries(hardLimits(estate.classes, grant("nobody"))).filter(([resource]) => !(resource in objectLimits));
  expect(limits.map(([, limit]) => limit)).toEqual(Array(10).fill("0"));
  expect(hardLimits(estate.classes, grant("nobody"))).toMatchObject(objectLimits);
});

test("every kind that a Role writes has its number of objects, or is counted by what was granted", () => {
  const written = roleRules.admin
    .filter(({ verbs, resources }) => verbs.includes("create") && !resources.some((resource) => resource.includes("/")))
    .flatMap(({ apiGroup, resources }) => resources.map((resource) => (apiGroup === "" ? resource : `${resource}.${apiGroup}`)));
  expect(written.filter((kind) => !["pods", "persistentvolumeclaims"].includes(kind) && !(`count/${kind}` in objectLimits))).toEqual([]);
});

test("Deployments at their number keep all old ReplicaSets that they keep by default", () => {
  expect(objectLimits).toMatchObject({ "count/deployments.apps": "100", "count/replicasets.apps": "1100" });
});
