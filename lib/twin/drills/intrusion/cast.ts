/** Everybody who tries something at a messenger, each with credentials of his own. */
import { valueAt } from "../../../manifests/apiObject";
import { nodeIdentity } from "../../control/authority";
import type { TwinSite } from "../../control/twinSite";
import { inside } from "./attempt";
import type { Target } from "./target";
import type { Cast } from "./trial";
import { tokenRequest } from "./wellFormed";

/** Known to the identity provider, in no group that a messenger names. */
const stranger = { user: "stranger", groups: ["strangers"] };

/** The messenger's people by the groups of its file; where no group deploys, its ServiceAccount does. A retired messenger has none. */
export async function castOf(twinSite: TwinSite, target: Target): Promise<Cast> {
  const { messenger, namespace, access, live, server } = target;
  const administrator = await twinSite.admin();
  const person = async (who: "viewer" | "deployer" | "admin") => {
    const groups = access[`${who}s`];
    return groups.length > 0 ? { [who]: await twinSite.as({ user: `${who}@${messenger}`, groups }) } : {};
  };
  let account = {};
  if (live) {
    const path = inside(namespace, "v1", "serviceaccounts", "deployer", "token");
    const token = valueAt(await administrator.demand("POST", path, { body: tokenRequest }), "status", "token");
    if (typeof token !== "string") throw new Error(`${namespace}: the API server gave no token`);
    const bearer = twinSite.bearing(token);
    account = { account: bearer, ...(access.deployers.length === 0 && { deployer: bearer }) };
  }
  return {
    administrator,
    people: {
      ...account,
      ...(await person("viewer")),
      ...(await person("deployer")),
      ...(await person("admin")),
      stranger: await twinSite.as(stranger),
      node: await twinSite.as(nodeIdentity(server)),
    },
  };
}
