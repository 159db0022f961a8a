import { parse } from "yaml";
import { switchPlan, switchPlanText } from "../../lib/network/switchPlan";
import { sampleMessenger } from "../support/estate";
import { grantedLock, grantedRequest } from "../support/granted";

const plan = switchPlan(grantedRequest(), "thr1");
const server = (name: string) => Object.values(plan.racks).flatMap(({ servers }) => servers[name] ?? [])[0];

test("an own server: its ports, its holder's VLAN, its address, its share of the group after the loss of the largest rack, its egress addresses", () => {
  expect(server("thr1-r01-s01")).toEqual({
    holder: "soroush",
    ports: ["Ethernet1/1", "Ethernet1/2"],
    tagged: [1004],
    address: "10.64.8.2",
    egressMbps: 2000,
    egress: ["198.51.100.64"],
  });
  expect(server("thr1-r02-s01")).toMatchObject({ egressMbps: 2000, egress: ["198.51.100.66", "198.51.100.67"] });
});

test("a group in one rack is policed to its share of the whole", () => {
  expect(server("thr1-r04-s01")).toMatchObject({ egressMbps: 500 });
});

test("policing rounds up and counts granted servers only", () => {
  const lock = grantedLock(({ thr1 }) => {
    const line = thr1.servers["thr1-r01-s01"];
    if (!line || !thr1.bandwidth.soroush) throw new Error("no line");
    thr1.servers["thr1-r03-s01"] = { ...line, address: "10.64.8.9" };
    thr1.servers["thr1-r03-s02"] = { ...line, address: "10.64.8.10", state: "draining" };
    thr1.bandwidth.soroush.groups.compute = 2001;
  });
  const { r03 } = switchPlan(grantedRequest({ lock }), "thr1").racks;
  expect(Object.values(r03?.servers ?? {}).map(({ egressMbps }) => egressMbps)).toEqual([1001, 1001]);
});

test("a pool server is a trunk of the pool's VLAN and every pool messenger's, and is not policed", () => {
  expect(server("thr1-r08-s01")).toEqual({
    holder: "pool",
    ports: ["Ethernet1/1", "Ethernet1/2"],
    tagged: [1000, 1005],
    address: "10.64.0.2",
    egress: ["198.51.100.68"],
  });
});

test("a switch has its address, its autonomous system and the nodes that open sessions to it", () => {
  expect(plan.racks.r01).toMatchObject({ switch: { address: "10.0.1.1", asn: 64613 }, peers: ["10.64.8.2", "10.64.8.3"] });
  expect(plan.racks.r03).toEqual({ switch: { address: "10.0.3.1", asn: 64615 }, peers: [], servers: {} });
  const erasing = grantedLock(({ thr1 }) => {
    const line = thr1.servers["thr1-r01-s01"];
    if (line) line.state = "erasing";
  });
  expect(switchPlan(grantedRequest({ lock: erasing }), "thr1").racks.r01?.peers).toEqual(["10.64.8.3"]);
});

test("a holder has its VLAN, its gateways and its bandwidth; in the cluster its own nodes announce it", () => {
  expect(plan.holders.soroush).toEqual({
    vlans: [1004],
    private: [{ prefix: "10.64.8.0/24", gateway: "10.64.8.1" }],
    announced: [],
    bandwidth: { egressMbps: 10000, ingressMbps: 3000 },
  });
  expect(Object.keys(plan.holders)).toEqual(["bale", "pool", "soroush"]);
});

test("the routers announce what has nothing in the cluster: network alone and bare hosts", () => {
  const bare = { ...grantedRequest(), messengers: [sampleMessenger("bale", { needs: ["network"] }), sampleMessenger()] };
  const { holders } = switchPlan(bare, "thr1");
  expect(holders.bale?.announced).toEqual(["198.51.100.32/30", "198.51.100.68/31"]);
  expect(holders.soroush?.announced).toEqual([]);
  expect(switchPlan(grantedRequest(), "mhd1").racks.r04).toMatchObject({
    peers: [],
    servers: { "mhd1-r04-s01": { holder: "hodhod", tagged: [2002] } },
  });
});

test("its text is the same value", () => {
  expect(parse(switchPlanText(plan))).toEqual(plan);
});

test("a site that the estate lacks is refused", () => {
  expect(() => switchPlan(grantedRequest(), "qom1")).toThrow(new RangeError("the estate has no site qom1"));
});
