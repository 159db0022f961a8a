/** Says of a key that estate.yaml lacks where in NetBox to add it; what stands nowhere here, NetBox never knows. */
import type { Path } from "../request/source";
import { carrierWords, type Carrier, type FieldName } from "./customField";

/** Where in NetBox a key of estate.yaml comes from. */
interface Origin {
  readonly carrier: Carrier;
  readonly field?: FieldName;
  /** What says it without a custom field, or beside it. */
  readonly native?: string;
}

/** The origins by place in estate.yaml; `*` stands for a name. */
const origins: Readonly<Record<string, Origin>> = {
  "sites.*.name.fa": { carrier: "site", field: "zirsakht_name_fa" },
  "sites.*.city": { carrier: "site", field: "zirsakht_city" },
  "sites.*.context": { carrier: "site", field: "zirsakht_context" },
  "sites.*.uplink": { carrier: "site", field: "zirsakht_uplink" },
  "sites.*.asn": { carrier: "site", field: "zirsakht_asn", native: "exactly one ASN" },
  "sites.*.private": { carrier: "site", native: "exactly one private IPv4 prefix with status container whose scope is the site" },
  "sites.*.public": { carrier: "site", native: "public IPv4 prefixes with status container whose scope is the site" },
  "sites.*.vlans": { carrier: "site", field: "zirsakht_vlans", native: "exactly one VLAN group whose scope is the site, with one range" },
  "sites.*.dns": { carrier: "site", field: "zirsakht_dns" },
  "sites.*.state": { carrier: "site", field: "zirsakht_state" },
  "sites.*.applies": { carrier: "site", field: "zirsakht_applies" },
  "sites.*.bmc.credentials": { carrier: "site", field: "zirsakht_bmc_credentials" },
  "sites.*.racks": { carrier: "site", native: "racks with servers of device types that are classes" },
  "sites.*.racks.*.class": { carrier: "rack", native: "servers of one device type" },
  "sites.*.racks.*.servers": { carrier: "rack", native: "servers of one device type" },
  "sites.*.racks.*.uplink": { carrier: "rack", field: "zirsakht_uplink" },
  "sites.*.racks.*.power": { carrier: "rack", field: "zirsakht_power", native: "primary power feeds" },
  "sites.*.racks.*.switch": { carrier: "rack", native: "one device with the custom field zirsakht_asn and a primary IPv4 address" },
  "sites.*.racks.*.switch.address": { carrier: "rack", native: "a primary IPv4 address of its switch" },
  "classes.*.threads": { carrier: "deviceType", field: "zirsakht_threads" },
  "classes.*.memory": { carrier: "deviceType", field: "zirsakht_memory" },
  "classes.*.nic": { carrier: "deviceType", field: "zirsakht_nic", native: "devices whose interfaces have MAC addresses and a speed" },
  "classes.*.power": { carrier: "deviceType", field: "zirsakht_power" },
  "classes.*.rootDevice": { carrier: "deviceType", field: "zirsakht_root_device" },
  "classes.*.serves": { carrier: "deviceType", field: "zirsakht_serves" },
};

/** A path with its names left out: `sites.*.racks.*.uplink`. */
export function placeOf(path: Path): string {
  return path.map((step, index) => (isName(path, index) ? "*" : String(step))).join(".");
}

/** Whether a step of the path is the name of a class, a site or a rack. */
export function isName(path: Path, index: number): boolean {
  if (index >= path.length) return false;
  return (index === 1 && (path[0] === "sites" || path[0] === "classes")) || (index === 3 && path[0] === "sites" && path[2] === "racks");
}

/** What to do about a key that is missing at the place, for one or several things. */
export function adviceOf(place: string, several: boolean): string {
  const origin = Object.hasOwn(origins, place) ? origins[place] : undefined;
  const file = `to the estate.yaml that --root reads`;
  if (!origin) return `NetBox does not know it; add it ${file}`;
  const { carrier, field, native } = origin;
  const ways = [...(field === undefined ? [] : [`the custom field ${field}`]), ...(native === undefined ? [] : [native])].join(" or ");
  return `give the ${carrierWords[carrier][several ? 1 : 0]} ${ways} in NetBox, or add it ${file}`;
}
