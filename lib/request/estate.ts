/** The company's file: what it has, site by site, and the numbers of its policy. All quantities are integers (see units.ts). */
import { z } from "zod";
import { addressCount, bandwidth, count, date, days, drives, memory, ports, power, share, spareMemory, storage } from "./units";
import { address, asn, checksum, factor, flag, imageName, imageUrl, key, name, network, text, threads } from "./words";
import { stateSchema } from "./state";

/** Servers that serve some roles together. */
export const groupNames = ["compute", "database", "object", "all"] as const;
export type Group = (typeof groupNames)[number];

const image = z.strictObject({
  url: imageUrl.describe("Where the site's hosts fetch it; http or https, without credentials."),
  checksum: checksum.describe("Its digest, sha256:<64 hexadecimal digits>. It never changes while a server runs the image."),
});

const serverClass = z.strictObject({
  threads: threads(1).describe("Hardware threads that work can use; what the system itself needs is already taken off."),
  memory: memory.describe("Memory that work can use, such as 512GiB; rounded down to MiB."),
  nic: ports.describe("The ports of the bond, such as 2 x 25 Gbit/s."),
  nvme: drives.optional().describe("NVMe data drives, such as 2 x 1.92TB. Default: none."),
  disks: drives.optional().describe("Rotating data drives, such as 12 x 18TB. Default: none."),
  power: power.describe("What one server draws at most, such as 650W."),
  rootDevice: z
    .strictObject({
      minSize: storage.optional().describe("The least size, such as 400GB."),
      rotational: flag.optional().describe("Whether it is a rotating disk."),
      deviceName: text.optional().describe("Its stable name, such as /dev/disk/by-path/…"),
      model: text.optional().describe("Its model contains this text."),
      vendor: text.optional().describe("Its vendor contains this text."),
      serialNumber: text.optional().describe("Its serial number is this."),
      wwn: text.optional().describe("Its world wide name is this."),
    })
    .describe("Hints by which the system's own drive is found; all must match."),
  serves: z
    .array(z.enum(groupNames))
    .min(1, "expected at least one of compute, database, object, all")
    .describe("The groups that servers of this class may serve; a rack of the pool needs all."),
});

const rack = z.strictObject({
  class: key.describe("The class of its servers."),
  servers: z
    .number({ error: "expected a whole number of servers, 1 to 99" })
    .int("expected a whole number of servers, 1 to 99")
    .min(1, "expected a whole number of servers, 1 to 99")
    .max(99, "expected a whole number of servers, 1 to 99")
    .describe("How many servers it holds, 1 to 99; they are named <site>-<rack>-s01 and on."),
  uplink: bandwidth.describe("What its switch carries out of the rack, such as 80 Gbit/s."),
  power: power.describe("What it can draw, such as 14kW."),
  switch: z
    .strictObject({
      address: address.describe("The address with which the switch speaks BGP."),
      asn: asn.describe("The switch's autonomous system."),
    })
    .describe("Its top-of-rack switch."),
  pool: flag.default(false).describe("Whether its servers form the pool that messengers without own servers share. Default: false."),
  inService: date.optional().describe("The day from which it stands there; until then it is ordered. Default: it stands there."),
  outOfService: text.optional().describe("Why nothing of it works now. Default: it works."),
});

const pattern = (example: string) =>
  text.describe(
    `A rule for every server, with {server}, {site}, {rack} and {n} (the numbers at the end of the rack's name and of the server), or {rack:02x} and {n:02x} (two hexadecimal digits), such as ${example}.`,
  );

const vlansExpected = "expected a range of VLANs within 1-4094 such as 1000-1999";
const vlans = z
  .string({ error: vlansExpected })
  .regex(/^[1-9]\d{0,3}-[1-9]\d{0,3}$/, vlansExpected)
  .transform((range) => {
    const [first = 0, last = 0] = range.split("-").map(Number);
    return { first, last };
  });

