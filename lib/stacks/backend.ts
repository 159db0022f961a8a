/** Where a stack keeps its state. No login stands here: every backend reads it from its own environment variables. */
import { createHash } from "node:crypto";
import { TerraformBackend, type Construct, type TerraformRemoteState } from "../engine/terraform";
import type { Site } from "../request/estate";

/** The longest name that every backend holds: a label's value, and PostgreSQL's identifiers. */
const longest = 63;
const digestLength = 15;

/**
 * A stack's name as a state's name. Most stay as they are. The kubernetes backend refuses a name that ends
 * in `-<number>`, so such a name gets `.state`; a longer one is cut and gets a digest. No two stacks meet: a stack's name has one
 * dot and a letter after it, these have two dots, or a zero after the last one.
 */
export function stateNameOf(stack: string): string {
  const name = /-\d+$/.test(stack) ? `${stack}.state` : stack;
  if (name.length <= longest) return name;
  const digest = createHash("sha256").update(stack).digest("hex").slice(0, digestLength);
  return `${stack.slice(0, longest - digestLength - 2).replace(/[^a-z0-9]+$/, "")}.0${digest}`;
}

/** The backend's name and attributes for a stack, as Terraform reads them. */
export function backendOf(state: Site["state"], context: string, stack: string): { type: string; attributes: Record<string, unknown> } {
  if ("local" in state)
    // Relative to cdktf.out/stacks/<stack>, where Terraform runs: an absolute path would differ from machine to machine.
    return { type: "local", attributes: { path: `../../../${state.local.path ?? ".zirsakht/state"}/${stateNameOf(stack)}.tfstate` } };
  if ("kubernetes" in state)
    return {
      type: "kubernetes",
      attributes: {
        secret_suffix: stateNameOf(stack),
        namespace: state.kubernetes.namespace ?? "default",
        config_path: "~/.kube/config",
        config_context: state.kubernetes.context ?? context,
      },
    };
  if ("pg" in state) return { type: "pg", attributes: { schema_name: stateNameOf(`${state.pg.schema ?? "zirsakht"}.${stack}`) } };
  if ("http" in state) {
    const address = `${state.http.address.replace(/\/$/, "")}/${stateNameOf(stack)}`;
    const lock = `${address}/lock`;
    return {
      type: "http",
      attributes: { address, lock_address: lock, lock_method: "POST", unlock_address: lock, unlock_method: "DELETE" },
    };
  }
  const { bucket, region, endpoint, prefix } = state.s3;
  return {
    type: "s3",
    attributes: {
      bucket,
      region,
      key: `${prefix === undefined ? "" : `${prefix.replace(/\/$/, "")}/`}${stateNameOf(stack)}.tfstate`,
      encrypt: true,
      use_lockfile: true,
      // A store of one's own knows neither the cloud's regions and accounts nor its newer checksums.
      ...(endpoint !== undefined && {
        endpoints: { s3: endpoint },
        use_path_style: true,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_s3_checksum: true,
      }),
    },
  };
}

/** A stack's backend. One class for all of them: cdktf has none for kubernetes, and its others lack `use_lockfile` and demand a login. */
export class StateBackend extends TerraformBackend {
  private readonly attributes: Record<string, unknown>;

  constructor(scope: Construct, id: string, props: { readonly state: Site["state"]; readonly context: string; readonly stack: string }) {
    const { type, attributes } = backendOf(props.state, props.context, props.stack);
    super(scope, id, type);
    this.attributes = attributes;
  }

  protected override synthesizeAttributes(): Record<string, unknown> {
    return this.attributes;
  }

  /** Every backend must say how its state is read; no stack reads another's (ClusterStack refuses it before). */
  override getRemoteStateDataSource(_scope: Construct, _name: string, fromStack: string): TerraformRemoteState {
    throw new Error(`the state of ${fromStack} is for that stack alone`);
  }
}
