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

/** The placeholders of rules. */
const values: Readonly<Record<string, (server: Server) => string>> = {
  "{server}": ({ name }) => name,
  "{site}": ({ site }) => site,
  "{rack}": ({ rack }) => String(rackNumber(rack)),
  "{n}": ({ number }) => String(number),
  "{rack:02x}": ({ rack }) => hex(rackNumber(rack)),
  "{n:02x}": ({ number }) => hex(number),
};

export const placeholders: readonly string[] = Object.keys(values);

function hex(number = 0): string {
  return number.toString(16).padStart(2, "0");
}

/** A rule as a function of the server; taken apart once, as an estate has ten thousands of servers. */
function fillerOf(rule: string): (server: Server) => string {
  const parts = rule.split(/(\{[^{}]*\})/).map((part) => values[part] ?? part);
  return (server) => parts.map((part) => (typeof part === "string" ? part : part(server))).join("");
}

type Wiring = ((server: Server) => Host) | undefined;
/** What is known of the sites already: taking their rules apart takes longer than filling them in. */
const wirings = new WeakMap<Site, Wiring>();

/** How the servers of a site are reached by its rules; `undefined` where it has none. */
export function hostsByRule(site: Site): Wiring {
  const known = wirings.get(site) ?? wiringOf(site);
  wirings.set(site, known);
  return known;
}

function wiringOf({ bmc, nics, racks }: Site): Wiring {
  if (!bmc || !nics) return undefined;
  const address = fillerOf(bmc.address);
  const credentials = fillerOf(bmc.credentials);
  const wiring = nics.map(({ mac, port }) => ({ mac: fillerOf(mac.toLowerCase()), port: fillerOf(port) }));
  return (server) => ({
    server: server.name,
    bmc: { address: address(server), credentials: credentials(server) },
    nics: wiring.map(({ mac, port }) => ({ mac: mac(server), port: port(server) })),
    switch: racks[server.rack]?.switch.address ?? "",
  });
}

/**
 * How the server is reached and wired. `rows` gives the rows of a site's CSV.
 * Throws for a name that is no server of the estate, and for one that its site's CSV lacks.
 */
export function hostOf(estate: Estate, rows: (site: string) => HostRows, name: string): Host {
  const server = serverOf(estate, name);
  const site = server && estate.sites[server.site];
  if (!site) throw new RangeError(`${name} is no server of the estate`);
  const host = site.hosts === undefined ? hostsByRule(site)?.(server) : rows(server.site).get(name);
  if (!host) throw new RangeError(`nothing says how ${name} is reached`);
  return host;
}
