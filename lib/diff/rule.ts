/** What a rule of the change report is, and what it answers. One rule stands in one file. */
import type { Comparison } from "./change";

/** Something that a reviewer must not miss. */
export interface Finding {
  /** The rule's name, in lower-case words with hyphens. */
  readonly rule: string;
  readonly stack: string;
  /** The Terraform address, `type.logical_id`; empty where it is about a whole stack. */
  readonly address: string;
  /** The object's kind and name, `Role messenger-gap/admin`; the stack's name where it is about a whole stack. */
  readonly object: string;
  /** What happens, with the values. */
  readonly what: string;
  /** What goes wrong by it. */
  readonly why: string;
  /** Whom the role that it is about is bound to, by the stacks that are compared. @default it is about no role, or they bind it to nobody */
  readonly bound?: string[] | undefined;
}

/** A finding about who may do what; it says whether more or less is allowed than before. */
export interface SecurityFinding extends Finding {
  readonly direction: "widens" | "narrows";
}

/** What a rule finds, without what is the same in all its findings. */
export type Found<F extends Finding> = Omit<F, "rule" | "why">;

/** A rule: a pure function over a comparison. */
export interface ReportRule<F extends Finding> {
  readonly name: string;
  /** What goes wrong, in a sentence that a reviewer who has never met the rule understands. */
  readonly why: string;
  readonly find: (comparison: Comparison) => readonly Found<F>[];
}

/** A rule about what is lost: wiped servers, destroyed namespaces, lifted guards. */
export type RiskRule = ReportRule<Finding>;
/** A rule about who may do what. */
export type SecurityRule = ReportRule<SecurityFinding>;

/** The findings of rules, in the rules' order. */
export function findAll<F extends Finding>(rules: readonly ReportRule<F>[], comparison: Comparison): F[] {
  return rules.flatMap(({ name: rule, why, find }) => find(comparison).map((found) => ({ ...found, rule, why }) as F));
}
