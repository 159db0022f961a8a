/** What a reader without style sees of a page: its words, a line for each block, for golden files that people can read. */

const blocks = /<(h[1-4]|p|li|tr|dt|summary|title|desc|section|aside|nav|footer|article|pre)\b[^>]*>/g;
const entities: Readonly<Record<string, string>> = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'" };

export function visible(page: string): string {
  const text = page
    .slice(page.indexOf("<body>"))
    .replaceAll("\n", " ")
    .replace(blocks, (_, name: string) => `\n${name} `)
    .replace(/<(td|dd)\b[^>]*>/g, " | ")
    .replace(/<(th|text|code|div)\b/g, " $&")
    .replace(/<[^>]*>/g, "")
    .replace(/&[a-z#\d]+;/g, (entity) => entities[entity] ?? entity);
  const lines = text.split("\n").map((line) => line.replaceAll(/ +/g, " ").trim());
  return `${lines.filter((line) => line.includes(" ")).join("\n")}\n`;
}
