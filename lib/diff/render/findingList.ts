/** Findings, loud; the same over many stacks once, with all its places folded. */
import type { Finding } from "../rule";
import { boundText, foldFindings, type FoldedFinding } from "./foldedFinding";
import { type Markup, markup } from "./markup";
import { code, sentence, type Voice } from "./voice";

/** @param badge a word on each finding. @default none */
export function findingList(findings: readonly Finding[], voice: Voice, badge?: string): Markup {
  return markup`<ul class="findings">${foldFindings(findings).map((folded) => findingItem(folded, voice, badge))}</ul>`;
}

function findingItem({ finding, all }: FoldedFinding<Finding>, voice: Voice, badge: string | undefined): Markup {
  const label = badge === undefined ? undefined : markup`<strong class="badge">${badge}</strong> `;
  const stacks = new Set(all.map(({ stack }) => stack)).size;
  const count = stacks > 1 ? voice.count("inStacks", stacks) : voice.count("objects", all.length);
  const where =
    all.length === 1
      ? markup`<p class="where">${finding.object === finding.stack ? undefined : code(finding.stack)} ${finding.address === "" ? undefined : code(finding.address)}</p>`
      : markup`<details><summary><b>${count}</b></summary>${places(all, voice)}</details>`;
  return markup`<li><p class="what">${label}<span lang="en" dir="ltr">${code(finding.object)} ${finding.what}${boundText(all)}</span></p><p class="why">${sentence(finding.why)} <span class="rule">${code(finding.rule)}</span></p>${where}</li>`;
}

function places(findings: readonly Finding[], voice: Voice): Markup {
  const head = (["stack", "object", "address"] as const).map((word) => markup`<th scope="col">${voice.word(word)}</th>`);
  const row = ({ stack, object, address }: Finding): Markup =>
    markup`<tr><th scope="row">${code(stack)}</th><td>${code(object)}</td><td>${code(address)}</td></tr>`;
  return scrollBox(voice.word("where"), markup`<table><thead><tr>${head}</tr></thead><tbody>${findings.map(row)}</tbody></table>`);
}

/** A box in which what is wide scrolls, by touch and by keyboard. */
export function scrollBox(label: string, content: Markup): Markup {
  return markup`<div class="scroll" role="region" aria-label="${label}" tabindex="0">${content}</div>`;
}
