/** Every stack of the example in stacks/ and of the shared request, as cdktf writes it. */
import { join } from "node:path";
import type { TerraformConfig } from "../../lib/manifests/apiObject";
import type { AllocatedRequest } from "../../lib/request/allocated";
import { readRequest } from "../../lib/request/read";
import { buildApp } from "../../lib/stacks/app";
import { grantedRequest } from "../support/granted";
import { written } from "../support/synth";

/** The example's files, with its lock. */
export function example(): AllocatedRequest {
  const { lock, ...request } = readRequest(join(__dirname, "../../stacks"));
  if (!lock) throw new Error("the example has no lock; write it with `npx zirsakht allocate`");
  return { ...request, lock };
}

/** The stacks of a request by name. */
export function stacksOf(request: AllocatedRequest): (readonly [stack: string, config: TerraformConfig])[] {
  const texts = written((outdir) => buildApp(request, { outdir }));
  return Array.from(texts, ([stack, text]) => [stack, JSON.parse(text) as TerraformConfig] as const);
}

/** All of them. */
export function realStacks(): (readonly [stack: string, config: TerraformConfig])[] {
  return [...stacksOf(example()), ...stacksOf(grantedRequest())];
}
