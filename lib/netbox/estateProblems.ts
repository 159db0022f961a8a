/** Everything that is wrong with an estate that was made of NetBox's lists, each where it has to change: in a list, or in the estate.yaml. */
import { findingsOfEstate } from "../request/check/all";
import { checkHosts } from "../request/check/hosts";
import { estateSchema } from "../request/estate";
import type { HostsFile } from "../request/hostsFile";
import { findingsOf } from "../request/issues";
import type { Position, Problem } from "../request/problem";
import { problemsOf, wholeFile, type Finding, type Path, type Places } from "../request/source";
import { parseYaml, yamlPlaces } from "../request/yamlFile";
import { adviceOf, isName, placeOf } from "./advice";
import type { Entry } from "./entry";
import type { HostList, Lack } from "./hostEntries";

/** An estate.yaml that is brought up to date; it may lack anything, and be empty. */
export interface BaseText {
  /** As the user would name it. */
  readonly file: string;
  readonly text: string;
}

/** What was made, and of what. */
export interface Made {
  readonly text: string;
  readonly entries: readonly Entry[];
  readonly lists: readonly HostList[];
  readonly lacks: readonly Lack[];
  /** What of NetBox was of no use, in words. */
  readonly aside: readonly string[];
}

/** Every problem of it. */
export function problemsOfMade(made: Made, base: BaseText): Problem[] {
  const places = placesOf(made.entries, base);
  const lacks = lackProblems(made.lacks);
  const read = parseYaml(base.file, made.text);
  if ("problems" in read) return [...read.problems, ...lacks];
  const result = estateSchema.safeParse(read.source.value);
  if (!result.success) {
    const findings = findingsOf(estateSchema, read.source.value, result.error.issues);
    const isMissing = ({ path }: Finding): boolean => valueAt(read.source.value, path) === undefined;
    return [
      ...problemsOf(
        places,
        findings.filter((finding) => !isMissing(finding)),
      ),
      ...missingProblems(findings.filter(isMissing), places, made.aside),
      ...lacks,
    ];
  }
  const found = problemsOf(places, findingsOfEstate(result.data));
  // A host that lacks something has been told of already.
  if (found.length > 0 || lacks.length > 0) return [...found, ...lacks];
  const files = new Map(made.lists.map((list) => [list.site, hostsFileOf(list)]));
  const at = new Map(made.lists.map(({ file, at }) => [file, [...at.values()]]));
  return checkHosts(result.data, places, files).map((problem) => {
    const row = problem.position && at.get(problem.position.file)?.[problem.position.line - 1];
    return row ? { ...problem, position: row() } : problem;
  });
}

/** A list as the check of hosts takes it; a server's line is its place in `at`. */
function hostsFileOf({ file, hosts, at }: HostList): HostsFile {
  const lines = new Map([...at.keys()].map((server, index) => [server, index + 1]));
  return {
    file,
    rows: new Map(hosts.map((host) => [host.server, host])),
    lines: new Map(hosts.map(({ server }) => [server, lines.get(server) ?? 0])),
    problems: [],
  };
}

/** Where the parts of the estate come from: the list that says them, else the estate.yaml, else the list that speaks of what they belong to. */
function placesOf(entries: readonly Entry[], base: BaseText): Places {
  const keyOf = (path: Path): string => path.join("\n");
  const said = new Map<string, () => Position>();
  for (const { path, at } of entries) {
    said.set(keyOf(path), at);
    for (let length = 2; length < path.length; length++) {
      const key = keyOf(path.slice(0, length));
      if (isName(path, length - 1) && !said.has(key)) said.set(key, at);
    }
  }
  const own = base.text === "" ? undefined : yamlPlaces(base.file, base.text);
  const parsed = own && parseYaml(base.file, base.text);
  const value = parsed && "source" in parsed ? parsed.source.value : undefined;
  const position: Places["position"] = (path, at) => {
    for (let length = path.length; length > 0; length--) {
      const part = path.slice(0, length);
      const row = said.get(keyOf(part));
      if (row) return row();
      if (own && valueAt(value, part) !== undefined) return own.position(part, at);
    }
    return own?.position(path, at) ?? { file: base.file, line: 1, column: 1 };
  };
  return { file: base.file, position };
}

function valueAt(value: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (part, step) => (typeof part === "object" && part !== null ? (part as Readonly<Record<string | number, unknown>>)[step] : undefined),
    value,
  );
}

/** Missing keys, those of one kind together: nobody reads the same line for two thousand racks. */
function missingProblems(findings: readonly Finding[], places: Places, aside: readonly string[]): Problem[] {
  const own = findings.filter(({ path }) => path.length === 1);
  const problems: Problem[] = [];
  if (own.length > 0) {
    const keys = own.map(({ path }) => path.join("."));
    const found: readonly string[] = keys.filter((key) => key === "sites" || key === "classes");
    if (found.length > 0)
      problems.push(
        wholeFile(
          places.file,
          `there are no ${found.join(" and no ")}: ${nothingFound}; the lists have ${aside.join("; ") || "nothing else"}`,
        ),
      );
    const rest = keys.filter((key) => !found.includes(key));
    if (rest.length > 0) problems.push(wholeFile(places.file, `the estate lacks ${rest.join(", ")}; ${adviceOf("", false)}`));
  }
  const groups = new Map<string, Path[]>();
  for (const { path } of findings) if (path.length > 1) groups.set(placeOf(path), [...(groups.get(placeOf(path)) ?? []), path]);
  for (const [place, paths] of groups) {
    const [first = []] = paths;
    const key = first.slice(first.findLastIndex((_, index) => isName(first, index)) + 1).join(".");
    const advice = adviceOf(place, paths.length > 1);
    problems.push({
      position: places.position(first),
      message: `${thingsOf(paths)} ${paths.length === 1 ? "lacks" : "lack"} ${key}; ${advice}`,
    });
  }
  return problems;
}

const nothingFound =
  "a class is a device type with custom fields such as zirsakht_threads, a site one with servers of such types; import the lists of sites, racks, device types and devices, with the columns of these fields";

/** `rack thr1/r01`, or `18 racks (thr1/r01, thr1/r02, thr1/r03, …)`. */
function thingsOf(paths: readonly Path[]): string {
  const [first = []] = paths;
  const thing = first[0] === "classes" ? ["class", "classes"] : isName(first, 3) ? ["rack", "racks"] : ["site", "sites"];
  const names = paths.map((path) => path.filter((_, index) => isName(path, index)).join("/"));
  return severalOf(thing, names);
}

function severalOf([one = "", many = ""]: readonly string[], names: readonly string[]): string {
  if (names.length === 1) return `${one} ${names.join("")}`;
  return `${String(names.length)} ${many} (${names.slice(0, 3).join(", ")}${names.length > 3 ? ", …" : ""})`;
}

/** What servers lack, those that lack the same together. */
function lackProblems(lacks: readonly Lack[]): Problem[] {
  const groups = new Map<string, Lack[]>();
  for (const lack of lacks) groups.set(lack.what, [...(groups.get(lack.what) ?? []), lack]);
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const names = severalOf(
      ["server", "servers"],
      group.map(({ server }) => server),
    );
    return [{ position: first.at(), message: `${names} ${group.length === 1 ? "has" : "have"} ${first.what}; ${first.advice}` }];
  });
}
