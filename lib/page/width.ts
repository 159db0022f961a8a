/** How many columns of a terminal a text takes. Persian takes one a letter, and none for its vowel signs and its half-space. */

const plain = /^[ -~]*$/;
const unseen = /[\p{Mn}\p{Me}\p{Default_Ignorable_Code_Point}]/gu;
/** Two columns each: what Unicode calls wide, but for the narrow forms of the same scripts. */
const wide =
  /(?![\uff61-\uffdc])[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}\p{Emoji_Presentation}\u3001-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** The columns of a text without control characters. */
export function widthOf(text: string): number {
  if (plain.test(text)) return text.length;
  let width = 0;
  for (const character of text.replace(unseen, "")) width += wide.test(character) ? 2 : 1;
  return width;
}
