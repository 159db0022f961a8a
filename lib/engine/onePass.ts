/**
 * cdk.tf.json of a stack in one pass from its constructs to text, where App.synth makes, resolves and merges every value three times.
 *
 * It knows stacks of plain values: what their elements give is written down as it is, beside references within the stack. Of
 * everything else it says that it does not know it, before anything is written, and cdktf's own synthesis is the answer. So nothing here
 * need know what cdktf does with an aspect or an iterator; it must only notice that one is there.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { AnnotationMetadataEntryType } from "cdktf/lib/annotations";
import type { App } from "cdktf/lib/app";
import { Aspects } from "cdktf/lib/aspect";
import { StackSynthesizer } from "cdktf/lib/synthesize/synthesizer";
import { TerraformElement } from "cdktf/lib/terraform-element";
import { TerraformOutput } from "cdktf/lib/terraform-output";
import { TerraformResource } from "cdktf/lib/terraform-resource";
import { TerraformStack } from "cdktf/lib/terraform-stack";
import { keysToSnakeCase } from "cdktf/lib/util";
import type { IConstruct } from "constructs";
import { plainJson } from "./plainJson";
import { isTable, NotPlain } from "./plainValue";

/** What cdktf keeps in private fields. */
interface StackFields {
  readonly rawOverrides: object;
  readonly synthesizer: { readonly synthesize: unknown; readonly hclOutput?: boolean };
}
interface ResourceFields {
  readonly rawOverrides: object;
  readonly constructNodeMetadata: object;
  readonly terraformMetaArguments: Readonly<Record<string, unknown>>;
  readonly synthesizeAttributes: (this: unknown) => object;
}

/** Under which key cdktf keeps a construct's aspects; asking in cdktf's way would give each construct an empty list of them. */
const aspectsKey = ((probe) => {
  Aspects.of(probe);
  return Object.getOwnPropertySymbols(probe)[0] ?? Symbol();
})({} as IConstruct);
const customSynthesisKey = Symbol.for("cdktf/customSynthesis");
const annotationTypes: readonly string[] = Object.values(AnnotationMetadataEntryType);

/** Whether nothing is to be done for the construct itself: no aspect, no asset, no note. */
function isOrdinary(construct: IConstruct): boolean {
  const aspects = Reflect.get(construct, aspectsKey) as Aspects | undefined;
  if (aspects && aspects.all.length > 0) return false;
  return !(customSynthesisKey in construct) && !construct.node.metadata.some(({ type }) => annotationTypes.includes(type));
}

/** The elements of a stack, in cdktf's order. */
function elementsOf(construct: IConstruct, elements: TerraformElement[] = []): TerraformElement[] {
  if (!isOrdinary(construct) || TerraformOutput.isTerraformOutput(construct)) throw new NotPlain();
  if (TerraformElement.isTerraformElement(construct)) elements.push(construct);
  for (const child of construct.node.children) {
    if (TerraformStack.isStack(child)) throw new NotPlain();
    elementsOf(child, elements);
  }
  return elements;
}

/** What cdktf puts beside a resource's own attributes, or deletes among them. */
const metaArguments = ["//", "connection", "count", "depends_on", "for_each", "lifecycle", "provider", "provisioner"];

/** An element's part of the stack. That of an ordinary resource is put together here; cdktf copies its attributes twice for it. */
function partOf(element: TerraformElement): unknown {
  const byCdktf = (): unknown => element.toTerraform() as unknown;
  if (!TerraformResource.isTerraformResource(element) || element.toTerraform !== TerraformResource.prototype.toTerraform) return byCdktf();
  const { rawOverrides, constructNodeMetadata, terraformMetaArguments, synthesizeAttributes } = element as unknown as ResourceFields;
  const { dependsOn, lifecycle, ...others } = terraformMetaArguments;
  if (Object.keys(rawOverrides).length > 0 || element.provisioners || Object.values(others).some((value) => value !== undefined))
    return byCdktf();
  const attributes = synthesizeAttributes.call(element);
  if (metaArguments.some((key) => key in attributes)) return byCdktf();
  const body = {
    ...attributes,
    depends_on: dependsOn,
    lifecycle: lifecycle === undefined ? undefined : (keysToSnakeCase(lifecycle) as unknown),
    "//": constructNodeMetadata,
  };
  return { resource: { [element.terraformResourceType]: { [element.friendlyUniqueId]: body } } };
}

