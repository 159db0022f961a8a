/** What created and destroyed objects hold, as YAML, and no more of it than a page bears. */
import { isObject, type ApiObject } from "../../manifests/apiObject";
import { toYaml } from "../../manifests/yaml";
import type { Body, ChangeRow, Report } from "../report";

/** A report with the first bodies only: so many of a row, and so many of all. */
export function withBodies(report: Report, inRow: number, inAll: number): Report {
  let left = inAll;
  const cut = <Row extends ChangeRow>(row: Row): Row => {
    if (!row.bodies) return row;
    const bodies = row.bodies.slice(0, Math.min(inRow, left));
    left -= bodies.length;
    return { ...row, bodies };
  };
  return { ...report, changes: report.changes.map(cut), ...(report.drift && { drift: report.drift.map(cut) }) };
}

/** How many objects of a row there are whose bodies are not shown. */
export function withoutBody({ count, bodies }: ChangeRow): number {
  return bodies ? count - bodies.reduce((sum, body) => sum + body.count, 0) : 0;
}

/** How many objects of a report there are whose bodies are not shown. */
export function allWithoutBody({ changes, drift = [] }: Report): number {
  return [...changes, ...drift].reduce((sum, row) => sum + withoutBody(row), 0);
}

/** Longer lines and texts are cut, and say so. */
export interface Longest {
  readonly line: number;
  readonly text: number;
}

/** A text that holds JSON on one line, over several. */
function laidOut(text: string): string {
  if (!/^[[{].*[\]}]$/.test(text)) return text;
  try {
    return `${JSON.stringify(JSON.parse(text), undefined, 2)}\n`;
  } catch {
    return text;
  }
}

/** What hosts are told, as a person reads it: their network is JSON on one line. */
function withLines(manifest: ApiObject): ApiObject {
  const { stringData } = manifest;
  if (!isObject(stringData)) return manifest;
  const lines = Object.entries(stringData).map(([key, text]) => [key, typeof text === "string" ? laidOut(text) : text] as const);
  return { ...manifest, stringData: Object.fromEntries(lines) };
}

/** The lines of a body, as `synth` writes its manifest. */
export function linesOf({ manifest }: Body, longest: Longest): string[] {
  const lines = toYaml([withLines(manifest)])
    .trimEnd()
    .split("\n")
    .slice(1)
    .map((line) => (line.length > longest.line ? `${line.slice(0, longest.line - 1)}…` : line));
  let length = 0;
  const shown = lines.filter((line) => (length += line.length + 1) <= longest.text);
  const left = lines.length - shown.length;
  return left > 0 ? [...shown, `# … and ${String(left)} more ${left === 1 ? "line" : "lines"}: --format json has them`] : shown;
}
