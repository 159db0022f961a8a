/** Reads the CSV of what messengers already use: site, kind, resource, messenger, group, address, servers; a row a resource. */
import { adoptableKinds, type AdoptedRow } from "../allocation/adoption";
import { readCsv } from "../request/csvFile";
import { render } from "../request/issues";
import type { Problem } from "../request/problem";
import { address, network } from "../request/words";

const columns = ["site", "kind", "resource", "messenger", "group", "address", "servers"] as const;
type Row = Readonly<Record<(typeof columns)[number], string>>;

/** The rows, the line of each, and every problem. */
export interface AdoptFile {
  readonly rows: readonly AdoptedRow[];
  readonly lines: readonly number[];
  readonly problems: readonly Problem[];
}

/** Reads the file. Rows with problems are left out. */
export function readAdoptFile(file: string): AdoptFile {
  const csv = readCsv(file, columns);
  const rows: AdoptedRow[] = [];
  const lines: number[] = [];
  const problems = [...csv.problems];
  for (const { line, values } of csv.rows) {
    const wrong = rowProblems(values);
    problems.push(...wrong.map((message) => ({ position: { file, line, column: 1 }, message })));
    if (wrong.length > 0) continue;
    rows.push({
      ...values,
      kind: values.kind as AdoptedRow["kind"],
      servers: values.servers.split(/\s+/).filter((server) => server !== ""),
    });
    lines.push(line);
  }
  return { rows, lines, problems };
}

/** What a kind of row may say beside site, kind, resource and messenger. */
const extras: Readonly<Record<AdoptedRow["kind"], readonly (keyof Row)[]>> = {
  server: ["group", "address"],
  vlan: [],
  private: [],
  vips: [],
  egress: ["servers"],
};

function rowProblems(row: Row): string[] {
  const { kind, resource } = row;
  const empty = (["site", "kind", "resource", "messenger"] as const).filter((column) => row[column] === "");
  if (empty.length > 0) return empty.map((column) => `${column} is empty; every row names its site, kind, resource and messenger`);
  if (!isKind(kind)) return [`unknown kind ${render(kind)}, expected one of ${adoptableKinds.join(", ")}`];
  const idle = (["group", "address", "servers"] as const).filter((column) => row[column] !== "" && !extras[kind].includes(column));
  const problems = idle.map((column) => `a row of kind ${kind} says nothing of ${column}, got ${render(row[column])}; leave it empty`);
  if (kind === "server" && !address.safeParse(row.address).success)
    problems.push(`${resource}: expected its IPv4 address, got ${render(row.address)}`);
  if (kind === "vlan" && !/^[1-9]\d{0,3}$/.test(resource)) problems.push(`expected the number of a VLAN, got ${render(resource)}`);
  if (kind !== "server" && kind !== "vlan" && !network.safeParse(resource).success)
    problems.push(`expected a prefix such as 10.64.8.0/21, got ${render(resource)}`);
  return problems;
}

function isKind(text: string): text is AdoptedRow["kind"] {
  return (adoptableKinds as readonly string[]).includes(text);
}
