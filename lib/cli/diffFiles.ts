/** A side of a comparison that is made from files: those of a commit, or of the work tree. */
import { isAbsolute, join, relative } from "node:path";
import { emptyLock } from "../allocation/allocate";
import type { Ground } from "../diff/ground";
import type { Memory } from "../memory/memory";
import { estateFile, lockFile, messengerFile } from "../request/files";
import { parseJson } from "../request/jsonFile";
import { InputError } from "../request/problem";
import { readRequest } from "../request/read";
import type { Source } from "../request/source";
import { disk, type Store } from "../request/textFile";
import { parseYaml } from "../request/yamlFile";
import { coefficientBook, readBook, valuesIn, type Values } from "../sizing/coefficient";
import { at } from "./stale";

/** Where the files of a side lie. */
export interface Place {
  /** How the side is named: a ref with its commit, or the work tree. */
  readonly name: string;
  /** The folder that holds estate.yaml, messengers/ and the lock. */
  readonly root: string;
  /** How files in it are named to people: their path from the top of the repository, or from where the command runs. */
  readonly shownRoot: string;
  /** What holds the files of a commit; `root` is then a folder in it. @default the disk: it is the work tree */
  readonly store?: Store;
  /** The version of the toolkit that the side asks for. @default it says none */
  readonly toolkit?: string;
  /** The toolkit's own coefficients, where they are a file of the repository. @default those of this program */
  readonly coefficients?: { readonly file: string; readonly text: string };
}

function sourceOf(read: { source: Source } | { problems: unknown }): Source {
  if ("source" in read) return read.source;
  throw new Error("a file that was read before cannot be read any more");
}

function lazy<Value>(make: () => Value): () => Value {
  let made: { value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Errors of reading, with the files as people know them. */
function renamed(error: unknown, { root, shownRoot, store, name }: Place): unknown {
  if (!(error instanceof InputError)) return error;
  // Names of files can hold anything, and what prints a log obeys some of it.
  const fileOf = (file: string): string => (store ? file : join(shownRoot, relative(root, file))).replace(/\p{Cc}/gu, "\ufffd");
  const shown = (text: string): string => (isAbsolute(root) ? text.replaceAll(root, shownRoot) : text);
  const problems = error.problems.map(({ position, message }) => ({
    ...(position && { position: { ...position, file: fileOf(position.file) } }),
    message: shown(message),
  }));
  return new InputError([{ message: `${name} cannot be read; mend it${store ? ", or compare with another commit" : ""}:` }, ...problems]);
}

function coefficientsOf({ coefficients, name }: Place, memory: Memory): Ground["coefficients"] {
  if (!coefficients) return { values: valuesIn(coefficientBook(memory)) };
  const { file, text } = coefficients;
  let values: Values;
  try {
    values = valuesIn(readBook(text, memory));
  } catch (error) {
    const why = (error as Error).message;
    throw new InputError([{ message: `${name}: ${file} holds no coefficients; mend it, or compare with another commit: ${why}` }]);
  }
  return { values, source: lazy(() => sourceOf(parseYaml(file, text))) };
}

/** Whether a commit has an estate; before it has one, nothing was written yet. What the work tree lacks is told by reading it. */
export function holdsEstate({ root, store }: Place): boolean {
  return !store || store.exists(estateFile(root));
}

/** Reads a side. @throws InputError with everything that is wrong, by the files as people know them */
export function readGround(place: Place, memory: Memory): Ground {
  const { root, shownRoot, name, store = disk } = place;
  let request;
  try {
    request = readRequest(root, { memory, store });
  } catch (error) {
    throw renamed(error, place);
  }
  const { lock, ...rest } = request;
  if (!lock) {
    const remedy = place.store
      ? "compare with a commit that has one"
      : `bring it back (git checkout main -- ${shownRoot}/allocations.lock.json); only where there never was one write it with \`npx zirsakht allocate${at(root)}\``;
    throw new InputError([{ message: `${name}: ${shownRoot} has no allocations.lock.json; ${remedy}` }]);
  }
  const { text } = rest;
  const sources = new Map<string, Source>();
  const messengerSource = (id: string): Source | undefined => {
    const content = text({ messenger: id });
    if (content === undefined) return undefined;
    const known = sources.get(id) ?? sourceOf(parseYaml(messengerFile(shownRoot, id), content));
    sources.set(id, known);
    return known;
  };
  return {
    ...rest,
    lock,
    estateSource: lazy(() => sourceOf(parseYaml(estateFile(shownRoot), text({ estate: true }) ?? ""))),
    estateText: text({ estate: true }) ?? "",
    messengerText: (id) => text({ messenger: id }),
    messengerSource,
    lockSource: lazy(() => sourceOf(parseJson(lockFile(shownRoot), text({ lock: true }) ?? ""))),
    coefficients: coefficientsOf(place, memory),
  };
}

/** The side before anything was written: the other's estate with nobody in it. */
export function emptyGround(other: Ground): Ground {
  const { asOf, coefficients } = other.lock;
  return {
    ...other,
    messengers: [],
    lock: emptyLock({ estate: other.estate, asOf, coefficients }),
    messengerText: () => undefined,
    messengerSource: () => undefined,
  };
}
