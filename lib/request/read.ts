/** Reads the company's files, checks each and all together, and throws every problem of all of them at once. */
import { join } from "node:path";
import type { z } from "zod";
import { noMemory, type Memory } from "../memory/memory";
import { assign, assignmentOf, parseAssignment, type Assignment } from "./assignment";
import { checkAll, warnOfAll, type Checked, type Files } from "./check/all";
import { estateSchema } from "./estate";
import { estateFile, listMessengers, lockFile, messengerFile, namedMessengers, unknownMessenger } from "./files";
import { hostOf } from "./host";
import { readHosts, type HostsFile } from "./hostsFile";
import { findingsOf } from "./issues";
import { jsonPlaces, parseJson } from "./jsonFile";
import { lockSchema, type Lock } from "./lock";
import { messengerSchema, type MessengerFile } from "./messenger";
import { InputError, type Problem } from "./problem";
import type { Request } from "./request";
import { resolveMessenger } from "./resolve";
import { problemsOf, type Path, type Source } from "./source";
import { disk, limits, readText, type Store } from "./textFile";
import { parseYaml, yamlPlaces } from "./yamlFile";

export interface ReadOptions {
  /** Only these messengers: of messengers/ only their files are read. @default all */
  readonly messengers?: readonly string[];
  /** What if: `path=value` for the file of each named messenger, such as `audience.active=10M`. @default as written */
  readonly set?: readonly string[];
  /** Where the files are read from. @default the disk */
  readonly store?: Store;
  /** Knows the files that were read and checked before. @default none */
  readonly memory?: Memory;
}

/**
 * Everything below `root` (estate.yaml, messengers/, allocations.lock.json and the CSV files that the estate names), checked.
 * Throws InputError with every problem of every file.
 */
export function readRequest(root: string, options: ReadOptions = {}): Request {
  const problems: Problem[] = [];
  const files = readFiles(root, options, problems);
  const csv = hostFiles(root, options.store);
  problems.push(
    ...checkAll(
      files,
      (estate) => new Map(Object.entries(estate.sites).flatMap(([name, { hosts }]) => (hosts === undefined ? [] : [[name, csv(hosts)]]))),
      options.memory ?? noMemory,
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
    text: (of) => ("estate" in of ? estate : "lock" in of ? lock : messengers.get(of.messenger))?.content,
    position: (of, path) => ("estate" in of ? estate : messengers.get(of.messenger))?.source.position(path),
  };
}

function readFiles(
  root: string,
  { messengers: names, set = [], memory = noMemory, store = disk }: ReadOptions,
  problems: Problem[],
): Files {
  const assignments = set.map(parseAssignment).filter((read): read is Assignment => {
    if ("message" in read) problems.push(read);
    return !("message" in read);
  });
  const listed = names ? namedMessengers(root, names, store) : listMessengers(root, store);
  problems.push(...listed.problems);
  const reader = { memory, problems, store };
  const estate = readYaml(reader, "estate", estateSchema, estateFile(root));
  const lock = store.exists(lockFile(root)) ? readLock(reader, lockFile(root)) : undefined;
  const messengers = new Map<string, Checked<MessengerFile>>();
  for (const id of listed.ids) {
    const file = messengerFile(root, id);
    if (names && !store.exists(file)) {
      problems.push(unknownMessenger(root, id, store));
      continue;
    }
    const messenger = readYaml(reader, "messenger", messengerSchema, file, assignments);
    if (messenger) messengers.set(id, messenger);
  }
  return { estate, lock, messengers, ids: names ? undefined : listed.ids };
}

/** Where problems go, and what is known of files that had none. */
interface Reader {
  readonly memory: Memory;
  readonly problems: Problem[];
  readonly store: Store;
}

function textOf({ problems, store }: Reader, file: string, limit: number): string | undefined {
  const read = readText(file, limit, store);
  if ("text" in read) return read.text;
  problems.push(read.problem);
  return undefined;
}

/** The file's value by its schema. @param assignments as which it is read; what is wrong with an assigned value is said of the assignment */
function readYaml<S extends z.ZodType>(
  reader: Reader,
  what: string,
  schema: S,
  file: string,
  assignments: readonly Assignment[] = [],
): Checked<z.output<S>> | undefined {
  const text = textOf(reader, file, limits.yaml);
  if (text === undefined) return undefined;
  const origin = (path: Path) => assignmentOf(assignments, path)?.text;
  const source = { ...yamlPlaces(file, text), ...(assignments.length > 0 && { origin }) };
  const value = reader.memory.recall(what, [text, ...assignments.map((assignment) => assignment.text)], () => {
    const read = parsed(reader, parseYaml(file, text));
    return read && check(reader, schema, { ...source, value: assign(read.value, assignments) });
  });
  return value === undefined ? undefined : { source, value, content: text };
}

/** The lock, whose schema changes nothing: the parsed value is the checked one, and its being good is all that is remembered. */
function readLock(reader: Reader, file: string): Checked<Lock> | undefined {
  const text = textOf(reader, file, limits.lock);
  if (text === undefined) return undefined;
  let value: unknown;
  const isGood = reader.memory.recall("lock", [text], () => {
    const read = parsed(reader, parseJson(file, text));
    value = read?.value;
    return read && check(reader, lockSchema, read) ? true : undefined;
  });
  return isGood ? { source: jsonPlaces(file, text), value: (value ?? JSON.parse(text)) as Lock, content: text } : undefined;
}

function parsed({ problems }: Reader, read: { source: Source } | { problems: Problem[] }): Source | undefined {
  if ("source" in read) return read.source;
  problems.push(...read.problems);
  return undefined;
}

function check<S extends z.ZodType>({ problems }: Reader, schema: S, source: Source): z.output<S> | undefined {
  const result = schema.safeParse(source.value);
  if (result.success) return result.data;
  problems.push(...problemsOf(source, findingsOf(schema, source.value, result.error.issues)));
  return undefined;
}

/** Reads each CSV file of hosts once, when it is first asked for. */
function hostFiles(root: string, store = disk): (name: string) => HostsFile {
  const read = new Map<string, HostsFile>();
  return (name) => {
    const file = read.get(name) ?? readHosts(join(root, name), store);
    read.set(name, file);
    return file;
  };
}

function goodRows({ rows, problems }: HostsFile): HostsFile["rows"] {
  if (problems.length > 0) throw new InputError(problems);
  return rows;
}
