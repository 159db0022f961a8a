/** A forge on this machine: its REST API as its documentation says, for one project, with pages, and with whatever fault a test asks for. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** What the server knows of a request. */
export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: { readonly body?: string };
}

/** What it answers. */
export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A comment of anybody's. */
export interface Said {
  readonly id: number;
  body: string;
  readonly by: string;
}

/** Answers as `done` says, once `fault` has nothing against it; `"silence"` cuts the connection after `done` had its way. */
export abstract class FakeForge {
  readonly token = "t0ken-that-nobody-may-see";
  readonly asked: string[] = [];
  /** Its address, once it was started. */
  origin = "";
  comments: Said[] = [];
  /** @default none */
  fault: (request: string, times: number) => Answer | "silence" | undefined = () => undefined;
  private readonly server: Server;
  private nextId = 1000;

  constructor() {
    this.server = createServer((request, response) => void this.serve(request, response));
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
    this.origin = `http://127.0.0.1:${String((this.server.address() as AddressInfo).port)}`;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Says something as somebody. */
  say(by: string, body: string): Said {
    const said = { id: this.nextId++, body, by };
    this.comments.push(said);
    return said;
  }

  /** What the API does; `undefined` is a 404. */
  protected abstract done(asked: Asked): Answer | undefined;

  /** A page of a list, with the Link header as both forges write it. */
  protected page({ path, query }: Asked, all: readonly unknown[]): Answer {
    const size = Number(query.get("per_page") ?? 20);
    const number = Number(query.get("page") ?? 1);
    const link = (page: number, rel: string): string => {
      const next = new URLSearchParams(query);
      next.set("page", String(page));
      return `<${this.origin}${path}?${next.toString()}>; rel="${rel}"`;
    };
    const last = Math.max(1, Math.ceil(all.length / size));
    const links = [
      ...(number > 1 ? [link(number - 1, "prev")] : []),
      ...(number < last ? [link(number + 1, "next")] : []),
      link(1, "first"),
      link(last, "last"),
    ];
    return { status: 200, body: all.slice((number - 1) * size, number * size), headers: last > 1 ? { link: links.join(", ") } : {} };
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? "", this.origin);
    let text = "";
    for await (const piece of request) text += String(piece);
    const asked = {
      method: request.method ?? "",
      path: url.pathname,
      query: url.searchParams,
      body: (text ? JSON.parse(text) : {}) as object,
    };
    const name = `${asked.method} ${asked.path}`;
    this.asked.push(name);
    const fault = this.fault(name, this.asked.filter((each) => each === name).length);
    const isKnown = request.headers.authorization === `Bearer ${this.token}`;
    if (fault !== undefined && fault !== "silence") send(response, fault);
    else if (!isKnown) send(response, { status: 401, body: { message: "Bad credentials" } });
    else {
      const answer = this.done(asked) ?? { status: 404, body: { message: "Not Found" } };
      if (fault === "silence") response.destroy();
      else send(response, answer);
    }
  }
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const isText = typeof body === "string";
  response.writeHead(status, { "content-type": isText ? "text/plain" : "application/json", ...headers });
  response.end(body === undefined ? undefined : isText ? body : JSON.stringify(body));
}

const shown = ({ id, body, by }: Said): object => ({ id, body, user: { login: by, type: by.endsWith("[bot]") ? "Bot" : "User" } });

/** GitHub, with pull request 12 of `company/infra`. */
export class FakeGitHub extends FakeForge {
  pull = { number: 12, state: "open", sha: "c0ffee", from: "company/infra" };

  protected done(asked: Asked): Answer | undefined {
    const { method, path, body } = asked;
    const root = "/repos/company/infra";
    const thread = `${root}/issues/${String(this.pull.number)}/comments`;
    const { number, state, sha, from } = this.pull;
    if (method === "GET" && path === `${root}/pulls/${String(number)}`)
      return { status: 200, body: { number, state, head: { sha, ref: "grow", repo: { full_name: from } } } };
    if (method === "GET" && path === thread) return this.page(asked, this.comments.map(shown));
    if (method === "POST" && path === thread) return { status: 201, body: shown(this.say("github-actions[bot]", body.body ?? "")) };
    const said = this.comments.find(({ id }) => path === `${root}/issues/comments/${String(id)}`);
    if (!said) return undefined;
    if (method === "PATCH") said.body = body.body ?? said.body;
    if (method === "DELETE") this.comments = this.comments.filter((each) => each !== said);
    return method === "DELETE" ? { status: 204 } : { status: 200, body: shown(said) };
  }
}

/** GitLab's own notes of what happened are of whoever did it. */
const note = ({ id, body, by }: Said): object => {
  const author = { id: by === "bot" || by === "system" ? 42 : 1, username: by };
  return { id, body, system: by === "system", author };
};

/** A merge request's newest pipelines and what their plan left. */
export interface Request {
  readonly iid: number;
  readonly state: "opened" | "merged";
  /** Newest first. */
  pipelines: { readonly id: number; readonly ref: string; readonly project?: number; readonly plan: string; readonly report?: string }[];
}

/** GitLab, with project 7; the token is of the user `bot`. */
export class FakeGitLab extends FakeForge {
  requests: Request[] = [];
  readonly notes = new Map<number, Said[]>();

  notesOf(iid: number): Said[] {
    const known = this.notes.get(iid) ?? [];
    this.notes.set(iid, known);
    return known;
  }

  protected done(asked: Asked): Answer | undefined {
    const { method, path, query, body } = asked;
    if (method === "GET" && path === "/api/v4/user") return { status: 200, body: { id: 42, username: "bot" } };
    const root = "/api/v4/projects/7";
    if (method === "GET" && path === `${root}/merge_requests`)
      return this.page(
        asked,
        this.requests.filter(({ state }) => state === query.get("state")).map(({ iid }) => ({ id: iid + 500, iid })),
      );
    for (const { iid, pipelines } of this.requests) {
      if (method === "GET" && path === `${root}/merge_requests/${String(iid)}/pipelines`)
        return this.page(
          asked,
          pipelines.map(({ id, ref, project = 7 }) => ({
            id,
            ref,
            project_id: project,
            web_url: `https://lab.example/pipelines/${String(id)}`,
          })),
        );
      for (const { id, project = 7, plan, report } of pipelines) {
        if (project === 7 && path === `${root}/pipelines/${String(id)}/jobs`)
          return this.page(asked, [
            { id: id + 1, name: "other", status: "success" },
            { id: id + 2, name: "plan", status: plan },
          ]);
        if (project === 7 && path === `${root}/jobs/${String(id + 2)}/artifacts/report/report.md` && report !== undefined)
          return { status: 200, body: report };
      }
      const answer = this.thread(asked, `${root}/merge_requests/${String(iid)}/notes`, iid, body.body ?? "");
      if (answer) return answer;
    }
    return undefined;
  }

  private thread(asked: Asked, notes: string, iid: number, body: string): Answer | undefined {
    const all = this.notesOf(iid);
    if (asked.path === notes && asked.method === "GET") return this.page(asked, all.map(note));
    if (asked.path === notes && asked.method === "POST") {
      const said = this.say("bot", body);
      all.push(said);
      return { status: 201, body: note(said) };
    }
    const said = all.find(({ id }) => asked.path === `${notes}/${String(id)}`);
    if (!said) return undefined;
    if (asked.method === "PUT") said.body = body;
    if (asked.method === "DELETE") all.splice(all.indexOf(said), 1);
    return asked.method === "DELETE" ? { status: 204 } : { status: 200, body: note(said) };
  }
}
