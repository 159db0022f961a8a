/** Who can take the guard away: nobody but a cluster's administrator, for no admission policy can guard admission policies. */
import { isDone, messageOf, type Api } from "../../api";
import { type Identity, nodeIdentity } from "../../control/authority";
import type { TwinSite } from "../../control/twinSite";
import { admissionRules } from "../../../cluster/admission/rules";
import type { Messenger } from "../../../request/messenger";

const kinds = ["validatingadmissionpolicies", "validatingadmissionpolicybindings"];
const group = "/apis/admissionregistration.k8s.io/v1";

/** Everybody of the request's messengers, and a node. */
export function everybody(messengers: readonly Pick<Messenger, "messenger" | "access">[], node: string | undefined): Identity[] {
  const people = messengers.flatMap(({ access }) =>
    [...access.admins, ...access.deployers, ...access.viewers].map((name) => ({ user: `someone-of-${name}`, groups: [name] })),
  );
  return node === undefined ? people : [...people, nodeIdentity(node)];
}

async function isAllowed(api: Api, path: string, method: "DELETE" | "PATCH"): Promise<string | undefined> {
  // A dry run is authorised like any other request, and takes nothing away where it is allowed.
  const answer = await api.request(method, path, { query: { dryRun: "All" }, ...(method === "PATCH" && { body: { spec: {} } }) });
  if (answer.status === 403) return undefined;
  return isDone(answer) ? `${method} ${path} was allowed` : `${method} ${path}: ${messageOf(answer)}`;
}

/** Tries to delete or change every policy and binding of the guard as each of them; what was not refused, in words. */
export async function takeAway(site: TwinSite, people: readonly Identity[]): Promise<string[]> {
  const found: string[] = [];
  for (const identity of people) {
    const api = await site.as(identity);
    for (const kind of kinds)
      for (const { name } of admissionRules)
        for (const method of ["DELETE", "PATCH"] as const) {
          const allowed = await isAllowed(api, `${group}/${kind}/zirsakht-${name}`, method);
          if (allowed !== undefined) found.push(`as ${identity.groups.join(", ")}: ${allowed}`);
        }
  }
  return found;
}
