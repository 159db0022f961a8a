/** NetBox's interfaces as the NICs of servers: which they are, how fast, and where their cables lead. */
import type { Kind } from "./kind";
import { grouped, isYes, slugOf, textIn, type Row } from "./row";

/** A far end: a device and its port. */
export interface Peer {
  readonly device: string;
  readonly port: string;
}

/** One port of a server's bond. */
export interface Nic {
  readonly row: Row;
  readonly mac: string;
  /** As estate.yaml writes it. */
  readonly speed: string | undefined;
  readonly peer: Peer | undefined;
}

const ofPort = (device: string, port: string): string => `${device}\n${port}`;

/** The ports of a device's bond, in the list's order: those with a MAC address that are no management port and nothing virtual. */
export function nicsByDevice(rows: (kind: Kind) => readonly Row[]): (device: string) => readonly Nic[] {
  const interfaces = grouped(rows("interface"), (row) => textIn(row, "device"));
  const peers = peersByCable(rows("cable"));
  const macs = new Map(
    rows("macAddress").map((row) => [ofPort(textIn(row, "device"), textIn(row, "interface")), textIn(row, "mac_address")] as const),
  );
  return (device) =>
    (interfaces.get(device) ?? []).flatMap((row): Nic[] => {
      const port = ofPort(device, textIn(row, "name"));
      // The primary one since NetBox 4.2, an interface's only one before.
      const mac = textIn(row, "primary_mac_address") || textIn(row, "mac_address") || (macs.get(port) ?? "");
      const isVirtual = /^(?:virtual|bridge|lag|link-aggregation)/.test(slugOf(textIn(row, "type")));
      if (mac === "" || isVirtual || isYes(textIn(row, "mgmt_only"))) return [];
      return [{ row, mac: mac.toLowerCase(), speed: speedOf(row), peer: peers.get(port) ?? peerIn(row) }];
    });
}

/** Speed in kbit/s where the interface has one; else its type says it: `25gbase-x-sfp28`, or `SFP28 (25GE)` as the list view shows it. */
function speedOf(row: Row): string | undefined {
  const kilobits = Number(textIn(row, "speed"));
  if (kilobits >= 1000) return kilobits % 1e6 === 0 ? `${String(kilobits / 1e6)} Gbit/s` : `${String(Math.floor(kilobits / 1e3))} Mbit/s`;
  const type = textIn(row, "type");
  const gigabits = /^(\d+(?:\.\d+)?)gbase/i.exec(type)?.[1] ?? /\((\d+(?:\.\d+)?)GE/i.exec(type)?.[1];
  return gigabits === undefined ? undefined : `${gigabits} Gbit/s`;
}

/** The type of a port of this many Mbit/s in NetBox's list of types. */
export function typeOfSpeed(mbps: number): string {
  const types: Readonly<Record<number, string>> = {
    1000: "1000base-t",
    10000: "10gbase-x-sfpp",
    25000: "25gbase-x-sfp28",
    40000: "40gbase-x-qsfpp",
    100000: "100gbase-x-qsfp28",
    200000: "200gbase-x-qsfp56",
    400000: "400gbase-x-qsfpdd",
  };
  return types[mbps] ?? "other";
}

/** Where an interface's cable leads, as a list view or the REST API says it: `device > port`. */
function peerIn(row: Row): Peer | undefined {
  const [, device, port] = /^(.+?) > ([^,]+)/.exec(textIn(row, "connection")) ?? [];
  return device === undefined || port === undefined ? undefined : { device, port };
}

/** Where cables lead, both ways; from a list in the form of NetBox's bulk import. */
function peersByCable(cables: readonly Row[]): ReadonlyMap<string, Peer> {
  const peers = new Map<string, Peer>();
  for (const cable of cables) {
    const end = (side: "a" | "b"): Peer => ({ device: textIn(cable, `side_${side}_device`), port: textIn(cable, `side_${side}_name`) });
    const [a, b] = [end("a"), end("b")];
    peers.set(ofPort(a.device, a.port), b);
    peers.set(ofPort(b.device, b.port), a);
  }
  return peers;
}
