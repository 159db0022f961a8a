/** Checks every host of the estate: complete, well written, and no controller or NIC twice. */
import type { Estate, Site } from "../estate";
import { hostByRule } from "../host";
import type { HostsFile } from "../hostsFile";
import { render } from "../issues";
import type { Position, Problem } from "../problem";
import { serverOf, serversOfRack, type Host } from "../server";
import type { Path, Source } from "../source";
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

/** A wrong rule is wrong for every server: a few of them say enough. */
const enough = 5;

/** Every problem of the hosts of all sites; `files` holds the CSV of the sites that name one. */
export function checkHosts(estate: Estate, source: Source, files: ReadonlyMap<string, HostsFile>): Problem[] {
  const seen = new Map<string, string>();
  const problems: Problem[] = [];
  for (const [name, site] of Object.entries(estate.sites)) {
    const found = [...problemsOfSite(estate, source, name, site, files.get(name), seen)];
    problems.push(...found.slice(0, enough));
    if (found.length > enough)
      problems.push({ ...found[enough], message: `${found.length - enough} more problems of this kind at ${name}` });
  }
  return problems;
}

function* problemsOfSite(
  estate: Estate,
  source: Source,
  name: string,
  site: Site,
  file: HostsFile | undefined,
  seen: Map<string, string>,
): Generator<Problem> {
  yield* file?.problems ?? [];
  if (file && file.problems.length > 0) return;
  for (const rack of Object.keys(site.racks)) {
    for (const server of serversOfRack(estate, name, rack)) {
      const host = file ? file.rows.get(server.name) : hostByRule(site, server);
      const place = (path: Path): Position =>
        file ? { file: file.file, line: file.lines.get(server.name) ?? 1, column: 1 } : source.position(["sites", name, ...path]);
      if (host) yield* problemsOfHost(host, place, seen);
      else if (file) yield { position: place([]), message: `there is no row for ${server.name}; every server of ${name} needs one` };
    }
  }
  for (const [server, line] of file?.lines ?? []) {
    if (serverOf(estate, server)?.site === name) continue;
    yield {
      position: { file: file?.file ?? "", line, column: 1 },
      message: `${render(server)} is no server of ${name}, ${exampleServer(estate, name)}`,
    };
  }
}

function* problemsOfHost(host: Host, place: (path: Path) => Position, seen: Map<string, string>): Generator<Problem> {
  const values: [keyof typeof forms, string, Path][] = [
    ["BMC address", host.bmc.address, ["bmc", "address"]],
    ["name of credentials", host.bmc.credentials, ["bmc", "credentials"]],
    ["switch address", host.switch, ["racks"]],
    ...host.nics.flatMap(({ mac, port }, index): [keyof typeof forms, string, Path][] => [
      ["MAC", mac, ["nics", index, "mac"]],
      ["port", port, ["nics", index, "port"]],
    ]),
  ];
  for (const [what, value, path] of values) {
    const [form, expected] = forms[what];
    if (!form.test(value))
      yield { position: place(path), message: `${host.server}: expected as its ${what} ${expected}, got ${render(value)}` };
    if (what !== "BMC address" && what !== "MAC") continue;
    const other = seen.get(value);
    if (other !== undefined)
      yield {
        position: place(path),
        message: `${host.server}: its ${what} ${value} is ${other === host.server ? "there twice" : `also that of ${other}`}`,
      };
    seen.set(value, host.server);
  }
}
