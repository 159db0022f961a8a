/** What differs between two sides, object by object. */
import type { ApiObject, Json } from "../manifests/apiObject";

/** An object of one side, with its place. */
export interface SideObject {
  readonly stack: string;
  readonly site: string;
  /** The Terraform address, `type.logical_id`. */
  readonly address: string;
  readonly object: ApiObject;
  /** Whether the resource carries `prevent_destroy`. */
  readonly guarded: boolean;
}

/** All objects of one stack, by Terraform address. */
export type StackObjects = ReadonlyMap<string, SideObject>;

/** What an apply would do with an object; `replace` destroys it and makes it anew. */
export const actions = ["create", "update", "replace", "destroy"] as const;
export type Action = (typeof actions)[number];

/** A field that differs, in the API's words: `spec.image.url`, `rules[0].verbs`. */
export interface Attribute {
  readonly path: string;
  /** @default it was not there */
  readonly before?: Json;
  /** @default it is no longer there */
  readonly after?: Json;
}

/** An object that differs: made, changed, made anew or gone. */
export interface ObjectChange {
  readonly stack: string;
  readonly site: string;
  readonly address: string;
  readonly action: Action;
  /** @default it is created */
  readonly before?: SideObject;
  /** @default it is destroyed */
  readonly after?: SideObject;
  /** What differs; of an object that is created or destroyed, nothing. Secret values are masked. */
  readonly attributes: readonly Attribute[];
  /** The fields that force a replacement. @default none */
  readonly replacedBy?: readonly string[];
}

/** Everything that differs, and where to look for what surrounds it. */
export interface Comparison {
  /** By stack, site stacks first, then by address. */
  readonly changes: readonly ObjectChange[];
  /** Stacks that only one side has, by name. */
  readonly stacks: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** How many stacks are the same on both sides. */
  readonly unchanged: number;
  /** Every object of the stacks that may differ, changed or not, by stack: what refers to something that changes. @default not known */
  readonly sides?: {
    readonly before: ReadonlyMap<string, StackObjects>;
    readonly after: ReadonlyMap<string, StackObjects>;
    /** Whether there are no other stacks. */
    readonly areAll: boolean;
  };
}
