/** Rows of NetBox that hang together badly: names that say nothing, names that stand twice, and what stands nowhere. */
import { imported, problemsOf } from "./imported";
import { csv, deviceTypes, devices, lists, page, powerFeeds, racks, sites } from "./lists";

const expected = "expected a name of 1 to 20 lower-case letters, digits and inner hyphens, starting with a letter";
const advice = "give it one in the custom field zirsakht_key";

test("a name without Latin letters needs a key, and the error says where that goes", () => {
  const rack = lists({ "two.csv": racks().replace("R01", "ردیف ۱"), "four.json": devices().replaceAll('"R01"', '"ردیف ۱"') });
  expect(problemsOf(imported(rack))).toEqual([`two.csv:2:1: the key of the rack ردیف ۱: ${expected}, got ""; ${advice}`]);
  const site = lists({ "one.csv": sites().replace(",thr1,", ",2nd-site,") });
  expect(problemsOf(imported(site))).toContain(`one.csv:2:1: the key of the site Tehran 1: ${expected}, got "2nd-site"; ${advice}`);
  const type = deviceTypes({ zirsakht_key: "X_640", zirsakht_threads: 64 });
  expect(problemsOf(imported(lists({ "three.json": type })))).toContainEqual(
    expect.stringContaining(`the key of the device type X640: ${expected}, got "X_640"; ${advice}`),
  );
});

test("two sites of one key are told of, and not made one", () => {
  const more = csv({ Name: "X1", Site: "Branch office", Height: "42U", zirsakht_uplink: "80 Gbit/s" });
  const same = lists({ "one.csv": sites().replace(",branch,", ",thr1,"), "ten.csv": more });
  expect(problemsOf(imported(same))[0]).toBe(
    "one.csv:3:1: two sites are thr1 in the estate; give one of them the custom field zirsakht_key",
  );
});

test("a server whose rack or site no list has stops the import, unless the estate keeps that rack", () => {
  const gone = "servers in racks that no list has (Tehran 1/R01, Tehran 1/R02); import the lists of sites and racks too, whole";
  for (const file of ["one.csv", "two.csv"]) expect(problemsOf(imported(lists({ [file]: undefined })))[0]).toBe(`four.json:6:5: 3 ${gone}`);
  const estate = imported(lists()).files.get("estate.yaml") ?? "";
  const partly = imported(lists({ "two.csv": racks().replace(/^2,R02.*\n/m, "") }), { text: estate, hosts: () => hostsOfR02 });
  expect([problemsOf(partly), partly.kept]).toEqual([[], [["sites", "thr1", "racks", "r02"]]]);
});

const hostsOfR02 = new Map([
  [
    "thr1-r02-s01",
    {
      server: "thr1-r02-s01",
      bmc: { address: "ipmi://10.9.9.9", credentials: "c" },
      nics: [{ mac: "02:00:00:00:09:09", port: "p1" }],
      switch: "10.0.2.1",
    },
  ],
]);

test("a server in no rack is left aside, by name", () => {
  const { aside, problems } = imported(lists({ "four.json": devices({ "db-host-7": { rack: null } }) }));
  expect(problems).toEqual([]);
  expect(aside).toContain("1 server without a rack: db-host-7");
});

test("racks of one name in two sites keep their own servers and power", () => {
  const feed = (rack: number, watts: number) => ({
    name: `F${String(rack)}`,
    power_panel: { name: "P" },
    rack: { id: rack, name: rack === 2 ? "R02" : "R01" },
    type: { value: "primary", label: "Primary" },
    available_power: watts,
  });
  const files = lists({
    "two.csv": `${racks()}7,R01,Branch office,Active,,42U\n`,
    "nine.csv": page("dcim/power-feeds", feed(1, 9000), feed(2, 8000), feed(7, 500)),
  });
  const result = imported(files);
  expect(problemsOf(result)).toEqual([]);
  expect(result.files.get("estate.yaml")).toContain("r01: {class: x640, servers: 2, uplink: 80 Gbit/s, power: 9000W");
  expect(imported(lists({ "nine.csv": powerFeeds.replaceAll("Tehran 1", "Branch office") })).problems).not.toEqual([]);
});

test("servers that are named otherwise are one line a rack", () => {
  const named = devices({ "db-host-7": { custom_fields: {} }, "thr1-r01-s01": { name: "db-host-6" } });
  expect(problemsOf(imported(lists({ "four.json": named })))[0]).toBe(
    "four.json:6:5: db-host-6, db-host-7: expected thr1-r01-s01 to thr1-r01-s99 as their names, or their numbers 1 to 99 in the custom field zirsakht_number",
  );
});

test("a list of devices without manufacturers finds the class by its model", () => {
  const view = csv(
    { Name: "thr1-r01-s01", Site: "Tehran 1", Rack: "R01", Role: "Server", Type: "X640", zirsakht_bmc: "ipmi://10.2.1.1" },
    { Name: "sw-1", Site: "Tehran 1", Rack: "R01", Role: "ToR", Type: "SW48", "IP Address": "10.0.1.1/32", zirsakht_asn: "64601" },
  );
  const result = imported(lists({ "four.json": view, "two.csv": racks().replace(/^2,R02.*\n/m, "") }));
  expect(problemsOf(result)).toEqual([]);
  expect(result.files.get("estate.yaml")).toContain("r01: {class: x640, servers: 1,");
});
