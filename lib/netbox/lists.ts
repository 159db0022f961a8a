/** Lists taken together: the pages of one, and the same objects in several. */
import { wholeFile } from "../request/source";
import type { Problem } from "../request/problem";
import { kindWords } from "./kind";
import type { ListFile } from "./listFile";
import { grouped, textIn, type Row } from "./row";

/** All rows, each object once, and the lists that go on in files that are not there. */
export interface Lists {
  readonly rows: readonly Row[];
  /** How many objects stood in several files. */
  readonly again: number;
  readonly problems: readonly Problem[];
}

/** What makes an object the same in all forms, beside its id; two NetBoxes may use the same id. */
const naming = ["id", "name", "device", "prefix", "vid", "model", "mac_address", "address"] as const;

function identityOf(row: Row): string {
  const fields = textIn(row, "id") === "" ? [...row.values].flat() : naming.map((field) => textIn(row, field));
  return [row.kind, ...fields].join("\n");
}

/** Takes them together. Of an object that stands in several, each field is the first list's that has it. */
export function together(files: readonly ListFile[]): Lists {
  const all = files.flatMap(({ rows }) => rows);
  const rows = [...grouped(all, identityOf).values()].flatMap((same): Row[] => {
    const [first] = same;
    if (!first || same.length === 1) return same;
    return [{ ...first, values: new Map(same.toReversed().flatMap(({ values }) => [...values])) }];
  });
  const pages = files.filter(({ total }) => total !== undefined);
  const problems = [...grouped(pages, ({ kind }) => kind)].flatMap(([kind, ofKind]): Problem[] => {
    const total = Math.max(...ofKind.map((page) => page.total ?? 0));
    const has = rows.filter((row) => row.kind === kind).length;
    const [first] = ofKind;
    if (!first || kind === undefined || kind === "other" || has >= total) return [];
    const message = `the list goes on: the files have ${String(has)} of its ${String(total)} ${kindWords[kind]}; import its other pages too (?limit=1000, then ?limit=1000&offset=1000 and so on), as ?limit=0 gives no more than NetBox's MAX_PAGE_SIZE`;
    return [wholeFile(first.file, message)];
  });
  return { rows, again: all.length - rows.length, problems };
}
