/** How a server is reached and wired: from the site's rule, or from its CSV of hosts. */
import type { Estate, Site } from "./estate";
import { serverOf, type Host, type Server } from "./server";

/** The rows of a site's CSV, by the server's name. */
export type HostRows = ReadonlyMap<string, Host>;

/** The number at the end of a rack's name, which rules write as {rack}: 7 of `r07`. */
export function rackNumber(rack: string): number | undefined {
  const digits = /\d+$/.exec(rack)?.[0];
  return digits === undefined ? undefined : Number(digits);
}

/** Fills a rule in for one server. */
export function fill(rule: string, { name, site, rack, number }: Server): string {
  const hex = (value: number | undefined) => value?.toString(16).padStart(2, "0");
  const values: Readonly<Record<string, string | number | undefined>> = {
    server: name,
    site,
    rack: rackNumber(rack),
    n: number,
    "rack:02x": hex(rackNumber(rack)),
    "n:02x": hex(number),
  };
  return rule.replace(/\{([^{}]*)\}/g, (whole, placeholder: string) => String(values[placeholder] ?? whole));
}

/** The host of a server by the site's rule; `undefined` where the site has none. */
export function hostByRule({ bmc, nics, racks }: Site, server: Server): Host | undefined {
  if (!bmc || !nics) return undefined;
  return {
    server: server.name,
    bmc: { address: fill(bmc.address, server), credentials: fill(bmc.credentials, server) },
    nics: nics.map(({ mac, port }) => ({ mac: fill(mac, server).toLowerCase(), port: fill(port, server) })),
    switch: racks[server.rack]?.switch.address ?? "",
  };
}

/**
 * How the server is reached and wired. `rows` gives the rows of a site's CSV.
 * Throws for a name that is no server of the estate, and for one that its site's CSV lacks.
 */
export function hostOf(estate: Estate, rows: (site: string) => HostRows, name: string): Host {
  const server = serverOf(estate, name);
  const site = server && estate.sites[server.site];
  if (!site) throw new RangeError(`${name} is no server of the estate`);
  const host = site.hosts === undefined ? hostByRule(site, server) : rows(server.site).get(name);
  if (!host) throw new RangeError(`nothing says how ${name} is reached`);
  return host;
}
