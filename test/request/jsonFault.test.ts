import { placeOf } from "../../lib/request/fault";
import { jsonFault } from "../../lib/request/jsonFault";

const faultIn = (text: string) => {
  const { offset, message } = jsonFault(text);
  const { line, column } = placeOf("", text, offset);
  return `${String(line)}:${String(column)}: ${message}`;
};

test.each([
  ["a file that is cut off", '{"a": [1, 2\n', "1:12: expected ] to close the [ of 1:7, got the end of the file"],
  ["a map that is never closed", '{\n  "a": 1\n', "2:9: expected } to close the { of 1:1, got the end of the file"],
  ["a list that another bracket closes", '{"a": [1, 2}\n', "1:12: expected ] to close the [ of 1:7, got }"],
  ["no comma, told where it belongs", '{"a": 1\n "b": 2}', '1:8: expected a comma, got "b"'],
  ["a comma behind the last", '{"a": 1,\n}', "1:8: a comma too many before the }"],
  ["a comma behind the last of a list", "[1,]", "1:3: a comma too many before the ]"],
  ["two commas", '{"a": 1,, "b": 2}', "1:9: expected a key in double quotes, got ,"],
  ["no colon", '{"a" 1}', '1:5: expected a colon behind the key, got "1"'],
  ["no value", '{"a": }', "1:7: expected a value, got }"],
  ["a key without quotes", "{a: 1}", '1:2: expected a value, or a key in double quotes, got "a"'],
  ["a word that is none of JSON's", '{"a": NaN}', '1:7: expected a value, or a key in double quotes, got "NaN"'],
  ["a number that does not end", '{"a": 1.}', '1:7: expected a number, got "1."'],
  ["a quote that is not closed", '{"a": "x\n}', '1:7: the quote " opens here and is not closed on its line'],
  ["an escape that is none", '{"a": "\\d"}', "1:7: in this text a \\ stands before what it means nothing with"],
  ["a control character", '{"a": "\t"}', "1:7: in this text stands a control character"],
  ["a comment", '{"a": 1 // x\n}', "1:9: a comment stands here; JSON has none"],
  ["another value behind it", '{"a": 1}\n{"b": 2}', "2:1: expected the end of the file, got {"],
  ["a word behind it", '{"a": 1} x', '1:10: expected the end of the file, got "x"'],
  ["nesting without end", "[".repeat(100_000), "1:1: nested far too deep, expected a handful of levels"],
])("%s", (_, text, expected) => {
  expect(faultIn(text)).toBe(expected);
});
