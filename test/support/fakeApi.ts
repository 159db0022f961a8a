/** A stand-in for an API server's transport: it keeps objects by path, and answers as a test says. What the real one does is tried in test/twin/live. */
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { ApiObject, JsonObject } from "../../lib/manifests/apiObject";
import { Api } from "../../lib/twin/api";

/** What the server answers instead of doing as asked: a status with words, or nothing at all. */
export type Refusal = { readonly status: number; readonly message: string } | "silence";

/** The kinds that it knows: by group and version, the plural and whether it is namespaced. */
const kinds: Readonly<Record<string, Readonly<Record<string, readonly [plural: string, namespaced: boolean]>>>> = {
  "/api/v1": { ConfigMap: ["configmaps", true], Namespace: ["namespaces", false], Secret: ["secrets", true] },
  "/apis/metal3.io/v1alpha1": { BareMetalHost: ["baremetalhosts", true] },
};

/** Keeps objects; every request is told to `asked` as `METHOD path`. */
export class FakeApi {
  readonly objects = new Map<string, JsonObject>();
  readonly asked: string[] = [];
  /** What to answer to a request, before it is done. @default do as asked */
  refuse: (request: string, times: number) => Refusal | undefined = () => undefined;
  private readonly server: Server;
  private versions = 0;
  /** Every state that an object had, with the version that it came with. */
  private readonly history: { readonly path: string; readonly version: number; readonly object: JsonObject }[] = [];

  private constructor() {
    this.server = createServer((request, response) => {
      void this.answer(request).then((answer) => {
        if (answer === "silence") return response.destroy();
        const busy = answer.status === 429 ? { "retry-after": "1" } : {};
        return response.writeHead(answer.status, { "content-type": "application/json", ...busy }).end(JSON.stringify(answer.body));
      });
    });
  }

  /** Starts one, and a connection to it; stop both after the test. */
  static async start(): Promise<{ readonly fake: FakeApi; readonly api: Api; readonly stop: () => Promise<void> }> {
    const fake = new FakeApi();
    await new Promise<void>((done) => fake.server.listen(0, "127.0.0.1", done));
    const { port } = fake.server.address() as AddressInfo;
    const api = new Api({ server: `http://127.0.0.1:${port}`, ca: "", cert: "", key: "" });
    return {
      fake,
      api,
      stop: async () => {
        await api.close();
        await new Promise((done) => fake.server.close(done));
      },
    };
  }

  /** The requests of a method, by path. */
  paths(method: string): string[] {
    return this.asked.filter((each) => each.startsWith(`${method} `)).map((each) => each.slice(method.length + 1));
  }

  private async answer(request: IncomingMessage): Promise<{ status: number; body: object } | "silence"> {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://fake");
    const discovered = kinds[pathname];
    if (discovered)
      return {
        status: 200,
        body: { resources: Object.entries(discovered).map(([kind, [name, namespaced]]) => ({ kind, name, namespaced })) },
      };
    const what = `${request.method ?? ""} ${pathname}`;
    this.asked.push(what);
    const refused = this.refuse(what, this.asked.filter((each) => each === what).length);
    if (refused === "silence") return refused;
    if (refused) return { status: refused.status, body: { message: refused.message } };
    const text = (await request.toArray()).join("");
    const fields = searchParams.get("fieldSelector");
    if (searchParams.has("limit") || fields !== null)
      return {
        status: 200,
        body: this.listed(`${pathname}/${fields?.replace("metadata.name=", "") ?? ""}`, searchParams.get("resourceVersion")),
      };
    const before = this.objects.get(pathname);
    if (request.method === "PATCH") {
      const sent = JSON.parse(text) as ApiObject;
      const after = this.store(pathname, sent, searchParams.get("fieldManager") ?? "");
      return { status: before ? 200 : 201, body: after };
    }
    if (!before) return { status: 404, body: { message: `${pathname} not found` } };
    if (request.method === "DELETE") this.objects.delete(pathname);
    return { status: 200, body: before };
  }

  private listed(path: string, version: string | null): object {
    const states = this.history.filter((each) => each.path === path && each.version <= Number(version));
    return { metadata: { resourceVersion: `${this.versions}` }, items: states.slice(-1).map(({ object }) => object) };
  }

  /** As the real one: an apply that says nothing new leaves the entry of its manager as it is. */
  private store(path: string, sent: ApiObject, manager: string): JsonObject {
    const before = this.objects.get(path);
    const known = before?.sent;
    if (before && JSON.stringify(known) === JSON.stringify(sent)) return before;
    this.versions++;
    const managedFields = [{ manager, operation: "Apply", time: new Date().toISOString().replace(/\.\d+Z$/, "Z") }];
    const object = {
      ...sent,
      sent,
      metadata: { ...sent.metadata, uid: `uid-${path}`, resourceVersion: `${this.versions}`, managedFields },
    };
    this.objects.set(path, object);
    this.history.push({ path, version: this.versions, object });
    return object;
  }
}
