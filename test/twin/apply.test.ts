import type { ApiObject } from "../../lib/manifests/apiObject";
import { applyAll } from "../../lib/twin/apply";
import { FakeApi } from "../support/fakeApi";

const namespace = (name: string): ApiObject => ({ apiVersion: "v1", kind: "Namespace", metadata: { name } });
const secret = (name: string, value = "a"): ApiObject => ({ apiVersion: "v1", kind: "Secret", metadata: { name, namespace: "n" }, value });
const host = (name: string): ApiObject => ({ apiVersion: "metal3.io/v1alpha1", kind: "BareMetalHost", metadata: { name, namespace: "n" } });
const items = (...objects: ApiObject[]) => objects.map((object) => ({ object }));
const secrets = "/api/v1/namespaces/n/secrets";

let server: Awaited<ReturnType<typeof FakeApi.start>>;
beforeEach(async () => {
  server = await FakeApi.start();
});
afterEach(() => server.stop());

test("namespaces come first, and hosts after what they read", async () => {
  const { fake, api } = server;
  await applyAll(api, items(host("h"), secret("s"), namespace("n")));
  expect(fake.paths("PATCH")).toEqual(["/api/v1/namespaces/n", `${secrets}/s`, "/apis/metal3.io/v1alpha1/namespaces/n/baremetalhosts/h"]);
});

test("says what was created, what changed and what did not", async () => {
  const { api } = server;
  const all = { created: 0, changed: 0, unchanged: 0, refused: [] };
  await expect(applyAll(api, items(secret("a"), secret("b")))).resolves.toEqual({ ...all, created: 2 });
  await expect(applyAll(api, items(secret("a"), secret("b")))).resolves.toEqual({ ...all, unchanged: 2 });
  await expect(applyAll(api, items(secret("a", "new"), secret("b"), secret("c")))).resolves.toEqual({
    ...all,
    created: 1,
    changed: 1,
    unchanged: 1,
  });
});

test("what a controller wrote meanwhile is no change of ours", async () => {
  const { fake, api } = server;
  await applyAll(api, items(secret("a")));
  const [[path, object] = ["", {}]] = [...fake.objects];
  const managedFields = [{ manager: "zirsakht", operation: "Apply", time: "2026-11-24T00:00:00Z" }];
  const metadata = { ...(object.metadata as object), managedFields, resourceVersion: "99", annotations: { by: "others" } };
  fake.objects.set(path, { ...object, metadata });
  await expect(applyAll(api, items(secret("a")))).resolves.toMatchObject({ changed: 0, unchanged: 1 });
});

test("tells every refusal with the API server's words, and goes on", async () => {
  const { fake, api } = server;
  fake.refuse = (request) =>
    /PATCH .*\/(a|c)$/.test(request) ? { status: 403, message: `${request.at(-1) ?? ""} is forbidden` } : undefined;
  const [a, b, c] = items(secret("a"), secret("b"), secret("c"));
  await expect(
    applyAll(
      api,
      [a, b, c].filter((each) => each !== undefined),
    ),
  ).resolves.toEqual({
    created: 1,
    changed: 0,
    unchanged: 0,
    refused: [
      { item: a, words: "a is forbidden" },
      { item: c, words: "c is forbidden" },
    ],
  });
  expect(fake.paths("PATCH").sort()).toEqual([`${secrets}/a`, `${secrets}/b`, `${secrets}/c`]);
});

test.each<[string, Parameters<FakeApi["refuse"]>[1], { status: number; message: string } | "silence"]>([
  ["an API server that is busy", 1, { status: 429, message: "too many requests" }],
  ["one that is in trouble", 1, { status: 503, message: "etcd has no leader" }],
  ["one that does not answer", 1, "silence"],
])("asks %s again", async (_, times, refusal) => {
  const { fake, api } = server;
  fake.refuse = (request, count) => (request.startsWith("PATCH") && count <= times ? refusal : undefined);
  await expect(applyAll(api, items(secret("a")))).resolves.toMatchObject({ created: 1, refused: [] });
  expect(fake.paths("PATCH")).toHaveLength(times + 1);
});

test("does not ask again for what is wrong", async () => {
  const { fake, api } = server;
  fake.refuse = (request) => (request.startsWith("PATCH") ? { status: 422, message: "spec is invalid" } : undefined);
  await expect(applyAll(api, items(secret("a")))).resolves.toMatchObject({ refused: [{ words: "spec is invalid" }] });
  expect(fake.paths("PATCH")).toHaveLength(1);
});

test("gives up an API server that stays silent", async () => {
  const { fake, api } = server;
  fake.refuse = (request) => (request.startsWith("PATCH") ? "silence" : undefined);
  await expect(applyAll(api, items(secret("a")))).rejects.toThrow("other side closed");
  expect(fake.paths("PATCH")).toHaveLength(5);
}, 15_000);

test("an entry of ours that the API server renews is no change", async () => {
  const { fake, api } = server;
  await applyAll(api, items(secret("a")));
  const [[path, object] = ["", {}]] = [...fake.objects];
  // As a policy's, whose status was written since: the same object, another time in our entry.
  const renewed = [{ manager: "zirsakht", operation: "Apply", time: new Date(Date.now() + 1000).toISOString() }];
  fake.objects.set(path, { ...object, metadata: { ...(object.metadata as object), resourceVersion: "99", managedFields: renewed } });
  await expect(applyAll(api, items(secret("a")))).resolves.toMatchObject({ changed: 0, unchanged: 1 });
});
