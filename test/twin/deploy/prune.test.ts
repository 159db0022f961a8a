import type { ApiObject } from "../../../lib/manifests/apiObject";
import { applyAll } from "../../../lib/twin/apply";
import { referenceTo } from "../../../lib/twin/deploy/deployed";
import { prune } from "../../../lib/twin/deploy/prune";
import { FakeApi } from "../../support/fakeApi";

const hardware = "zirsakht-hardware";
const host: ApiObject = { apiVersion: "metal3.io/v1alpha1", kind: "BareMetalHost", metadata: { name: "s01", namespace: hardware } };
const data: ApiObject = { apiVersion: "v1", kind: "Secret", metadata: { name: "s01.network", namespace: hardware } };
const namespace: ApiObject = { apiVersion: "v1", kind: "Namespace", metadata: { name: "messenger-a" } };
const inside: ApiObject = { apiVersion: "v1", kind: "ConfigMap", metadata: { name: "banner", namespace: "messenger-a" } };
const all = [inside, data, namespace, host];
const paths = {
  host: `/apis/metal3.io/v1alpha1/namespaces/${hardware}/baremetalhosts/s01`,
  data: `/api/v1/namespaces/${hardware}/secrets/s01.network`,
  namespace: "/api/v1/namespaces/messenger-a",
};

let server: Awaited<ReturnType<typeof FakeApi.start>>;
beforeEach(async () => {
  server = await FakeApi.start();
  await applyAll(
    server.api,
    all.map((object) => ({ object })),
  );
});
afterEach(() => server.stop());

const pruned = () => prune(server.api, all.map(referenceTo));

test("hosts go first, then namespaces with all that is in them, then what hosts read", async () => {
  await expect(pruned()).resolves.toEqual({ removed: 4, kept: [], refused: [] });
  expect(server.fake.paths("DELETE")).toEqual([paths.host, paths.namespace, paths.data]);
});

test("a guarded host stays, with the guard's words, and with it everything else", async () => {
  server.fake.refuse = (request) => (request === `DELETE ${paths.host}` ? { status: 403, message: "it is guarded" } : undefined);
  await expect(pruned()).resolves.toEqual({
    removed: 0,
    kept: all.map(referenceTo),
    refused: [{ item: referenceTo(host), words: "it is guarded" }],
  });
  expect(server.fake.paths("DELETE")).toEqual([paths.host]);
});

test("what is gone already, or was made anew by another, is left alone", async () => {
  server.fake.objects.delete(paths.host);
  server.fake.objects.set(paths.data, { metadata: { uid: "another", managedFields: [{ manager: "kubectl", operation: "Apply" }] } });
  await expect(pruned()).resolves.toMatchObject({ removed: 4, refused: [] });
  expect(server.fake.paths("DELETE")).toEqual([paths.namespace]);
});
