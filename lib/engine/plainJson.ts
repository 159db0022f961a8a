/** The text of a stack of plain values, beside references within the stack. */
import type { TerraformStack } from "cdktf/lib/terraform-stack";
import { dependable, ref } from "cdktf/lib/tfExpression";
import { Tokenization } from "cdktf/lib/tokens/token";
import { deepest, isPlainNumber, isPlainText, isTable, NotPlain } from "./plainValue";

/** What cdktf keeps in private fields of its tokens. */
interface Reference {
  readonly identifier: string;
  readonly originStack?: TerraformStack;
}
interface Dependable {
  readonly dependable: { readonly fqn: string };
}
const typeOf = (token: unknown): unknown => Object.getPrototypeOf(token) as unknown;
const referenceType = typeOf(ref(""));
const dependableType = typeOf(Tokenization.reverseString(dependable({ fqn: "" })).firstToken);

/** Keys as they stand before their values; the same few hundred are met a million times. */
const heads = new Map<string, string>();
const mostHeads = 10_000;

function headOf(key: string): string {
  const known = heads.get(key);
  if (known !== undefined) return known;
  if (!isPlainText(key) || key === "__proto__") throw new NotPlain();
  const head = `${JSON.stringify(key)}: `;
  if (heads.size < mostHeads) heads.set(key, head);
  return head;
}

/** JSON as json-stable-stringify writes it for cdktf: keys by code unit, two spaces, and a line break even in what is empty. */
class Writer {
  text = "";

  constructor(private readonly stack: TerraformStack) {}

  value(value: unknown, indent: string, depth: number): void {
    if (typeof value === "string") this.text += JSON.stringify(isPlainText(value) ? value : this.resolved(value));
    else if (typeof value === "boolean" || value === null) this.text += String(value);
    else if (typeof value === "number" && isPlainNumber(value)) this.text += JSON.stringify(value);
    else if (typeof value !== "object" || depth > deepest) throw new NotPlain();
    else if (Array.isArray(value)) this.array(value, indent, depth);
    else this.table(value, indent, depth);
  }

  private array(list: readonly unknown[], indent: string, depth: number): void {
    if (Object.getPrototypeOf(list) !== Array.prototype) throw new NotPlain();
    const inner = `${indent}  `;
    let isEmpty = true;
    for (const item of list) {
      if (item === undefined) continue;
      this.text += (isEmpty ? "[" : ",") + inner;
      this.value(item, inner, depth + 1);
      isEmpty = false;
    }
    this.text += `${isEmpty ? "[" : ""}${indent}]`;
  }

  private table(table: object, indent: string, depth: number): void {
    if (!isTable(table)) throw new NotPlain();
    const inner = `${indent}  `;
    let isEmpty = true;
    for (const key of Object.keys(table).sort()) {
      const item = table[key];
      if (item === undefined) continue;
      this.text += (isEmpty ? "{" : ",") + inner + headOf(key);
      this.value(item, inner, depth + 1);
      isEmpty = false;
    }
    this.text += `${isEmpty ? "{" : ""}${indent}}`;
  }

  /** What a token that stands alone refers to: an element of the stack. Another stack's would change that stack, and other tokens may do anything. */
  private resolved(text: string): string {
    const { tokens, length } = Tokenization.reverseString(text);
    const [token] = tokens as readonly unknown[];
    if (length !== 1 || token === undefined) throw new NotPlain();
    if (typeOf(token) !== dependableType) return `\${${this.identifier(token)}}`;
    return this.identifier(Tokenization.reverseString((token as Dependable).dependable.fqn).firstToken);
  }

  private identifier(token: unknown): string {
    if (token === undefined || typeOf(token) !== referenceType) throw new NotPlain();
    const { identifier, originStack = this.stack } = token as Reference;
    if (originStack !== this.stack || !isPlainText(identifier)) throw new NotPlain();
    return identifier;
  }
}

/**
 * What a stack's cdk.tf.json says, as text.
 * @throws NotPlain where a value is neither plain nor a reference within the stack
 */
export function plainJson(stack: TerraformStack, config: object): string {
  const writer = new Writer(stack);
  writer.value(config, "\n", 0);
  return writer.text;
}
