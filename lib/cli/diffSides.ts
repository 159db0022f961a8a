/** Which two sides are compared, and where their files lie: refs of the repository, the work tree, or synthesized folders. */
import { join, normalize } from "node:path";
import { Repository } from "../git/repository";
import { InputError } from "../request/problem";
import { disk, limits, readText, textOf } from "../request/textFile";
import { isSynthFolder } from "./diffFolder";
import type { Place } from "./diffFiles";

/** The sides to compare. */
export type Sides =
  | { readonly folders: readonly [base: string, head: string] }
  | { readonly base: Place; readonly head: Place; readonly notes: readonly string[] };

/** The toolkit's own coefficients, where its repository is the one at hand. */
const coefficientsFile = "lib/sizing/coefficients.yaml";

const packagesFile = "package-lock.json";

/** The version of the toolkit that a company's package-lock.json names. */
function toolkitIn(text: string | undefined): { toolkit?: string } {
  const [, toolkit] = /"node_modules\/zirsakht": \{\s*"version": "([^"]+)"/.exec(text ?? "") ?? [];
  return toolkit === undefined ? {} : { toolkit };
}

/** The stack classes that a program of the company's own brings. */
const ownStacks = /\b(?:messengerStack|siteStack)\b/;

function foldersOf(names: readonly string[]): Sides | undefined {
  const folders = names.filter(isSynthFolder);
  if (folders.length === 0) return undefined;
  const [base, head] = names;
  if (folders.length === 2 && base !== undefined && head !== undefined) return { folders: [base, head] };
  const other = names.find((name) => !folders.includes(name));
  const message =
    other === undefined
      ? `${String(base)} is the folder of a synth; name the folder to compare it with too`
      : `${folders.join()} is the folder of a synth and ${other} is none; compare two folders, or two git refs`;
  throw new InputError([{ message }]);
}

/** Where the files of commits and of the work tree are. */
class Commits {
  constructor(
    private readonly repository: Repository,
    private readonly root: string,
  ) {}

  /** The place of a commit's files. @param shown how the user names it */
  async placeOf(commit: string, shown: string): Promise<Place> {
    const short = commit.slice(0, 9);
    const path = this.repository.pathOf(this.root);
    // Paths are joined to it: what paths would make of it is made of it once.
    const label = normalize(shown);
    const name = shown.startsWith(short) ? short : `${shown} (${short})`;
    const store = await this.repository.filesOf(commit, path, label, [coefficientsFile, packagesFile]);
    const [book, packages] = [coefficientsFile, packagesFile].map((file) => readText(file, limits.lock, store));
    if (book && "problem" in book && store.exists(coefficientsFile))
      throw new InputError([
        { message: `${name}: ${coefficientsFile} holds no coefficients; mend it, or compare with another commit: ${book.problem.message}` },
      ]);
    const text = book && "text" in book ? book.text : undefined;
    return {
      name,
      root: `${label}:${path === "" ? "." : path}`,
      shownRoot: path === "" ? "." : path,
      store,
      ...toolkitIn(packages && "text" in packages ? packages.text : undefined),
      ...(text !== undefined && { coefficients: { file: coefficientsFile, text } }),
    };
  }

  /** The files as they lie in the work tree. */
  worktree(): Place {
    const path = this.repository.pathOf(this.root);
    const text = textOf(join(this.repository.top, coefficientsFile));
    return {
      name: "the work tree",
      root: this.root,
      shownRoot: path === "" ? "." : path,
      ...toolkitIn(textOf(join(this.repository.top, packagesFile))),
      ...(text !== undefined && { coefficients: { file: coefficientsFile, text } }),
    };
  }
}

/** What files cannot tell: programs of the company's own, another toolkit. */
function notesOf(base: Place, head: Place): string[] {
  const brings = [base, head].some(({ root, store = disk }) => {
    const file = join(root, "main.ts");
    const read = store.exists(file) ? readText(file, limits.yaml, store) : { problem: {} };
    return "text" in read && ownStacks.test(read.text);
  });
  const folders = "is not in this report: synthesize both sides and compare the folders, `zirsakht diff DIR DIR`";
  const isOther = base.toolkit !== undefined && head.toolkit !== undefined && base.toolkit !== head.toolkit;
  return [
    ...(brings ? [`${head.shownRoot}/main.ts makes stacks with classes of its own; what that adds ${folders}`] : []),
    ...(isOther
      ? [
          `the toolkit goes from ${base.toolkit ?? ""} to ${head.toolkit ?? ""}, and this one made both sides; what the toolkit changes ${folders}`,
        ]
      : []),
  ];
}

/**
 * Does the work with the sides that the arguments name: none for the merge base with the default branch against the work tree, one ref
 * against the work tree, two refs, or two folders.
 * @throws InputError for names that are neither refs nor folders, and for a clone that does not hold what is asked for
 */
export async function withSides<Result>(
  names: readonly string[],
  root: string,
  work: (sides: Sides) => Result | Promise<Result>,
): Promise<Result> {
  const folders = foldersOf(names);
  if (folders) return work(folders);
  const repository = await Repository.of(root);
  const commits = new Commits(repository, root);
  const [first, second] = names;
  const baseShown = first ?? (await repository.defaultBranch());
  const baseOf = async (): Promise<Place> => {
    if (first !== undefined) return commits.placeOf(await repository.commitOf(first), first);
    await repository.commitOf("HEAD");
    const merged = await repository.mergeBaseOf(baseShown, "HEAD");
    return commits.placeOf(merged, `merge base with ${baseShown}`);
  };
  const headOf = async (): Promise<Place> =>
    second === undefined ? commits.worktree() : commits.placeOf(await repository.commitOf(second), second);
  const [base, head] = await Promise.all([baseOf(), headOf()]);
  return await work({ base, head, notes: notesOf(base, head) });
}
