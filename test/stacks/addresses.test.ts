/**
 * Terraform addresses are public contract: a resource whose address changes is destroyed and made anew, and with it a live namespace
 * or a running server. The golden files name every address of the company's own stacks and the object behind it, one file a messenger.
 */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { readRequest } from "../../lib/request/read";
import { stackNames, buildApp } from "../../lib/stacks/app";
import { Synthesized, written, type Attributes } from "../support/synth";
import { expectUpToDate } from "../support/upToDate";

interface Named {
  readonly kind?: string;
  readonly metadata: { readonly name: string; readonly namespace?: string };
}

/** `address  Kind namespace/name`; kinds with a type of their own say it in the address. */
function line(stack: Synthesized, address: string): string {
  const body = stack.at(address);
  const { kind, metadata } = (body.manifest ?? body) as Named;
  const name = metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`;
  return [address, kind, name].filter((part) => part !== undefined).join(" ");
}

const { lock, ...read } = readRequest(join(__dirname, "../../stacks"));
if (!lock) throw new Error("stacks/ has no lock: run npx zirsakht allocate");
const request = { ...read, lock };
const texts = written((outdir) => buildApp(request, { outdir }));
const holders = [...new Set([...texts.keys()].map((name) => name.slice(0, name.indexOf("."))))];

test.each(holders)("the addresses of %s are those that were reviewed", (holder) => {
  const stacks = [...texts].filter(([name]) => name.startsWith(`${holder}.`));
  const lines = stacks.map(([name, text]) => {
    const stack = new Synthesized(JSON.parse(text) as Attributes);
    return [name, ...stack.addresses.map((address) => `  ${line(stack, address)}`)].join("\n");
  });
  expectUpToDate(`test/golden/${holder}.txt`, `${lines.join("\n\n")}\n`);
});

test("every stack is among them", () => {
  expect([...texts.keys()]).toEqual([...stackNames(request)].sort());
  expect(readdirSync(join(__dirname, "../golden")).sort()).toEqual(holders.map((holder) => `${holder}.txt`).sort());
});
