/** Removes everything with the rehearsal's label, of whatever kind: what a drill left that was killed. */
import { objects, texts } from "../../manifests/apiObject";
import { ApiError, isDone, type Api } from "../api";
import { concurrently } from "../concurrent";
import { rehearsalLabel } from "../drill";

/** Requests at once: as many as a connection has sockets. */
const atOnce = 16;

/** The collections of all kinds that can be listed and deleted, of every group in the version that the API server prefers. */
async function collections(api: Api): Promise<{ readonly base: string; readonly resource: string; readonly namespaced: boolean }[]> {
  const { groups } = await api.demand("GET", "/apis");
  const preferred = objects(groups).flatMap(({ preferredVersion }) =>
    objects([preferredVersion ?? null]).flatMap(({ groupVersion }) => (typeof groupVersion === "string" ? [`/apis/${groupVersion}`] : [])),
  );
  const found = await concurrently(["/api/v1", ...preferred], atOnce, async (base) => {
    const { resources } = await api.demand("GET", base);
    return objects(resources).flatMap(({ name, namespaced, verbs }) => {
      const can = texts(verbs);
      // Names with a slash are subresources.
      const isKind = typeof name === "string" && !name.includes("/") && can.includes("list") && can.includes("delete");
      return isKind ? [{ base, resource: name, namespaced: namespaced === true }] : [];
    });
  });
  return found.flat();
}

async function labelled(api: Api): Promise<string[]> {
  const found = await concurrently(await collections(api), atOnce, async ({ base, resource, namespaced }) => {
    const list = await api.list(`${base}/${resource}`, { labelSelector: rehearsalLabel });
    return list.map(
      ({ metadata: { namespace = "", name } }) => `${base}${namespaced ? `/namespaces/${namespace}` : ""}/${resource}/${name}`,
    );
  });
  return found.flat();
}

/** Deletes what is there, and answers with its paths: what others own, or what waits for an operator, may take a while to go. */
export async function sweepOnce(api: Api): Promise<string[]> {
  const found = await labelled(api);
  const body = { apiVersion: "v1", kind: "DeleteOptions", propagationPolicy: "Background", gracePeriodSeconds: 0 };
  await concurrently(found, atOnce, async (path) => {
    const answer = await api.request("DELETE", path, { body });
    if (!isDone(answer) && answer.status !== 404) throw new ApiError(`DELETE ${path}`, answer);
  });
  return found;
}
