/** The files of a root folder: their names, and which messengers have one. */
import { basename, join } from "node:path";
import { nearest, render } from "./issues";
import type { Problem } from "./problem";
import { wholeFile } from "./source";
import { disk, reasonOf } from "./textFile";
import { messengerId } from "./words";

export function estateFile(root: string): string {
  return join(root, "estate.yaml");
}

export function lockFile(root: string): string {
  return join(root, "allocations.lock.json");
}

export function messengerFile(root: string, id: string): string {
  return join(root, "messengers", `${id}.yaml`);
}

/** The ids of all messengers that have a file, in order, and what is wrong with the folder. Files that are no YAML are left aside. */
export function listMessengers(root: string, store = disk): { ids: string[]; problems: Problem[] } {
  const folder = join(root, "messengers");
  let names: string[];
  try {
    names = [...store.names(folder)];
  } catch (error) {
    return { ids: [], problems: [wholeFile(folder, `${folder} ${reasonOf(error)}; it holds a file for each messenger`)] };
  }
  const files = names.filter((name) => !name.startsWith(".") && /\.ya?ml$/i.test(name));
  const [good, bad] = [files.filter((name) => isId(basename(name, ".yaml"))), files.filter((name) => !isId(basename(name, ".yaml")))];
  return {
    ids: good.map((name) => basename(name, ".yaml")).sort(byCodeUnit),
    problems: bad
      .sort(byCodeUnit)
      .map((name) =>
        wholeFile(
          join(folder, name),
          `expected <id>.yaml as the name of a messenger's file, the id as in the file, got ${render(name)}; rename it`,
        ),
      ),
  };
}

/** The named ids, in order and each once, and what is wrong with the names. Looks only for their files. */
export function namedMessengers(root: string, names: readonly string[], store = disk): { ids: string[]; problems: Problem[] } {
  const ids = [...new Set(names)].sort(byCodeUnit);
  return { ids: ids.filter(isId), problems: ids.filter((id) => !isId(id)).map((id) => unknownMessenger(root, id, store)) };
}

/** A name that stands for no messenger, with the nearest that does. */
export function unknownMessenger(root: string, id: string, store = disk): Problem {
  const near = nearest(id, listMessengers(root, store).ids);
  return {
    message: `there is no messenger ${render(id)}: ${messengerFile(root, id)} does not exist${near === undefined ? "" : `; did you mean ${near}?`}`,
  };
}

function isId(name: string): boolean {
  return messengerId.safeParse(name).success;
}

function byCodeUnit(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
