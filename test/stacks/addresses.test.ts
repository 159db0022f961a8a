/**
 * Terraform addresses are public contract: a resource whose address changes is destroyed and made anew, and with it a live namespace
 * or a running server. The golden files name every address of the shared request and the object behind it.
 */
import { stackNames, buildApp } from "../../lib/stacks/app";
import { expectGolden } from "../support/golden";
import { grantedRequest } from "../support/granted";
import { Synthesized, written, type Attributes } from "../support/synth";

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

const request = grantedRequest();
const texts = written((outdir) => buildApp(request, { outdir }));
const holders = [...new Set([...texts.keys()].map((name) => name.slice(0, name.indexOf("."))))];

test.each(holders)("the addresses of %s are those that were reviewed", (holder) => {
  const stacks = [...texts].filter(([name]) => name.startsWith(`${holder}.`));
  const lines = stacks.map(([name, text]) => {
    const stack = new Synthesized(JSON.parse(text) as Attributes);
    return [name, ...stack.addresses.map((address) => `  ${line(stack, address)}`)].join("\n");
  });
  expectGolden(`addresses-${holder}.txt`, `${lines.join("\n\n")}\n`);
});

test("every stack is among them", () => {
  expect([...texts.keys()]).toEqual([...stackNames(request)].sort());
  expect(holders).toEqual(["bale", "hodhod", "site", "soroush"]);
});
