/** The Secrets that a site's set-up places among the hosts, and that the stacks only name (docs/site.md): the join user data, and a login for each management controller. */
import { randomBytes } from "node:crypto";
import { joinSecret } from "../../hardware/host";
import { hardwareNamespace } from "../../hardware/namespace";
import type { ApiObject } from "../../manifests/apiObject";
import type { AllocatedRequest } from "../../request/allocated";
import { serversOfRack } from "../../request/server";
import type { Api } from "../api";
import { ApiError, isDone } from "../api";
import { concurrently } from "../concurrent";
import { joinUserData } from "../nodes/join";

/**
 * The second owner of the logins. The Baremetal Operator makes a host the owner of its login, which would go with the host; the next
 * grant of the server would then wait in `registering` for ever.
 */
const keeper = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "bmc-keeper", namespace: hardwareNamespace } } as const;

const within = `/api/v1/namespaces/${hardwareNamespace}`;
/** Requests at once. */
const atOnce = 16;

/** The names of the logins of a site's servers, granted or free. */
export function loginsOf({ estate, host }: Pick<AllocatedRequest, "estate" | "host">, site: string): string[] {
  const racks = Object.keys(estate.sites[site]?.racks ?? {});
  const servers = racks.flatMap((rack) => serversOfRack(estate, site, rack));
  return [...new Set(servers.map(({ name }) => host(name).bmc.credentials))];
}

function secret(name: string, stringData: Readonly<Record<string, string>>, owner?: { readonly uid: string }): ApiObject {
  const { metadata, ...kind } = keeper;
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name,
      namespace: hardwareNamespace,
      ...(owner && { ownerReferences: [{ ...kind, name: metadata.name, uid: owner.uid }] }),
    },
    type: "Opaque",
    stringData: { ...stringData },
  };
}

/** A login with a password of its own. The operator's test mode never uses it. */
const login = (name: string, keeperUid: string): ApiObject =>
  secret(name, { username: "twin", password: randomBytes(12).toString("hex") }, { uid: keeperUid });

/** Places what is missing; the stack of the site must be there. Returns how many were placed. */
export async function placeSecrets(api: Api, logins: readonly string[]): Promise<number> {
  const there = new Set((await api.list(`${within}/secrets`)).map(({ metadata }) => metadata.name));
  const missing = logins.filter((name) => !there.has(name));
  const isPlaced = missing.length === 0 && there.has(joinSecret);
  if (isPlaced) return 0;
  await create(api, `${within}/configmaps`, keeper);
  const { metadata } = await api.demand("GET", `${within}/configmaps/${keeper.metadata.name}`);
  const { uid } = metadata as { readonly uid: string };
  const secrets = [
    ...(there.has(joinSecret) ? [] : [secret(joinSecret, { userData: joinUserData() })]),
    ...missing.map((name) => login(name, uid)),
  ];
  await concurrently(secrets, atOnce, (each) => create(api, `${within}/secrets`, each));
  return secrets.length;
}

/** Creates an object where it is not there yet. */
async function create(api: Api, collection: string, object: ApiObject): Promise<void> {
  const answer = await api.request("POST", collection, { body: object });
  const conflict = 409;
  if (!isDone(answer) && answer.status !== conflict)
    throw new ApiError(`the site's set-up: ${object.kind} ${object.metadata.name}`, answer);
}
