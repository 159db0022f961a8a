/** `import netbox`: turns lists that NetBox exported into estate.yaml and its CSV files, anew or on top of an estate.yaml that is there. */
import { statSync } from "node:fs";
import { join } from "node:path";
import { importEstate, type Base, type Imported } from "../netbox/importEstate";
import { isName } from "../netbox/advice";
import { kindWords } from "../netbox/kind";
import { together } from "../netbox/lists";
import { readList, type ListFile } from "../netbox/listFile";
import { estateFile, lockFile } from "../request/files";
import type { HostRows } from "../request/host";
import { readHosts } from "../request/hostsFile";
import { findingsOf } from "../request/issues";
import { parseJson } from "../request/jsonFile";
import { lockSchema, type Lock } from "../request/lock";
import { InputError, type Problem } from "../request/problem";
import type { Host } from "../request/server";
import { problemsOf, wholeFile, type Path } from "../request/source";
import { exists, limits, readText } from "../request/textFile";
import { parseYaml } from "../request/yamlFile";
import { writeSources } from "./outputFolder";
import { renderPage } from "../page/page";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** `root` holds the estate.yaml to bring up to date; without it a new one is made. */
export interface ImportOptions extends Pick<CommonOptions, "format"> {
  readonly root?: string;
  readonly out: string;
}

/** Imports all of it or, where anything is wrong, nothing. */
export async function run(names: readonly string[], options: ImportOptions, terminal: Terminal): Promise<ExitCode> {
  const lists = names.map(readList);
  const problems: Problem[] = lists.flatMap((list) => list.problems);
  const base = { file: estateFile(options.root ?? options.out), ...baseOf(options.root, problems) };
  const { rows, again, problems: pages } = together(lists);
  // A file that could not be read is no page that is missing.
  if (problems.length === 0) problems.push(...pages);
  if (problems.length > 0) throw new InputError(problems);
  const imported = importEstate(rows, base);
  // A CSV of hosts beside the estate is read when it is asked for.
  problems.push(...imported.problems, ...foldersAt(options.out, imported.files));
  if (problems.length > 0) throw new InputError(problems);
  // The estate comes last: when it is there, so are the files that it names.
  const written = writeSources(options.out, new Map([...imported.files].reverse()));
  const { changed, kept, disputed } = imported;
  const aside = [...imported.aside, ...(again > 0 ? [`what stands in several files, ${String(again)} times`] : [])];
  const paths = (all: readonly Path[]): string[] => all.map((path) => path.join("."));
  if (options.format === "json") {
    const files = [...imported.files.keys()];
    terminal.out(JSON.stringify({ version: 1, files, written, changed: paths(changed), kept: paths(kept), disputed, aside }, undefined, 2));
  } else terminal.out(page(lists, { ...imported, aside }, options));
  return Promise.resolve(0);
}

/** Folders that stand where files are to be written. */
function foldersAt(out: string, files: Imported["files"]): Problem[] {
  return [...files.keys()].flatMap((name): Problem[] => {
    const file = join(out, name);
    const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() ?? false;
    return isFolder ? [wholeFile(file, `${file} is a folder, and a file of this name is to be written; move it away`)] : [];
  });
}

/** The estate.yaml that is brought up to date, and what is wrong with it and beside it. */
function baseOf(root: string | undefined, problems: Problem[]): Omit<Base, "file"> {
  const nothing = { text: "", hosts: () => new Map<string, Host>(), lock: undefined };
  if (root === undefined) return nothing;
  const file = estateFile(root);
  const read = readText(file, limits.yaml);
  if ("problem" in read) {
    problems.push(read.problem);
    return nothing;
  }
  const parsed = parseYaml(file, read.text);
  if ("problems" in parsed) problems.push(...parsed.problems);
  const known = new Map<string, HostRows>();
  const hosts = (csv: string): HostRows => {
    const before = known.get(csv);
    if (before) return before;
    const list = readHosts(join(root, csv));
    problems.push(...list.problems);
    known.set(csv, list.rows);
    return list.rows;
  };
  return { text: read.text, hosts, lock: lockOf(lockFile(root), problems) };
}

/** The lock; `undefined` where there is none, or a bad one. */
function lockOf(file: string, problems: Problem[]): Lock | undefined {
  if (!exists(file)) return undefined;
  const text = readText(file, limits.lock);
  const read = "problem" in text ? { problems: [text.problem] } : parseJson(file, text.text);
  if ("problems" in read) {
    problems.push(...read.problems);
    return undefined;
  }
  const result = lockSchema.safeParse(read.source.value);
  if (result.success) return result.data;
  problems.push(...problemsOf(read.source, findingsOf(lockSchema, read.source.value, result.error.issues)));
  return undefined;
}

/** More lines than these of one kind are a number. */
const most = 20;

function some(lines: readonly string[], words: string): string[] {
  return [...lines.slice(0, most), ...(lines.length > most ? [`${String(lines.length - most)} more ${words}`] : [])];
}

/** What changed, a line for each class, site and rack. */
function changes(paths: readonly Path[]): string[] {
  const keys = new Map<string, string[]>();
  for (const path of paths) {
    const cut = path.findLastIndex((_, index) => isName(path, index)) + 1;
    const owner = path.slice(0, cut).join(".");
    keys.set(owner, [...(keys.get(owner) ?? []), path.slice(cut).join(".")]);
  }
  return [...keys].map(([owner, names]) => `${owner}: ${names.join(", ")}`);
}

function page(lists: readonly ListFile[], { files, changed, kept, disputed, aside }: Imported, { out, format }: ImportOptions): string {
  return renderPage(
    [
      { text: `${out} holds ${[...files.keys()].join(", ")}.` },
      {
        head: ["file", "objects", "number"],
        rows: lists.map(({ file, kind = "other", rows }) => [file, kindWords[kind], String(rows.length)]),
        numbers: [2],
      },
      { text: changed.length === 0 ? "Nothing changes in estate.yaml." : "New or changed in estate.yaml:" },
      { list: some(changes(changed), "things changed") },
      {
        list: some(
          kept.map((path) => `${path.join(".")} is not in NetBox's lists, and stays`),
          "stay",
        ),
      },
      { list: disputed },
      { list: aside.map((words) => `left aside: ${words}`) },
      ...(files.has("adopt.csv")
        ? [{ text: `What messengers hold, and the lock does not know of yet: zirsakht adopt ${out}/adopt.csv` }]
        : []),
    ],
    format === "json" ? "text" : format,
  );
}
