/** A side of a comparison that was synthesized before: a folder such as cdktf.out. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TerraformConfig } from "../manifests/apiObject";
import { InputError } from "../request/problem";
import { reasonOf } from "../request/textFile";
import { listFile, stackFile } from "./madeStacks";
import { listedIn } from "./stackList";

/** Whether a name is the folder of a synth. */
export const isSynthFolder = (name: string): boolean => existsSync(join(name, listFile));

/** The text of cdk.tf.json of every stack in the folder, by stack. @throws InputError where a file is missing */
export function stackTextsIn(folder: string): Map<string, string> {
  const stacks = Object.keys(listedIn(readFileSync(join(folder, listFile), "utf8"))).sort();
  return new Map(
    stacks.map((stack) => {
      const file = join(folder, stackFile(stack));
      try {
        return [stack, readFileSync(file, "utf8")];
      } catch (error) {
        throw new InputError([{ message: `${file} ${reasonOf(error)}, and ${listFile} names its stack; synthesize the folder anew` }]);
      }
    }),
  );
}

/** What a stack's text says. @throws InputError where it is no JSON */
export function configIn(folder: string, stack: string, text: string): TerraformConfig {
  try {
    return JSON.parse(text) as TerraformConfig;
  } catch {
    throw new InputError([{ message: `${join(folder, stackFile(stack))} is no JSON; synthesize the folder anew` }]);
  }
}
