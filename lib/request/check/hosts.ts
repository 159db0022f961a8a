/** Checks every host of the estate: complete, well written, and no controller or NIC twice. */
import type { Estate, Site } from "../estate";
import { hostsByRule } from "../host";
import type { HostsFile } from "../hostsFile";
import { render } from "../issues";
import type { Problem } from "../problem";
import { serverOf, serversOfRack, type Host } from "../server";
import type { Path, Places } from "../source";
import { exampleServer } from "./known";

/** What a host's values look like. */
const forms = {
  "BMC address": [
    /^[a-z][a-z0-9+.-]*:\/\/[^\s@?#]+$/,
    "a URL without user, password or query such as redfish-virtualmedia://10.0.1.1/redfish/v1/Systems/1",
  ],
  "name of credentials": [/^[a-z0-9](?:[a-z0-9.-]{0,251}[a-z0-9])?$/, "the name of a Secret: lower-case letters, digits, dots and hyphens"],
  MAC: [/^[0-9a-f][02468ace](?::[0-9a-f]{2}){5}$/, "the address of one NIC such as 02:00:01:07:00:00"],
  port: [/^[\x21-\x7e]{1,100}$/, "the name of a port without spaces such as Ethernet7"],
  "switch address": [
    /^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/,
    "an IPv4 address such as 10.0.1.1",
  ],
} as const;

/** What is wrong with one host, and where in the site's rules; a CSV has it all in the server's row. */
interface Wrong {
  readonly server: string;
  readonly path: Path;
  readonly message: string;
}

/** A wrong rule is wrong for every server: a few of them say enough. */
const enough = 5;

/** Every problem of the hosts of all sites; `files` holds the CSV of the sites that name one. */
export function checkHosts(estate: Estate, source: Places, files: ReadonlyMap<string, HostsFile>): Problem[] {
  const seen = new Map<string, string>();
  return Object.entries(estate.sites).flatMap(([name, site]) => {
    const file = files.get(name);
    if (file && file.problems.length > 0) return file.problems;
    const wrong = [...wrongAt(estate, name, site, file, seen)];
    const problems = wrong.slice(0, enough).map(({ server, path, message }): Problem => ({
      position: file ? { file: file.file, line: file.lines.get(server) ?? 1, column: 1 } : source.position(["sites", name, ...path]),
      message,
    }));
    if (wrong.length > enough) problems.push({ ...problems[0], message: `${wrong.length - enough} more problems of the hosts of ${name}` });
    return problems;
  });
}

function* wrongAt(estate: Estate, name: string, site: Site, file: HostsFile | undefined, seen: Map<string, string>): Generator<Wrong> {
  const byRule = hostsByRule(site);
  for (const rack of Object.keys(site.racks)) {
    for (const server of serversOfRack(estate, name, rack)) {
      const host = file ? file.rows.get(server.name) : byRule?.(server);
      if (host) yield* wrongWith(host, seen);
      else yield { server: server.name, path: [], message: `there is no row for ${server.name}; every server of ${name} needs one` };
    }
  }
  for (const server of file?.lines.keys() ?? []) {
    if (serverOf(estate, server)?.site === name) continue;
    yield { server, path: [], message: `${render(server)} is no server of ${name}, ${exampleServer(estate, name)}` };
  }
}

/** An array and no generator: it is empty for nearly all of ten thousands of servers. */
function wrongWith({ server, bmc, nics, switch: device }: Host, seen: Map<string, string>): Wrong[] {
  const wrong: Wrong[] = [];
  const form = (what: keyof typeof forms, value: string, path: Path) => {
    const [pattern, expected] = forms[what];
    if (!pattern.test(value)) wrong.push({ server, path, message: `${server}: expected as its ${what} ${expected}, got ${render(value)}` });
  };
  const once = (what: keyof typeof forms, value: string, path: Path) => {
    const other = seen.get(value);
    if (other !== undefined) {
      wrong.push({
        server,
        path,
        message: `${server}: its ${what} ${value} is ${other === server ? "there twice" : `also that of ${other}`}`,
      });
    }
    seen.set(value, server);
  };
  form("BMC address", bmc.address, ["bmc", "address"]);
  once("BMC address", bmc.address, ["bmc", "address"]);
  form("name of credentials", bmc.credentials, ["bmc", "credentials"]);
  form("switch address", device, ["racks"]);
  for (const [index, { mac, port }] of nics.entries()) {
    form("MAC", mac, ["nics", index, "mac"]);
    once("MAC", mac, ["nics", index, "mac"]);
    form("port", port, ["nics", index, "port"]);
  }
  return wrong;
}
