/** A stack that is applied to one site's cluster: its state, its provider, and ids that stay. */
import {
  TerraformElement,
  TerraformResource,
  TerraformStack,
  TerraformVariable,
  type Construct,
  type TerraformOutput,
} from "../engine/terraform";
import { KubernetesProvider } from "../engine/kubernetes";
import type { Estate, Site } from "../request/estate";
import { InputError } from "../request/problem";
import { StateBackend } from "./backend";

/** cdktf's id of the one resource of a construct; it is left out of addresses. */
const defaultChild = "Resource";

export interface ClusterStackProps {
  readonly estate: Estate;
  /** The site's name. */
  readonly site: string;
}

/**
 * The base of every stack. A Terraform address is the path of construct ids, joined with `_`: readable, the same whatever else
 * is in the stack, and public contract, for a renamed id destroys what it named. cdktf drops characters that it does not
 * like and merges resources whose addresses meet without a word; here such an id is refused.
 */
export class ClusterStack extends TerraformStack {
  readonly estate: Estate;
  readonly site: Site;
  readonly siteName: string;

  constructor(scope: Construct, id: string, props: ClusterStackProps) {
    super(scope, id);
    const site = props.estate.sites[props.site];
    if (!site)
      throw new InputError([
        { message: `stack ${id} is for the site ${props.site}; the estate has ${Object.keys(props.estate.sites).join(", ")}` },
      ]);
    this.estate = props.estate;
    this.site = site;
    this.siteName = props.site;
    new StateBackend(this, "backend", { state: site.state, context: site.context, stack: id });
    const kubeconfig = new TerraformVariable(this, "kubeconfig", {
      type: "string",
      default: "~/.kube/config",
      description: "The file that holds the site's context.",
    });
    new KubernetesProvider(this, "kubernetes", { configPath: kubeconfig.stringValue, configContext: site.context });
    this.node.addValidation({ validate: () => this.sharedAddresses() });
  }

  protected override allocateLogicalId(element: TerraformElement | Construct["node"]): string {
    const node = TerraformElement.isTerraformElement(element) ? element.node : element;
    const ids = node.scopes.slice(node.scopes.indexOf(this) + 1).map((each) => each.node.id);
    const address = ids.filter((id) => id !== defaultChild).join("_");
    if (/^[A-Za-z][A-Za-z0-9-]*(?:_[A-Za-z0-9-]+)*$/.test(address) && ids.every((id) => !id.includes("_"))) return address;
    throw new Error(
      `the construct id ${JSON.stringify(ids.join("/"))} in stack ${this.node.id} cannot be an address; use letters, digits and hyphens, a letter first`,
    );
  }

  /** cdktf would put the value into an output and let the other stack read this one's state. */
  override registerOutgoingCrossStackReference(identifier: string): TerraformOutput {
    throw new Error(
      `${identifier} of stack ${this.node.id} is used in another stack; pass the plain value instead, for a stack must apply while the other's site is down`,
    );
  }

  private sharedAddresses(): string[] {
    const paths = new Map<string, string>();
    return this.node.findAll().flatMap((construct) => {
      if (!TerraformResource.isTerraformResource(construct)) return [];
      const address = `${construct.terraformResourceType}.${construct.friendlyUniqueId}`;
      const other = paths.get(address);
      paths.set(address, construct.node.path);
      return other === undefined ? [] : [`${other} and ${construct.node.path} have one address, ${address}; give one of them another id`];
    });
  }
}
