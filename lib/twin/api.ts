/** A person's, a program's or a node's connection to a site's API server: plain requests with credentials of its own. */
import { setTimeout as pause } from "node:timers/promises";
import { Agent, request } from "undici";
import { isObject, objects } from "../manifests/apiObject";
import type { ApiObject, Json, JsonObject } from "../manifests/apiObject";

/** Who a connection speaks as, and where to. */
export interface Connection {
  /** The API server's address, such as `https://127.0.0.1:41231`. */
  readonly server: string;
  /** PEM: the certificate of the site's authority; the client's own certificate and key. */
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** The same as the bearer of a ServiceAccount's token. */
export interface Bearer extends Pick<Connection, "server" | "ca"> {
  readonly token: string;
}

/** What the API server answered; a refusal is an answer, not an error. */
export interface Answer {
  readonly status: number;
  readonly body: JsonObject;
}

/** What to ask for beside method and path. */
export interface Ask {
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: Json;
  /** @default application/json; of PATCH application/merge-patch+json */
  readonly contentType?: string;
  /** Such as those by which somebody speaks as somebody else. @default none */
  readonly headers?: Readonly<Record<string, string>>;
  /** How long the answer may take, the connection to begin with, in milliseconds. @default 5 minutes until it begins */
  readonly patience?: number;
}

/** An answer that was not the one needed, with the API server's own words. */
export class ApiError extends Error {
  constructor(
    readonly what: string,
    readonly answer: Answer,
  ) {
    super(`${what}: ${messageOf(answer)}`);
    this.name = "ApiError";
  }
}

/** The API server's words for a refusal. */
export function messageOf({ status, body }: Answer): string {
  return typeof body.message === "string" ? body.message : `status ${String(status)}`;
}

/** Whether the API server did what was asked. */
export const isDone = ({ status }: Answer): boolean => status >= 200 && status < 300;

/** How many objects one page of a list holds; the API server keeps pages of this size cheap. */
const pageSize = "500";
/** Requests at once over one connection's agent. */
const connections = 16;
/** How often a request is asked that the API server puts off, and for how long it may put one off to be asked again, in seconds. */
const [mostTimes, longest] = [10, 30];

/** A resource as discovery names it. */
interface Resource {
  readonly name: string;
  readonly namespaced: boolean;
}

/** Speaks to one API server as one identity. Close it, or the process does not end. */
export class Api<Own extends Connection | Bearer = Connection> {
  private readonly agent: Agent;
  private readonly authorization: Readonly<Record<string, string>>;
  private readonly kinds = new Map<string, Promise<Map<string, Resource>>>();

  constructor(readonly connection: Own) {
    const { ca, cert, key, token }: Pick<Connection, "ca"> & Partial<Connection & Bearer> = connection;
    this.agent = new Agent({ connect: { ca, ...(cert !== undefined && { cert, key }) }, connections });
    this.authorization = token === undefined ? {} : { authorization: `Bearer ${token}` };
  }

  /**
   * Sends a request; answers with whatever the server says. What it puts off (429 with a time: it is busy, or has just begun and not yet
   * read what it is to list) it has not done, so that is asked again when it says, as all of Kubernetes' own clients do.
   * Throws where nobody answers.
   */
  async request(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, ask: Ask = {}): Promise<Answer> {
    const url = new URL(path, this.connection.server);
    for (const [name, value] of Object.entries(ask.query ?? {})) url.searchParams.set(name, value);
    const contentType = ask.contentType ?? (method === "PATCH" ? "application/merge-patch+json" : "application/json");
    const end = performance.now() + (ask.patience ?? Infinity);
    const patience = ask.patience === undefined ? {} : { signal: AbortSignal.timeout(ask.patience) };
    for (let times = 1; ; times++) {
      const response = await request(url, {
        method,
        dispatcher: this.agent,
        ...patience,
        headers: {
          accept: "application/json",
          ...this.authorization,
          ...(ask.body !== undefined && { "content-type": contentType }),
          ...ask.headers,
        },
        ...(ask.body !== undefined && { body: JSON.stringify(ask.body) }),
      });
      const text = await response.body.text();
      const seconds = Number(response.headers["retry-after"]);
      const again = response.statusCode === 429 && seconds > 0 && seconds <= longest && performance.now() + seconds * 1000 < end;
      if (!again || times === mostTimes) return { status: response.statusCode, body: bodyOf(text) };
      await pause(seconds * 1000);
    }
  }

  /** As `request`, and throws an ApiError where it was refused. */
  async demand(method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE", path: string, ask: Ask = {}): Promise<JsonObject> {
    const answer = await this.request(method, path, ask);
    if (!isDone(answer)) throw new ApiError(`${method} ${path}`, answer);
    return answer.body;
  }

  /** Every object of a collection such as `/api/v1/nodes`, page by page; `ask` holds for each page. */
  async list(path: string, query: Readonly<Record<string, string>> = {}, ask: Pick<Ask, "patience"> = {}): Promise<ApiObject[]> {
    const found: ApiObject[] = [];
    let at = "";
    do {
      const body = await this.demand("GET", path, { ...ask, query: { ...query, limit: pageSize, ...(at !== "" && { continue: at }) } });
      found.push(...((body.items ?? []) as readonly ApiObject[]));
      at = isObject(body.metadata) && typeof body.metadata.continue === "string" ? body.metadata.continue : "";
    } while (at !== "");
    return found;
  }

  /** The path of an object, or of its collection where `name` is left out. Throws where the server has no such kind. */
  async pathOf({
    apiVersion,
    kind,
    metadata,
  }: Pick<ApiObject, "apiVersion" | "kind"> & { readonly metadata?: JsonObject }): Promise<string> {
    const base = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const resource = (await this.resources(base)).get(kind);
    if (!resource) throw new Error(`the API server has no kind ${kind} of ${apiVersion}`);
    const namespace = resource.namespaced ? `/namespaces/${textOf(metadata?.namespace) ?? "default"}` : "";
    const name = textOf(metadata?.name);
    return `${base}${namespace}/${resource.name}${name === undefined ? "" : `/${name}`}`;
  }

  /** Server-side apply of one object under a field manager's name; fields that others hold are taken over. */
  async apply(object: ApiObject, fieldManager: string): Promise<Answer> {
    const query = { fieldManager, force: "true" };
    return this.request("PATCH", await this.pathOf(object), { query, body: object, contentType: "application/apply-patch+yaml" });
  }

  /** Ends the connection's sockets. */
  async close(): Promise<void> {
    await this.agent.close();
  }

  /** Forgets which kinds there are, after new ones were defined. */
  forgetKinds(): void {
    this.kinds.clear();
  }

  private resources(base: string): Promise<Map<string, Resource>> {
    const known = this.kinds.get(base);
    if (known) return known;
    const found = this.demand("GET", base).then(
      ({ resources }) =>
        new Map(
          objects(resources).flatMap(({ kind, name, namespaced }): [string, Resource][] =>
            // Names with a slash are subresources.
            typeof kind === "string" && typeof name === "string" && !name.includes("/")
              ? [[kind, { name, namespaced: namespaced === true }]]
              : [],
          ),
        ),
    );
    found.catch(() => this.kinds.delete(base));
    this.kinds.set(base, found);
    return found;
  }
}

const textOf = (value: Json | undefined): string | undefined => (typeof value === "string" ? value : undefined);

function bodyOf(text: string): JsonObject {
  try {
    const body = JSON.parse(text) as Json;
    return isObject(body) ? body : { message: text };
  } catch {
    return { message: text };
  }
}