type Config = Record<string, unknown>;

/** Block, type and id: below them everything is one element's. */
const levelsOfIds = 2;

/** Puts an element's part beside the others'; what two elements give is cdktf's to merge. */
function add(part: unknown, into: Config, levels: number): void {
  if (!isTable(part)) throw new NotPlain();
  for (const [key, value] of Object.entries(part)) {
    if (value === undefined) continue;
    const there = into[key];
    if (levels === 0 || !isTable(value)) {
      if (there !== undefined || key === "__proto__") throw new NotPlain();
      into[key] = value;
    } else {
      const inner = there ?? {};
      if (!isTable(inner)) throw new NotPlain();
      add(value, inner, levels - 1);
      into[key] = inner;
    }
  }
}

function configOf(stack: TerraformStack): Config {
  const metadata: Config = { version: stack.node.tryGetContext("cdktfVersion"), stackName: stack.node.id, backend: "local" };
  const config: Config = { "//": { metadata, outputs: {} } };
  for (const element of elementsOf(stack)) {
    const { backend, ...others } = element.toMetadata() as { backend?: unknown };
    // An override, an import or a move.
    if (Object.values(others).some((value) => value !== undefined)) throw new NotPlain();
    if (backend !== undefined) metadata.backend = backend;
    add(partOf(element), config, levelsOfIds);
  }
  return config;
}

function isKnown(stack: TerraformStack): boolean {
  const { rawOverrides, synthesizer } = stack as unknown as StackFields;
  return (
    Object.keys(rawOverrides).length === 0 &&
    synthesizer.synthesize === StackSynthesizer.prototype.synthesize &&
    synthesizer.hclOutput === false &&
    stack.toTerraform === TerraformStack.prototype.toTerraform &&
    stack.prepareStack === TerraformStack.prototype.prepareStack
  );
}

/** cdk.tf.json of a stack whose validations hold; `undefined` where only cdktf can write it, or say what is wrong. */
export function onePass(stack: TerraformStack, { skipValidation }: Pick<App, "skipValidation">): string | undefined {
  if (!isKnown(stack)) return undefined;
  try {
    stack.ensureBackendExists();
    if (!skipValidation) stack.runAllValidations();
    return plainJson(stack, configOf(stack));
  } catch {
    // Whatever it is, cdktf meets it too, and its words are the ones to hear.
    return undefined;
  }
}

/** As bytes: a text that was put together from pieces keeps all of them. */
function knownStacks(app: App): ReadonlyMap<TerraformStack, Buffer> | undefined {
  if (!isOrdinary(app)) return undefined;
  const texts = new Map<TerraformStack, Buffer>();
  for (const stack of app.node.children) {
    const text = TerraformStack.isStack(stack) ? onePass(stack, app) : undefined;
    if (text === undefined || !TerraformStack.isStack(stack)) return undefined;
    texts.set(stack, Buffer.from(text));
  }
  return app.skipValidation || app.node.validate().length === 0 ? texts : undefined;
}

/** The bytes of cdk.tf.json of every stack of an app by its id, where all are known; else `undefined`: App.synth is to be asked. Writes nothing. */
export function bytesInOnePass(app: App): ReadonlyMap<string, Buffer> | undefined {
  const texts = knownStacks(app);
  return texts && new Map(Array.from(texts, ([stack, text]) => [stack.node.id, text]));
}

/** Writes what App.synth would write, where every stack of the app is known; says whether it did. */
export function synthInOnePass(app: App): boolean {
  const texts = knownStacks(app);
  if (!texts) return false;
  for (const [stack, text] of texts) {
    const { workingDirectory, synthesizedStackPath } = app.manifest.forStack(stack);
    mkdirSync(join(app.outdir, workingDirectory), { recursive: true });
    writeFileSync(join(app.outdir, synthesizedStackPath), text);
  }
  app.manifest.writeToFile();
  return true;
}
