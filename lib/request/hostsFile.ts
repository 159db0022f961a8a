/** Reads a site's CSV of hosts: server, bmc, credentials, mac, switch, port; a row a server. */
import { readCsv } from "./csvFile";
import type { HostRows } from "./host";
import { render } from "./issues";
import type { Problem } from "./problem";
import type { Host } from "./server";
import { disk } from "./textFile";

const columns = ["server", "bmc", "credentials", "mac", "switch", "port"] as const;

/** The rows by server with the line of each, and every problem. */
export interface HostsFile {
  readonly file: string;
  readonly rows: HostRows;
  readonly lines: ReadonlyMap<string, number>;
  readonly problems: readonly Problem[];
}

/** Reads the file. Rows with problems are left out. */
export function readHosts(file: string, store = disk): HostsFile {
  const csv = readCsv(file, columns, store);
  const rows = new Map<string, Host>();
  const lines = new Map<string, number>();
  const problems = [...csv.problems];
  for (const { line, values } of csv.rows) {
    const at = (message: string) => problems.push({ position: { file, line, column: 1 }, message });
    const { server } = values;
    if (lines.has(server)) at(`${render(server)} stands twice, first in line ${lines.get(server) ?? 0}; keep one row`);
    lines.set(server, line);
    const host = hostOfRow(values);
    if (typeof host === "string") at(host);
    else rows.set(server, host);
  }
  return { file, rows, lines, problems };
}

/** The host of a row, or what is wrong with it; what its values must look like stands in check/hosts. */
function hostOfRow(row: Readonly<Record<(typeof columns)[number], string>>): Host | string {
  const empty = columns.find((column) => row[column] === "");
  if (empty) return `${empty} is empty; every server needs all of ${columns.join(",")}`;
  const macs = row.mac.toLowerCase().split(/\s+/);
  const ports = row.port.split(/\s+/);
  if (macs.length !== ports.length)
    return `${macs.length} MAC addresses and ${ports.length} ports; expected a port for each, separated by spaces in the same order`;
  return {
    server: row.server,
    bmc: { address: row.bmc, credentials: row.credentials },
    nics: macs.map((mac, index) => ({ mac, port: ports[index] ?? "" })),
    switch: row.switch,
  };
}
