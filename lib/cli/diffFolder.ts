/** A side of a comparison that was synthesized before: a folder such as cdktf.out. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isObject, type Json, type TerraformConfig } from "../manifests/apiObject";
import { InputError } from "../request/problem";
import { reasonOf } from "../request/textFile";
import { listFile, stackFile } from "./madeStacks";

/** Whether a name is the folder of a synth. */
export const isSynthFolder = (name: string): boolean => existsSync(join(name, listFile));

/** A name that stays within its folder. */
const isStackName = (name: string): boolean => name !== "" && name !== "." && name !== ".." && !/[/\\\p{Cc}]/u.test(name);

function refuse(file: string, what: string): never {
  throw new InputError([{ message: `${file} ${what}; synthesize the folder anew` }]);
}

function parsed(file: string, text: string): Json {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return refuse(file, "is no JSON");
  }
}

/** The stacks that a folder's list names. */
function stacksOf(folder: string): string[] {
  const file = join(folder, listFile);
  const list = parsed(file, readFileSync(file, "utf8"));
  const stacks = isObject(list) ? list.stacks : undefined;
  if (!isObject(stacks)) return refuse(file, "is no list of stacks as cdktf writes it");
  const names = Object.keys(stacks);
  const strange = names.find((name) => !isStackName(name));
  return strange === undefined ? names.sort() : refuse(file, `names ${JSON.stringify(strange)}, which is no name of a stack`);
}

/** The text of cdk.tf.json of every stack in the folder, by stack. @throws InputError where a file is missing, or the list is none */
export function stackTextsIn(folder: string): Map<string, string> {
  return new Map(
    stacksOf(folder).map((stack) => {
      const file = join(folder, stackFile(stack));
      try {
        return [stack, readFileSync(file, "utf8")];
      } catch (error) {
        return refuse(file, `${reasonOf(error)}, and ${listFile} names its stack`);
      }
    }),
  );
}

/** What a stack's text says. @throws InputError where it is no configuration of resources */
export function configIn(folder: string, stack: string, text: string): TerraformConfig {
  const file = join(folder, stackFile(stack));
  const config = parsed(file, text);
  const resources = isObject(config) ? (config.resource ?? {}) : undefined;
  const isWhole =
    isObject(resources) && Object.values(resources).every((type) => isObject(type) && Object.values(type).every((body) => isObject(body)));
  return isWhole ? (config as unknown as TerraformConfig) : refuse(file, "is no configuration of resources");
}
