/** Who of a messenger may do what in its namespace: three Roles, bound to groups of the identity provider. */
import { Construct } from "../engine/terraform";
import type { ITerraformDependable } from "../engine/terraform";
import { RoleBindingV1, RoleV1, ServiceAccountV1 } from "../engine/kubernetes";
import type { Messenger } from "../request/messenger";
import { roleNames, roleRules, type RoleName } from "./roles";

const rbac = "rbac.authorization.k8s.io";
/** The identity of the messenger's own deployments. */
const deploymentAccount = "deployer";

export interface AccessProps {
  readonly namespace: string;
  readonly access: Messenger["access"];
  readonly dependsOn: ITerraformDependable[];
}

/** Roles, their bindings, and one ServiceAccount that deploys. Nothing mounts its token by itself. */
export class Access extends Construct {
  constructor(scope: Construct, id: string, props: AccessProps) {
    super(scope, id);
    const { namespace, access, dependsOn } = props;
    const account = new ServiceAccountV1(this, "account", {
      metadata: { name: deploymentAccount, namespace },
      automountServiceAccountToken: false,
      dependsOn,
    });
    const groups: Readonly<Record<RoleName, readonly string[]>> = {
      admin: access.admins,
      deployer: access.deployers,
      viewer: access.viewers,
    };
    for (const name of roleNames) {
      const role = new RoleV1(this, `role-${name}`, {
        metadata: { name, namespace },
        rule: roleRules[name].map(({ apiGroup, resources, verbs }) => ({
          apiGroups: [apiGroup],
          resources: [...resources],
          verbs: [...verbs],
        })),
        dependsOn,
      });
      const subject = [
        ...(name === "deployer" ? [{ kind: "ServiceAccount", name: deploymentAccount, namespace }] : []),
        // A group is in no namespace; the provider would say that it is in `default`.
        ...groups[name].map((group) => ({ kind: "Group", name: group, namespace: "", apiGroup: rbac })),
      ];
      if (subject.length > 0)
        new RoleBindingV1(this, `binding-${name}`, {
          metadata: { name, namespace },
          roleRef: { apiGroup: rbac, kind: "Role", name },
          subject,
          dependsOn: [...dependsOn, role, ...(name === "deployer" ? [account] : [])],
        });
    }
  }
}
