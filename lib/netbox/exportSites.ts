/** Tables of what stands still: custom fields, tenants, sites, racks, device types, and the objects that they need. */
import { contentTypes, customFields } from "./customField";
import { manufacturer, names, poolTenant, type EstateText, type ExportInput } from "./exportInput";
import { fieldCells, fieldColumns, oneLine, type Table } from "./table";

/** NetBox's own defaults, which its bulk import asks for all the same. */
const fieldDefaults = { filter_logic: "loose", search_weight: "1000", weight: "100" };

/** The tables, in the order in which NetBox must import them. */
export function siteTables({ text, messengers, lock }: ExportInput): Table[] {
  return [
    {
      name: "custom-fields",
      columns: ["name", "type", "object_types", "description", "filter_logic", "search_weight", "weight"],
      rows: Object.entries(customFields).map(([name, { type, on, description }]) => ({
        name,
        type,
        object_types: on.map((carrier) => contentTypes[carrier]).join(","),
        description,
        ...fieldDefaults,
      })),
    },
    {
      name: "tenants",
      columns: ["name", "slug", "description"],
      rows: [
        ...messengers.map(({ messenger, name }) => ({ name: messenger, slug: messenger, description: name.en })),
        { name: poolTenant, slug: poolTenant, description: "Servers that messengers without own servers share" },
      ],
    },
    { name: "manufacturers", columns: ["name", "slug"], rows: [{ name: manufacturer, slug: manufacturer.toLowerCase() }] },
    {
      name: "device-roles",
      columns: ["name", "slug", "color"],
      rows: [
        { name: names.server, slug: "server", color: "4caf50" },
        { name: names.switch, slug: names.switchType, color: "2196f3" },
      ],
    },
    siteTable(text),
    rackTable(text, lock?.asOf ?? ""),
    deviceTypeTable(text),
  ];
}

function siteTable({ sites }: EstateText): Table {
  return {
    name: "sites",
    columns: ["name", "slug", "status", ...fieldColumns("site")],
    rows: Object.entries(sites).map(([slug, site]) => ({
      name: site.name.en,
      slug,
      status: "active",
      ...fieldCells({
        zirsakht_name_fa: site.name.fa,
        zirsakht_city: site.city,
        zirsakht_context: site.context,
        zirsakht_asn: site.asn,
        zirsakht_dns: site.dns.join(" "),
        zirsakht_state: oneLine(site.state),
        zirsakht_applies: site.applies,
        zirsakht_bmc: site.bmc?.address,
        zirsakht_bmc_credentials: site.bmc?.credentials,
        zirsakht_nics: oneLine(site.nics),
        zirsakht_uplink: site.uplink,
      }),
    })),
  };
}

/** NetBox wants the width and height of a rack; these are its own defaults. */
const size = { width: "19", u_height: "42" };

/** A rack that is not there yet on this day is planned. */
export function isPlanned(rack: { readonly inService?: string | undefined }, asOf: string): boolean {
  return rack.inService !== undefined && rack.inService > asOf;
}

function rackTable({ sites }: EstateText, asOf: string): Table {
  return {
    name: "racks",
    columns: ["site", "name", "status", "width", "u_height", ...fieldColumns("rack")],
    rows: Object.values(sites).flatMap(({ name: site, racks }) =>
      Object.entries(racks).map(([name, rack]) => ({
        site: site.en,
        name,
        status: isPlanned(rack, asOf) ? "planned" : "active",
        ...size,
        ...fieldCells({
          zirsakht_uplink: rack.uplink,
          zirsakht_power: rack.power,
          zirsakht_pool: rack.pool === true ? true : undefined,
          zirsakht_in_service: rack.inService,
          zirsakht_out_of_service: rack.outOfService,
        }),
      })),
    ),
  };
}

function deviceTypeTable({ classes }: EstateText): Table {
  return {
    name: "device-types",
    columns: ["manufacturer", "model", "slug", "u_height", ...fieldColumns("deviceType")],
    rows: [
      ...Object.entries(classes).map(([name, kind]) => ({
        manufacturer,
        model: name,
        slug: name,
        u_height: "1",
        ...fieldCells({
          zirsakht_threads: kind.threads,
          zirsakht_memory: kind.memory,
          zirsakht_nic: kind.nic,
          zirsakht_nvme: kind.nvme,
          zirsakht_disks: kind.disks,
          zirsakht_power: kind.power,
          zirsakht_root_device: oneLine(kind.rootDevice),
          zirsakht_serves: kind.serves.join(" "),
        }),
      })),
      { manufacturer, model: names.switchType, slug: names.switchType, u_height: "1" },
    ],
  };
}