const site = z.strictObject({
  name: name.describe("What people call it."),
  city: text.optional().describe("The city it stands in."),
  context: text.describe("The kubeconfig context of its cluster."),
  uplink: bandwidth.describe("What it carries to the rest of the world, such as 400 Gbit/s."),
  asn: asn.describe("Its autonomous system."),
  private: network.describe("The network that all its private prefixes come from, such as 10.64.0.0/12; no other site's."),
  public: z
    .array(network)
    .min(1, "expected at least one public network")
    .describe("The networks that its public addresses come from; no other site's."),
  vlans: vlans.describe("The VLANs to give, such as 1000-1999; within 1-4094."),
  dns: z.array(address).min(1, "expected at least one address of a name server").describe("The name servers that its hosts ask."),
  state: stateSchema,
  applies: z
    .enum(["terraform", "gitops"])
    .describe("What brings changes to its cluster: Terraform with the stacks, or a GitOps controller with the manifests. Never both."),
  bmc: z
    .strictObject({
      address: pattern("redfish-virtualmedia://10.0.{rack}.{n}/redfish/v1/Systems/1"),
      credentials: pattern("bmc-{server}, the name of a Secret that the site's set-up has placed"),
    })
    .optional()
    .describe("How the servers' management controllers are reached, by rule. Needs nics too. Either this or hosts."),
  nics: z
    .array(z.strictObject({ mac: pattern("02:00:01:{rack:02x}:{n:02x}:00"), port: pattern("Ethernet{n}") }))
    .min(1, "expected at least one NIC")
    .optional()
    .describe("The ports of every server's bond by rule, the one that it boots from first."),
  hosts: z
    .string({ error: "expected the name of a CSV file" })
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}\.csv$/, "expected the name of a CSV file beside estate.yaml such as thr1-hosts.csv")
    .optional()
    .describe(
      "A CSV file beside this one with the columns server, bmc, credentials, mac, switch, port; mac and port may hold several values, separated by spaces, the NIC that it boots from first. Either this or bmc and nics.",
    ),
  racks: z.record(key, rack).describe("Its racks by name. A rack is a failure domain: power, switch, uplink."),
  outOfService: z
    .record(z.string(), text)
    .default({})
    .describe(
      "Servers that do not work, by name, and why. They are never newly granted; held ones stay and count as nothing. Default: none.",
    ),
});

const surge = z.strictObject({
  name: text.describe("What people call it."),
  from: date.describe("Its first day."),
  to: date.describe("Its last day."),
  factor: factor.describe("How many times the usual active users there are, such as 2."),
});

/** The estate's file, as written (input) and as checked (output). */
export const estateSchema = z
  .strictObject({
    company: name.describe("The company that provides all this."),
    published: z
      .strictObject({
        registered: count.describe("Registrations over all messengers together."),
        source: text.describe("Where it was published."),
      })
      .optional()
      .describe("What is published of all messengers together; shown beside the sum of their files. Default: nothing."),
    horizon: days.describe("How far ahead of the book date demand is granted, such as 90d."),
    headroom: z
      .strictObject({
        uplink: share.describe("The share of every uplink that is never promised, such as 10%."),
        pool: share.describe("The share of the pool that is never promised, such as 10%."),
      })
      .describe("What stays unpromised."),
    quarantine: z
      .strictObject({
        servers: days.describe("How long an erased server rests, such as 14d."),
        prefixes: days.describe("How long a returned prefix rests, such as 30d."),
        vlans: days.describe("How long a returned VLAN rests, such as 30d."),
      })
      .describe("How long what comes back rests before anybody else gets it."),
    reserve: z
      .strictObject({
        threads: threads(0).describe("Threads of every server that are not planned with, so that large pods fit."),
        memory: spareMemory.describe("Memory of every server that is not planned with, such as 16GiB."),
      })
      .describe("What every server keeps back."),
    addresses: z
      .strictObject({
        private: z
          .strictObject({
            base: addressCount.describe("Private addresses that a holder gets at a site."),
            perServer: addressCount.describe("Further ones for each of its servers there."),
          })
          .default({ base: 64, perServer: 4 })
          .describe("Private addresses. Default: 64, and 4 for each server."),
        vips: z
          .strictObject({
            own: addressCount.describe("With own servers."),
            pool: addressCount.describe("Without own servers."),
          })
          .default({ own: 16, pool: 4 })
          .describe("Public addresses of services, at each site. Default: 16 with own servers, else 4."),
        egress: z
          .strictObject({
            own: addressCount.describe("With own servers."),
            pool: addressCount.describe("Without own servers."),
          })
          .default({ own: 4, pool: 2 })
          .describe("Fixed public addresses of outgoing traffic, at each site. Default: 4 with own servers, else 2."),
      })
      .prefault({})
      .describe("How many addresses a holder gets where its file does not say."),
    image: imageName.describe("The image that new grants get; one of images."),
    eraser: imageName.describe("The image that erases; one of images."),
    images: z.record(imageName, image).describe("Images by name. One in use never changes: give a new one a new name."),
    classes: z
      .record(key, serverClass)
      .describe("Kinds of servers. A group takes the class it holds at the site, else the first in this order that fits."),
    surges: z.array(surge).default([]).describe("Days on which all messengers have more load at once. Default: none."),
    sites: z.record(key, site).describe("Data centres, each with its own cluster, uplink and addresses."),
  })
  .meta({ title: "Zirsakht: the estate", description: "What the company has, site by site, and the numbers of its policy." });

/** What the company has. Threads are milli-threads, memory MiB, storage GB, bandwidth Mbit/s, shares per mille, power W. */
export type Estate = z.output<typeof estateSchema>;
export type Site = Estate["sites"][string];
export type Rack = Site["racks"][string];
export type ServerClass = Estate["classes"][string];
