/** What a messenger, or the pool, holds at a site: the lock seen from its holder. */
import type { LockBandwidth, LockQuota, LockServer } from "../request/lock";

/** A held server with its place in the estate. */
export interface GrantedServer extends LockServer {
  readonly name: string;
  readonly rack: string;
  readonly class: string;
}

/** Everything that one holder has at one site. */
export interface Grant {
  /** The messenger's id, or `pool`. */
  readonly holder: string;
  readonly site: string;
  /** In order of names; every held state. */
  readonly servers: readonly GrantedServer[];
  readonly vlans: readonly number[];
  /** Private prefixes, in order of addresses. */
  readonly private: readonly string[];
  readonly vips: readonly string[];
  readonly egress: readonly { readonly prefix: string; readonly servers: readonly string[] }[];
  readonly bandwidth?: LockBandwidth;
  /** A share of the pool; none with own servers, whose quota is what they can allocate. */
  readonly quota?: LockQuota;
}
