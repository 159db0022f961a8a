/** What the figures of a need count, as people say it. */
import type { ShortKey } from "./short";

/** What a figure counts, as people say it. */
export const unitOf: Readonly<Record<ShortKey, string>> = {
  cpu: "threads of the pool",
  memoryGiB: "GiB of the pool's memory",
  nvmeTiB: "TiB of the pool's NVMe",
  objectTiB: "TiB of the pool's object storage",
  egressMbps: "Mbit/s out",
  ingressMbps: "Mbit/s in",
  vlans: "VLAN",
  private: "private addresses",
  vips: "public addresses of services",
  egress: "public addresses of outgoing traffic",
};
