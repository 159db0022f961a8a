/** Lists imported on top of an estate.yaml of the company alone. */
import { importEstate, type Base, type Imported } from "../../lib/netbox/importEstate";
import { parseList } from "../../lib/netbox/listFile";
import { together } from "../../lib/netbox/lists";
import { formatProblem } from "../../lib/request/problem";
import type { Host } from "../../lib/request/server";
import { company } from "./lists";

/** Imports files that are good lists. */
export function imported(files: readonly [string, string][], base: Partial<Base> = {}): Imported {
  const read = files.map(([file, text]) => parseList(file, text));
  const { rows, problems } = together(read);
  expect([...read.flatMap((list) => list.problems), ...problems]).toEqual([]);
  return importEstate(rows, { file: "estate.yaml", text: company, hosts: () => new Map<string, Host>(), lock: undefined, ...base });
}

/** Its problems as people read them. */
export const problemsOf = ({ problems }: Imported): string[] => problems.map(formatProblem);
