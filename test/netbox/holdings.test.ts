/** What has a tenant is adopted, or left aside with the reason: never lost. */
import { imported } from "./imported";
import { csv, devices, lists, page, prefixes, vlanGroups, vlans } from "./lists";

const adopted = (change: Readonly<Record<string, string | undefined>>): string => imported(lists(change)).files.get("adopt.csv") ?? "";
const aside = (change: Readonly<Record<string, string | undefined>>) => imported(lists(change)).aside;

test("a tenant with a Persian name is known by its slug, and told of where the list has none", () => {
  const named = vlans.replace('"display": "soroush",\n        "name": "soroush"', '"display": "سروش",\n        "name": "سروش"');
  expect(named).not.toBe(vlans);
  expect(adopted({ "eight.json": named })).toContain("thr1,vlan,1004,soroush,,,\n");
  const view = csv({ VID: "1004", Name: "a", Site: "Tehran 1", Tenant: "سروش" });
  expect(adopted({ "eight.json": view })).not.toContain("vlan");
  expect(aside({ "eight.json": view })).toContain(
    'VLAN 1004 has the tenant "سروش", whose name in lower case with hyphens is no messenger\'s id',
  );
});

test("a VLAN whose group's name two sites have is known by the group's id, and told of where the list has none", () => {
  const two = `9,Tehran,other,dcim.site,Branch office,100-200\n`;
  const groups = { "seven.csv": vlanGroups.replace("\n", `\n${two}`) };
  expect(adopted(groups)).toContain("thr1,vlan,1004,soroush,,,\n");
  const view = csv({ VID: "1004", Name: "a", Group: "Tehran", Tenant: "soroush" });
  expect(aside({ ...groups, "eight.json": view })).toContain(
    "VLAN 1004 has a tenant, and neither a site of the estate nor a group with one",
  );
});

test("a prefix of no site of the estate is told of, those for one reason together", () => {
  const nowhere = prefixes.replaceAll('"scope_type": "dcim.site"', '"scope_type": "dcim.region"').replaceAll('"container"', '"active"');
  const other = page("ipam/prefixes", { prefix: "10.99.0.0/24", status: { value: "active" }, scope: null, tenant: { name: "gap" } });
  expect(aside({ "ten.json": other })).toContain("prefix 10.99.0.0/24 has a tenant, and no site of the estate as scope");
  const text = imported(lists()).files.get("estate.yaml") ?? "";
  expect(imported(lists({ "six.json": nowhere }), { text }).aside).toContain(
    "3 prefixes (10.64.8.0/21, 198.51.100.32/27, 198.51.100.64/30) have a tenant, and no site of the estate as scope",
  );
});

test("a held server with an IPv6 address alone is not given to adopt, which wants IPv4", () => {
  const held = { custom_fields: { zirsakht_group: "all" }, primary_ip4: null, primary_ip: { address: "2001:db8::5/64" } };
  const change = { "four.json": devices({ "thr1-r01-s01": held }) };
  expect(adopted(change)).not.toContain(",server,");
  expect(aside(change)).toContain("server thr1-r01-s01 has a tenant and no primary IPv4 address");
});
