import { grantOf, type Grant } from "../../lib/allocation/grant";
import { nodesOf, racksOf } from "../../lib/cluster/nodes";
import { sampleEstate, sampleMessenger } from "../support/estate";
import { grantedLock } from "../support/granted";

const grant = (holder: string): Grant => grantOf(sampleEstate(), grantedLock(), holder, "thr1");

test("own servers are its own nodes; a share of the pool runs on the pool's", () => {
  expect(nodesOf(sampleMessenger(), grant("soroush"))).toEqual(["soroush"]);
  expect(nodesOf(sampleMessenger("bale"), grant("bale"))).toEqual(["pool"]);
});

test("on a change of tier the old kind stays until its last server or its quota is released", () => {
  const { quota } = grant("bale");
  expect(nodesOf(sampleMessenger(), { ...grant("soroush"), ...(quota && { quota }) })).toEqual(["soroush", "pool"]);
  const poor = { messenger: "soroush", needs: ["network", "cluster"] as const };
  expect(nodesOf(poor, grant("soroush"))).toEqual(["pool", "soroush"]);
  expect(nodesOf(poor, { ...grant("soroush"), servers: [] })).toEqual(["pool"]);
});

test("racks are those of servers that are nodes", () => {
  const own = grant("soroush");
  expect(racksOf(own)).toEqual(["r01", "r02", "r04"]);
  const states = ["granted", "draining", "rolling", "erasing", "detached"] as const;
  const servers = own.servers.slice(0, 1).flatMap((server) => states.map((state) => ({ ...server, state, rack: state })));
  expect(racksOf({ ...own, servers })).toEqual(["draining", "granted", "rolling"]);
});
