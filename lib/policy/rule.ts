/** What a rule is given and what it answers. */
import type { ApiObject } from "../manifests/apiObject";
import type { Estate } from "../request/estate";

/** An object with its place: the stack and site that it belongs to, and the resource (`type.logical_id`) that it comes from. */
export interface PlacedObject {
  readonly stack: string;
  readonly site: string;
  readonly address: string;
  readonly object: ApiObject;
}

/** Everything that one synth makes. Rules look at whole trees, so what must be there can be missed and what must differ compared. */
export interface Tree {
  readonly estate: Pick<Estate, "sites">;
  readonly objects: readonly PlacedObject[];
  /** The objects of one kind, in the order of `objects`. */
  readonly ofKind: (kind: string) => readonly PlacedObject[];
  /** The objects of one kind in the namespace that a Namespace object declares, of its stack: what another brings may come later, or never. */
  readonly inNamespace: (namespace: PlacedObject, kind: string) => readonly PlacedObject[];
}

/** A breach of a rule. */
export interface Breach {
  readonly at: PlacedObject;
  /** The field that is wrong, or that is missing, as a path. */
  readonly field: string;
  /** What is wrong, with the value. */
  readonly what: string;
  readonly remedy: string;
}

/** One rule: a pure function over a tree. */
export interface Rule {
  /** Lower-case words with hyphens, as findings name it. */
  readonly name: string;
  /** What goes wrong where it is broken. */
  readonly protects: string;
  /** Kinds of which it must see every object, whichever stack changed; of the rest it needs no more than whole stacks. @default none */
  readonly across?: readonly string[];
  readonly check: (tree: Tree) => Breach[];
}

/** A breach, told to people and programs. */
export interface Finding {
  readonly rule: string;
  readonly stack: string;
  /** The object's kind and name, `Role messenger-gap/admin`. */
  readonly object: string;
  /** The resource, `type.logical_id`. */
  readonly address: string;
  readonly field: string;
  readonly what: string;
  /** What the rule protects. */
  readonly why: string;
  readonly remedy: string;
}
