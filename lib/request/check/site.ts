/** Checks a site: VLANs, how its hosts are reached, and what is out of service. */
import type { Estate, Site } from "../estate";
import { placeholders, rackNumber } from "../host";
import { render } from "../issues";
import { serverOf } from "../server";
import { exampleServer } from "./known";
import type { Finding, Path } from "../source";

/** What is wrong with one site, besides its racks and networks. */
export function* checkSite(estate: Estate, name: string, site: Site): Generator<Finding> {
  const path: Path = ["sites", name];
  const { first, last } = site.vlans;
  if (first > last || last > 4094)
    yield {
      path: [...path, "vlans"],
      message: `sites.${name}.vlans: expected a range within 1-4094 that does not end before it starts, got ${first}-${last}`,
    };
  yield* checkRule(path, site);
  for (const server of Object.keys(site.outOfService)) {
    if (serverOf(estate, server)?.site === name) continue;
    yield {
      path: [...path, "outOfService", server],
      at: "key",
      message: `sites.${name}.outOfService: ${render(server)} is no server of this site, ${exampleServer(estate, name)}`,
    };
  }
}

/** Two sites on one cluster would fight over its objects. */
export function* checkContexts({ sites }: Estate): Generator<Finding> {
  const seen = new Map<string, string>();
  for (const [name, { context }] of Object.entries(sites)) {
    const other = seen.get(context);
    if (other !== undefined)
      yield {
        path: ["sites", name, "context"],
        message: `sites.${name}.context: ${other} has the cluster ${context} too; each site has its own`,
      };
    seen.set(context, name);
  }
}

function* checkRule(path: Path, { bmc, nics, hosts, racks }: Site): Generator<Finding> {
  const where = path.join(".");
  if (hosts !== undefined && (bmc ?? nics))
    yield { path: [...path, "hosts"], message: `${where}: hosts and ${bmc ? "bmc" : "nics"} both say how servers are reached; keep one` };
  if (hosts === undefined && !(bmc && nics)) {
    yield { path, message: `${where}: nothing says how its servers are reached; give bmc and nics, or hosts (a CSV file)` };
  }
  const rules: [Path, string][] = [
    ...(bmc ? Object.entries(bmc).map(([key, rule]): [Path, string] => [["bmc", key], rule]) : []),
    ...(nics ?? []).flatMap((nic, index) => Object.entries(nic).map(([key, rule]): [Path, string] => [["nics", index, key], rule])),
  ];
  for (const [key, rule] of rules) {
    const unknown = rule.match(/\{[^{}]*\}?|\}/g)?.find((part) => !placeholders.includes(part));
    if (unknown !== undefined)
      yield {
        path: [...path, ...key],
        message: `${where}.${key.join(".")}: unknown placeholder ${unknown}, expected one of ${placeholders.join(" ")}`,
      };
    const nameless = rule.includes("{rack") && Object.keys(racks).find((rack) => rackNumber(rack) === undefined);
    if (nameless)
      yield {
        path: [...path, ...key],
        message: `${where}.${key.join(".")}: {rack} is the number at the end of a rack's name, and ${nameless} has none`,
      };
  }
}
