/** Reads the company's files, checks each and all together, and throws every problem of all of them at once. */
import { join } from "node:path";
import type { z } from "zod";
import { assign, assignmentOf, parseAssignment, type Assignment } from "./assignment";
import { checkAll, warnOfAll, type Checked, type Files } from "./check/all";
import { estateSchema } from "./estate";
import { estateFile, listMessengers, lockFile, messengerFile, namedMessengers, unknownMessenger } from "./files";
import { hostOf } from "./host";
import { readHosts, type HostsFile } from "./hostsFile";
import { findingsOf } from "./issues";
import { readJson } from "./jsonFile";
import { lockSchema } from "./lock";
import { messengerSchema, type MessengerFile } from "./messenger";
import { InputError, type Problem } from "./problem";
import type { Request } from "./request";
import { resolveMessenger } from "./resolve";
import { problemsOf, type Path, type Source } from "./source";
import { exists } from "./textFile";
import { readYaml } from "./yamlFile";

export interface ReadOptions {
  /** Only these messengers: of messengers/ only their files are read. @default all */
  readonly messengers?: readonly string[];
  /** What if: `path=value` for the file of each named messenger, such as `audience.active=10M`. @default as written */
  readonly set?: readonly string[];
}

/**
 * Everything below `root` (estate.yaml, messengers/, allocations.lock.json and the CSV files that the estate names), checked.
 * Throws InputError with every problem of every file.
 */
export function readRequest(root: string, options: ReadOptions = {}): Request {
  const problems: Problem[] = [];
  const files = readFiles(root, options, problems);
  const csv = hostFiles(root);
  problems.push(
    ...checkAll(
      files,
      (estate) => new Map(Object.entries(estate.sites).flatMap(([name, { hosts }]) => (hosts === undefined ? [] : [[name, csv(hosts)]]))),
    ),
  );
  const { estate, lock, messengers } = files;
  if (problems.length > 0 || !estate) throw new InputError(problems);
  return {
    estate: estate.value,
    messengers: Array.from(messengers.values(), ({ value }) => resolveMessenger(value, estate.value)),
    lock: lock?.value,
    warnings: warnOfAll(files),
    host: (server) => hostOf(estate.value, (site) => goodRows(csv(estate.value.sites[site]?.hosts ?? "")), server),
    position: (of, path) => ("estate" in of ? estate : messengers.get(of.messenger))?.source.position(path),
  };
}

function readFiles(root: string, { messengers: names, set = [] }: ReadOptions, problems: Problem[]): Files {
  const assignments = set.map(parseAssignment).filter((read): read is Assignment => {
    if ("message" in read) problems.push(read);
    return !("message" in read);
  });
  const listed = names ? namedMessengers(root, names) : listMessengers(root);
  problems.push(...listed.problems);
  const estate = check(estateSchema, readYaml(estateFile(root)), problems);
  const lock = exists(lockFile(root)) ? check(lockSchema, readJson(lockFile(root)), problems) : undefined;
  const messengers = new Map<string, Checked<MessengerFile>>();
  for (const id of listed.ids) {
    const file = messengerFile(root, id);
    if (names && !exists(file)) {
      problems.push(unknownMessenger(root, id));
      continue;
    }
    const messenger = check(messengerSchema, whatIf(readYaml(file), assignments), problems);
    if (messenger) messengers.set(id, messenger);
  }
  return { estate, lock, messengers, ids: names ? undefined : listed.ids };
}

type Read = { source: Source } | { problems: Problem[] };

function check<S extends z.ZodType>(schema: S, read: Read, problems: Problem[]): Checked<z.output<S>> | undefined {
  if ("problems" in read) {
    problems.push(...read.problems);
    return undefined;
  }
  const { source } = read;
  const result = schema.safeParse(source.value);
  if (result.success) return { source, value: result.data };
  problems.push(...problemsOf(source, findingsOf(schema, source.value, result.error.issues)));
  return undefined;
}

/** The file as it would be with the assignments; what is wrong with an assigned value is said of the assignment. */
function whatIf(read: Read, assignments: readonly Assignment[]): Read {
  if ("problems" in read || assignments.length === 0) return read;
  const { file, value, position } = read.source;
  const origin = (path: Path) => assignmentOf(assignments, path)?.text;
  return { source: { file, value: assign(value, assignments), position, origin } };
}

/** Reads each CSV file of hosts once, when it is first asked for. */
function hostFiles(root: string): (name: string) => HostsFile {
  const read = new Map<string, HostsFile>();
  return (name) => {
    const file = read.get(name) ?? readHosts(join(root, name));
    read.set(name, file);
    return file;
  };
}

function goodRows({ rows, problems }: HostsFile): HostsFile["rows"] {
  if (problems.length > 0) throw new InputError(problems);
  return rows;
}
