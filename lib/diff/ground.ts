/** The files that a side is made from. */
import type { AllocatedRequest } from "../request/allocated";
import type { Source } from "../request/source";
import type { Values } from "../sizing/coefficient";

/** What the files of one side say, with the places of what they say. Files are named from the top of the repository. */
export interface Ground extends AllocatedRequest {
  /** The text of estate.yaml. */
  readonly estateText: string;
  /** The text of a messenger's file; `undefined` where it has none. */
  readonly messengerText: (id: string) => string | undefined;
  /** estate.yaml as written. */
  readonly estateSource: () => Source;
  /** A messenger's file as written; `undefined` where it has none. */
  readonly messengerSource: (id: string) => Source | undefined;
  /** The lock as written. */
  readonly lockSource: () => Source;
  /** The coefficients of this side, and their file where it is one of the repository. */
  readonly coefficients: { readonly values: Values; readonly source?: () => Source };
}
