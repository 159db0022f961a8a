/** The custom fields in which NetBox carries what an estate needs and NetBox has no field for. Their texts are written as in estate.yaml. */

/** What a custom field can be on. */
export type Carrier = "site" | "rack" | "deviceType" | "device" | "prefix";

/** NetBox's names of the carriers. */
export const contentTypes: Readonly<Record<Carrier, string>> = {
  site: "dcim.site",
  rack: "dcim.rack",
  deviceType: "dcim.devicetype",
  device: "dcim.device",
  prefix: "ipam.prefix",
};

/** People's names of the carriers, one and several. */
export const carrierWords: Readonly<Record<Carrier, readonly [string, string]>> = {
  site: ["site", "sites"],
  rack: ["rack", "racks"],
  deviceType: ["device type", "device types"],
  device: ["device", "devices"],
  prefix: ["prefix", "prefixes"],
};

/** One custom field. */
export interface CustomField {
  readonly type: "text" | "integer" | "boolean" | "date";
  readonly on: readonly Carrier[];
  readonly description: string;
}

/** The custom fields by name. */
export const customFields = {
  zirsakht_key: { type: "text", on: ["site", "rack", "deviceType"], description: "The key in estate.yaml, where the name is none" },
  zirsakht_name_fa: { type: "text", on: ["site"], description: "The name in Persian" },
  zirsakht_city: { type: "text", on: ["site"], description: "The city it stands in" },
  zirsakht_context: { type: "text", on: ["site"], description: "The kubeconfig context of its cluster" },
  zirsakht_asn: { type: "integer", on: ["site", "device"], description: "The autonomous system of the site, or of a rack's switch" },
  zirsakht_vlans: { type: "text", on: ["site"], description: "The VLANs to give, such as 1000-1999" },
  zirsakht_dns: { type: "text", on: ["site"], description: "The addresses of its name servers, separated by spaces" },
  zirsakht_state: { type: "text", on: ["site"], description: "Where its stacks keep their state, such as {kubernetes: {context: hub}}" },
  zirsakht_applies: { type: "text", on: ["site"], description: "terraform or gitops" },
  zirsakht_nics: { type: "text", on: ["site"], description: "The rules of its NICs, such as [{mac: …, port: …}]" },
  zirsakht_bmc: { type: "text", on: ["site", "device"], description: "The BMC's URL of a server; of a site a rule, also with {oob_ip}" },
  zirsakht_bmc_credentials: { type: "text", on: ["site", "device"], description: "The name of the BMC's Secret; of a site a rule" },
  zirsakht_uplink: { type: "text", on: ["site", "rack"], description: "What it carries outwards, such as 400 Gbit/s" },
  zirsakht_power: { type: "text", on: ["rack", "deviceType"], description: "What a rack can draw, or a server at most, such as 14kW" },
  zirsakht_pool: { type: "boolean", on: ["rack"], description: "Whether its servers form the pool" },
  zirsakht_in_service: { type: "date", on: ["rack"], description: "The day from which it stands there" },
  zirsakht_out_of_service: { type: "text", on: ["rack", "device"], description: "Why it does not work now" },
  zirsakht_threads: { type: "integer", on: ["deviceType"], description: "Hardware threads that work can use" },
  zirsakht_memory: { type: "text", on: ["deviceType"], description: "Memory that work can use, such as 512GiB" },
  zirsakht_nic: { type: "text", on: ["deviceType"], description: "The ports of the bond, such as 2 x 25 Gbit/s" },
  zirsakht_nvme: { type: "text", on: ["deviceType"], description: "NVMe data drives, such as 2 x 1.92TB" },
  zirsakht_disks: { type: "text", on: ["deviceType"], description: "Rotating data drives, such as 12 x 18TB" },
  zirsakht_root_device: { type: "text", on: ["deviceType"], description: "Hints for the system's drive, such as {minSize: 400GB}" },
  zirsakht_serves: { type: "text", on: ["deviceType"], description: "The groups that it serves, separated by spaces" },
  zirsakht_number: { type: "integer", on: ["device"], description: "A server's number in its rack, where its name does not say it" },
  zirsakht_group: { type: "text", on: ["device"], description: "The group that a held server serves" },
  zirsakht_held: { type: "text", on: ["device"], description: "A held server's state in the lock" },
  zirsakht_servers: { type: "text", on: ["prefix"], description: "The servers that an egress prefix lies on, separated by spaces" },
} as const satisfies Readonly<Record<string, CustomField>>;

/** The name of a custom field. */
export type FieldName = keyof typeof customFields;
