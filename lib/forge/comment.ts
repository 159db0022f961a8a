/** The one comment that a pull request has from us: found by a hidden mark, kept up to date in place, removed when there is nothing to say. */
import { InputError } from "../request/problem";

/** A comment of ours. */
export interface Comment {
  readonly id: number;
  readonly body: string;
}

/** The comments of a pull request, as a forge keeps them. */
export interface Thread {
  /** As people call the forge. */
  readonly forge: string;
  /** The most characters that a comment may have. */
  readonly limit: number;
  /** Those that we wrote; anybody can write our mark. */
  readonly own: () => Promise<readonly Comment[]>;
  readonly create: (body: string) => Promise<void>;
  /** Answers whether it was still there. */
  readonly update: (id: number, body: string) => Promise<boolean>;
  /** A comment that is gone already is no error. */
  readonly remove: (id: number) => Promise<void>;
}

/** What became of the comment. */
export type Kept = "created" | "updated" | "unchanged" | "removed" | "absent";

/** The first line of the comment; people do not see it. */
export const mark = "<!-- zirsakht: what this change does -->";

const invisible = "\u200b";

/**
 * A report as a comment may hold it. The report was made by the pull request's own code and is nobody's word: a comment speaks with our
 * rights, so nobody is called by name, and no line is a command to GitLab (`/merge`). Nothing of it can hide the line that says so, which
 * stands above it.
 */
function framed(report: string, source: string): string {
  const text = report
    .replaceAll("\r\n", "\n")
    // Forges refuse control characters.
    .replaceAll(/[\u0000-\u0008\u000b-\u001f\u007f]/g, "")
    // In code too, for nobody knows here whether it ends; as an entity it is broken as well. Within a word it calls nobody.
    .replaceAll(/(?<![a-z0-9])@/gi, `@${invisible}`)
    .replaceAll(/&(?=#0*64(?!\d)|#x0*40(?![\da-f])|commat)/gi, `&${invisible}`)
    .replaceAll(/^(\s*)\/(?=[a-z])/gim, `$1${invisible}/`);
  return `${mark}\n<sub>As the change's own code says; [the run, and the whole report](${source})</sub>\n\n${text.trim()}\n`;
}

/**
 * Makes the comment say what the report does; without a report there is none. Were there ever two of ours, one stays. `source` is the address
 * of the run that made the report.
 */
export async function keepComment(thread: Thread, report: string, source: string): Promise<Kept> {
  const isEmpty = report.trim() === "";
  const body = isEmpty ? "" : framed(report, source);
  if (body.length > thread.limit) throw tooLong(thread, body);
  const [first, ...others] = (await thread.own()).filter((comment) => comment.body.startsWith(mark));
  for (const { id } of others) await thread.remove(id);
  if (isEmpty) {
    if (first) await thread.remove(first.id);
    return first ? "removed" : "absent";
  }
  if (first?.body.replaceAll("\r\n", "\n").trim() === body.trim()) return "unchanged";
  if (first && (await thread.update(first.id, body))) return "updated";
  await thread.create(body);
  return "created";
}

function tooLong({ forge, limit }: Thread, body: string): InputError {
  const figure = (characters: number): string => characters.toLocaleString("en");
  return new InputError([
    {
      message: `the comment would have ${figure(body.length)} characters, and ${forge} takes ${figure(limit)}: \`zirsakht diff --format markdown\` makes one that fits; the whole is for the artifact`,
    },
  ]);
}
