/** A page of docs/jobs as a script: the files that it writes and edits, the commands that it runs, and what they print. */

/** A step of a page; `line` is where it stands. */
export type Step = { readonly line: number } & (
  | { readonly kind: "write"; readonly file: string; readonly text: string }
  | { readonly kind: "edit"; readonly file: string; readonly diff: string }
  | { readonly kind: "run"; readonly command: string; readonly code: number; readonly prints: readonly string[] }
);

interface Fence {
  readonly line: number;
  readonly language: string;
  readonly text: string;
  /** The paragraph above it. */
  readonly above: string;
}

/**
 * The steps of a page, in order. `sh` holds commands, each with 0 as its exit code or with what a comment says (`# ends with 2`); `text`
 * is an excerpt of what the last of them prints; `diff` edits, and any other block is, the file that the paragraph above names last.
 */
export function stepsOf(page: string): Step[] {
  const steps: Step[] = [];
  for (const { line, language, text, above } of fencesOf(page)) {
    if (language === "sh") steps.push(...commandsIn(text, line));
    else if (language === "text") {
      const last = steps.pop();
      if (last?.kind !== "run") throw new Error(`line ${line}: this output follows no command`);
      steps.push({ ...last, prints: [...last.prints, text] });
    } else {
      const [, file] = [...above.matchAll(/`([\w./-]+\.\w+)`/g)].at(-1) ?? [];
      if (file === undefined) throw new Error(`line ${line}: the paragraph above names no file`);
      steps.push(language === "diff" ? { kind: "edit", line, file, diff: text } : { kind: "write", line, file, text });
    }
  }
  return steps;
}

function fencesOf(page: string): Fence[] {
  const fences: Fence[] = [];
  let above = "";
  const lines = page.split("\n");
  for (let at = 0; at < lines.length; at++) {
    const [, language] = /^```(\w+)$/.exec(lines[at] ?? "") ?? [];
    if (language === undefined) {
      // An empty line ends a paragraph, and stands between it and the block as well.
      if (lines[at] !== "" && !lines[at]?.startsWith("<!--"))
        above = lines[at - 1] === "" ? (lines[at] ?? "") : `${above} ${lines[at] ?? ""}`;
      continue;
    }
    const end = lines.indexOf("```", at);
    if (end < 0) throw new Error(`line ${at + 1}: the block does not end`);
    fences.push({
      line: at + 1,
      language,
      above,
      text: lines
        .slice(at + 1, end)
        .map((line) => `${line}\n`)
        .join(""),
    });
    at = end;
  }
  return fences;
}

function commandsIn(text: string, fence: number): Step[] {
  return text
    .trimEnd()
    .split("\n")
    .map((command, index) => {
      const code = Number(/# ends with (\d)$/.exec(command)?.[1] ?? 0);
      return { kind: "run", line: fence + 1 + index, command: command.replace(/\s+#.*$/, ""), code, prints: [] };
    });
}

/** The text with a diff applied; what a part of it takes away, and leaves between, must stand there once. */
export function patched(text: string, diff: string): string {
  return diff.split(/^@@.*\n/m).reduce((now, part) => {
    const lines = part.trimEnd().split("\n");
    const side = (sign: string): string =>
      lines
        .filter((line) => !line.startsWith(sign))
        .map((line) => `${line.slice(1)}\n`)
        .join("");
    const [before, after] = [side("+"), side("-")];
    const pieces = now.split(before);
    if (pieces.length !== 2) throw new Error(`this stands there ${pieces.length - 1} times, expected once:\n${before}`);
    return pieces.join(after);
  }, text);
}

/** Whether an excerpt stands in an output: whole lines, one after another; `…` is any text, and alone on its line any lines. */
export function standsIn(excerpt: string, output: string): boolean {
  const pattern = excerpt
    .trimEnd()
    .split("\n")
    .map((line) => (line === "…" ? "(?:.*\\n)*?" : `${line.split("…").map(literal).join(".*")}\\s*\\n`))
    .join("");
  return new RegExp(`^${pattern}`, "m").test(`${output}\n`);
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
