/** How servers are reached where NetBox's names and addresses are odd. */
import { imported, problemsOf } from "./imported";
import { devices, lists } from "./lists";

const advice = "interfaces and cables tell devices by their names, so give each device a name of its own in NetBox";

test("devices of one name are not mixed up", () => {
  const twins = devices({ "db-host-7": { name: "thr1-r01-s01", custom_fields: { zirsakht_number: 2 } } });
  expect(problemsOf(imported(lists({ "four.json": twins })))).toEqual([
    `four.json:6:5: 2 servers (thr1-r01-s01, thr1-r01-s02) have a name that another device has too; ${advice}`,
  ]);
  const switches = devices({ "sw-2": { name: "sw-1" } });
  expect(problemsOf(imported(lists({ "four.json": switches })))).toContain(
    `four.json:6:5: 2 servers (thr1-r01-s01, thr1-r01-s02) have a cable to sw-1, a name that several devices have; ${advice}`,
  );
});

test("an IPv6 address stands in brackets in a BMC's URL, and is no switch's", () => {
  const oob = imported(lists({ "four.json": devices({ "thr1-r01-s01": { oob_ip: { address: "2001:db8::1/64" } } }) }));
  expect(oob.files.get("thr1-hosts.csv")).toContain("redfish-virtualmedia://[2001:db8::1]/redfish/v1/Systems/1");
  const far = devices({ "sw-1": { primary_ip4: null, primary_ip: { address: "2001:db8::5/64" } } });
  expect(problemsOf(imported(lists({ "four.json": far })))[0]).toBe(
    "two.csv:2:1: rack thr1/r01 lacks switch.address; give the rack a primary IPv4 address of its switch in NetBox, or add it to the estate.yaml that --root reads",
  );
});
