/** Every custom field is told of, and has its column where it belongs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { customFields } from "../../lib/netbox/customField";
import { fieldColumns } from "../../lib/netbox/table";

const page = readFileSync(join(__dirname, "../../docs/netbox.md"), "utf8");

test.each(Object.keys(customFields))("docs/netbox.md tells of %s", (name) => {
  expect(page).toContain(`\`${name}\``);
});

test("docs/netbox.md tells of no field that is none", () => {
  const told = new Set(page.match(/zirsakht_\w+/g));
  expect([...told].filter((name) => !Object.hasOwn(customFields, name))).toEqual([]);
});

test("a field on several carriers has a column for each", () => {
  expect(fieldColumns("rack")).toContain("cf_zirsakht_uplink");
  expect(fieldColumns("site")).toContain("cf_zirsakht_uplink");
  expect(fieldColumns("prefix")).toEqual(["cf_zirsakht_servers"]);
});
