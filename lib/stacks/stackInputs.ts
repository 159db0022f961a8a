/** All that a stack is made from, as text: two stacks with the same inputs are the same. */
import { createHash } from "node:crypto";
import type { StackPlan } from "./app";

export class StackInputs {
  /** Digests of values that many stacks share, such as the estate. */
  private readonly shared = new WeakMap<object, string>();

  /** The inputs of a stack. Where hosts are not told by a rule of the estate, the answers for the stack's servers count. */
  of(plan: StackPlan): string[] {
    const { estate, pool, host, ...own } = "site" in plan ? { ...plan.site, grant: plan.site.pool } : plan.messenger;
    const isByRule = estate.sites[own.site]?.hosts === undefined;
    const hosts = isByRule ? [] : own.grant.servers.map(({ name }) => host(name));
    return [plan.name, this.digestOf(estate), this.digestOf(pool), JSON.stringify(own), JSON.stringify(hosts)];
  }

  private digestOf(value: object): string {
    const digest = this.shared.get(value) ?? createHash("sha256").update(JSON.stringify(value)).digest("base64url");
    this.shared.set(value, digest);
    return digest;
  }
}
