/**
 * Where data may lie: at most one replica of a database in a rack, at most the parity's shards of an object.
 *
 * Raw bytes D of databases fit where the sum over racks of min(capacity, D / rf) is at least D, of objects with
 * D x parity / shards. Counting racks is not enough: of racks of 10, 1, 1 and 1 servers, 4 servers' bytes are usable. Databases
 * lie on NVMe, objects on disks, or, where a server has none, on the NVMe too; then both must hold alone and together, which for
 * two kinds of bytes on shared racks is the max-flow min-cut condition, so exact.
 */

/** How data are spread: replicas of a database; shards of an object, and how many of them are parity. */
export interface DataRule {
  readonly rf: number;
  readonly shards: number;
  readonly parity: number;
}

/** Raw bytes in GB, and how they are spread. */
export interface Data extends DataRule {
  readonly nvmeGB: number;
  readonly objectGB: number;
}

/** A rule as strict as the strictest of each kind: the most replicas, the smallest part of an object that one rack may hold. */
export function strictest(rules: readonly DataRule[]): DataRule {
  return rules.reduce(
    (strict, { rf, shards, parity }) => ({
      rf: Math.max(strict.rf, rf),
      ...(parity * strict.shards < strict.parity * shards ? { shards, parity } : { shards: strict.shards, parity: strict.parity }),
    }),
    { rf: 1, shards: 1, parity: 1 },
  );
}

/** Whether a rule asks for nothing that the other does not ask for. */
export function isWithin(rule: DataRule, other: DataRule): boolean {
  return rule.rf <= other.rf && rule.parity * other.shards >= other.parity * rule.shards;
}

/** A rack's servers that count: how many, and what one of them holds in GB. */
export interface RackStorage {
  readonly servers: number;
  readonly nvmeGB: number;
  readonly diskGB: number;
}

/** Bytes that find no place, in GB, for databases and objects and, where they share a medium, both; all 0 where the data fit. */
export interface Unplaced {
  readonly database: number;
  readonly object: number;
}

/** How many bytes find no place. Everything is multiplied out: no quotient is ever compared. */
export function unplaced(data: Data, racks: Iterable<RackStorage>): Unplaced {
  const { nvmeGB, objectGB, rf, shards, parity } = data;
  if (nvmeGB === 0 && objectGB === 0) return { database: 0, object: 0 };
  let databases = 0;
  let objects = 0;
  let both = 0;
  for (const { servers, nvmeGB: nvme, diskGB: disk } of racks) {
    const own = servers * nvme;
    const forObjects = disk > 0 ? servers * disk : own;
    databases += Math.min(own * rf, nvmeGB);
    objects += Math.min(forObjects * shards, objectGB * parity);
    // Disks are the objects' own, so together they ask nothing more than each alone.
    both +=
      disk > 0
        ? Math.min(own * rf, nvmeGB) * shards + Math.min(forObjects * shards, objectGB * parity) * rf
        : Math.min(own * rf * shards, nvmeGB * shards + objectGB * parity * rf);
  }
  const database = Math.max(0, Math.ceil((nvmeGB * rf - databases) / rf));
  const object = Math.max(0, Math.ceil((objectGB * shards - objects) / shards));
  const together = Math.max(0, Math.ceil(((nvmeGB + objectGB) * rf * shards - both) / (rf * shards)));
  return { database, object: Math.max(object, together - database) };
}

/** The racks that the data need at least: `rf` for databases, shards / parity for objects, 2 in any case. */
export function leastRacks({ nvmeGB, objectGB, rf, shards, parity }: Data): number {
  return Math.max(2, nvmeGB > 0 ? rf : 0, objectGB > 0 ? Math.ceil(shards / parity) : 0);
}
