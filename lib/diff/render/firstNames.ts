/** Names that are too many to write out. */

const most = 4;

/** `soroush.thr1, gap.thr1 and 3 more`. @param written a name as it is written. @default as it is */
export function firstNames(names: readonly string[], written: (name: string) => string = String): string {
  const shown = names.slice(0, names.length > most ? most - 1 : most).map(written);
  return `${shown.join(", ")}${names.length > most ? ` and ${String(names.length - shown.length)} more` : ""}`;
}
