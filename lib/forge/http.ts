/** Requests to a forge's REST API: pages, refusals in words, and patience with what passes. */
import { InputError } from "../request/problem";
import { field, textIn } from "./shape";

/** Where a forge's API is, and as whom. */
export interface Login {
  /** As people call it: GitHub, GitLab. */
  readonly forge: string;
  /** Without a slash at the end, such as `https://api.github.com`. */
  readonly api: string;
  /** Never printed. */
  readonly token: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What to do about a refusal, by its status. */
  readonly remedies: Readonly<Record<number, string>>;
}

/** The time, and waiting; tests bring their own. */
export interface Clock {
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly wait: (milliseconds: number) => Promise<void>;
}

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

/** A refusal, in words. `again` says after how many milliseconds it may have passed, `undefined` that it will not pass. */
export class ForgeError extends InputError {
  constructor(
    message: string,
    readonly status: number | undefined,
    readonly again: number | "soon" | undefined,
  ) {
    super([{ message }]);
    this.name = "ForgeError";
  }
}

/** How long an answer may take. */
const patience = 30_000;
/** The waits between attempts where the forge names none. */
const waits = [1_000, 2_000, 4_000, 8_000];
/** A forge that asks for a longer wait is not waited for. */
const longestWait = 10 * 60_000;
/** Text of others is read as far as this. */
const mostBytes = 4 * 2 ** 20;

/** Asks a path of the API, or a whole address as a Link header names it. Throws a ForgeError where it is refused or nobody answers. */
export async function ask(login: Login, method: Method, path: string, clock: Clock, body?: object): Promise<Response> {
  const url = new URL(path.startsWith("/") ? `${login.api}${path}` : path);
  // A page's address comes from the answer; the token goes to the API alone.
  if (url.origin !== new URL(login.api).origin) throw fault(login, `${login.forge} names a next page on another server, ${url.origin}`);
  const headers = {
    ...login.headers,
    authorization: `Bearer ${login.token}`,
    "user-agent": "zirsakht",
    ...(body && { "content-type": "application/json" }),
  };
  const what = `${method} ${url.pathname}`;
  let response: Response;
  try {
    response = await fetch(url, { method, headers, signal: AbortSignal.timeout(patience), ...(body && { body: JSON.stringify(body) }) });
  } catch (error) {
    // The cause names the network's trouble; the error alone says that there is one.
    const reason = textIn(field(error, "cause"), "message") ?? textIn(error, "message") ?? "";
    throw fault(login, `${login.forge} does not answer ${what}: ${reason}`, undefined, "soon");
  }
  if (response.ok) return response;
  const words = wordsOf(await textOf(response).catch(() => ""));
  const again = passing(response, clock);
  const remedy = again === undefined ? login.remedies[response.status] : undefined;
  const said = `${login.forge} refuses ${what} with ${String(response.status)}${words === "" ? "" : `: ${words}`}`;
  throw fault(login, remedy === undefined ? said : `${said}; ${remedy}`, response.status, again);
}

/** What a forge, or the network, said may hold anything; never the token. */
function fault({ token }: Login, message: string, status?: number, again?: number | "soon"): ForgeError {
  return new ForgeError(message.replaceAll(token, "…"), status, again);
}

/** Whether what a request was about was still there. */
export async function unlessGone(request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    if (error instanceof ForgeError && (error.status === 404 || error.status === 410)) return false;
    throw error;
  }
}

/** Every entry of a list, page by page, as the Link header leads. */
export async function listAll(login: Login, path: string, clock: Clock): Promise<unknown[]> {
  const found: unknown[] = [];
  let next: string | undefined = path;
  while (next !== undefined) {
    const response = await ask(login, "GET", next, clock);
    const page = await jsonOf(response);
    if (!Array.isArray(page)) throw new ForgeError(`${login.forge} answers ${path} with something else than a list`, undefined, undefined);
    found.push(...(page as unknown[]));
    next = nextPage(response.headers.get("link") ?? "");
  }
  return found;
}

/** The address of the next page in a Link header (RFC 8288); its parameters come in any order. */
function nextPage(link: string): string | undefined {
  for (const [, url, parameters = ""] of link.matchAll(/<([^>]*)>([^<]*)/g)) {
    if (/;\s*rel="?[^",;]*\bnext\b/.test(parameters)) return url;
  }
  return undefined;
}

/** The answer's text, as far as it may be long. */
export async function textOf(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    size += piece.length;
    if (size > mostBytes) {
      const most = String(mostBytes / 2 ** 20);
      throw new ForgeError(`${new URL(response.url).pathname} is longer than ${most} MiB; nothing that long is read`, undefined, undefined);
    }
  }
  return Buffer.concat(pieces).toString("utf8");
}

/** The answer as JSON. */
export async function jsonOf(response: Response): Promise<unknown> {
  const text = await textOf(response);
  try {
    return JSON.parse(text);
  } catch {
    throw new ForgeError(`${new URL(response.url).pathname} answers with something else than JSON`, response.status, "soon");
  }
}

/** A forge's own words for a refusal: GitHub has `message`, GitLab `message` or `error`, as text or by field. */
function wordsOf(text: string): string {
  let said: unknown = text;
  try {
    const body = JSON.parse(text) as { readonly message?: unknown; readonly error?: unknown };
    said = body.message ?? body.error ?? text;
  } catch {
    // A proxy's page, perhaps.
  }
  return (typeof said === "string" ? said : JSON.stringify(said)).replace(/\s+/g, " ").trim().slice(0, 300);
}

/** After how long a refusal may have passed: as the forge says; soon, where it says nothing; never, where it is about us. */
function passing({ status, headers }: Response, clock: Clock): number | "soon" | undefined {
  const isExhausted = headers.get("x-ratelimit-remaining") === "0" || headers.has("retry-after");
  if (status < 500 && status !== 429 && !(status === 403 && isExhausted)) return undefined;
  const after = headers.get("retry-after");
  if (after !== null) return /^\d+$/.test(after) ? Number(after) * 1_000 : Math.max(0, Date.parse(after) - clock.now()) || "soon";
  const reset = headers.get("x-ratelimit-reset");
  if (reset !== null && headers.get("x-ratelimit-remaining") === "0") return Math.max(0, Number(reset) * 1_000 - clock.now());
  return "soon";
}

/**
 * Does something from its beginning again while it fails with what may pass. Whether a request that got no answer was done is not known,
 * so `work` looks before it writes.
 */
export async function patiently<Result>(work: () => Promise<Result>, clock: Clock): Promise<Result> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof ForgeError) || error.again === undefined) throw error;
      const wait = error.again === "soon" ? waits[attempt] : Math.max(error.again, waits[attempt] ?? 0);
      const isLast = attempt >= waits.length;
      if (isLast || wait === undefined)
        throw new ForgeError(`${error.message} (tried ${String(attempt + 1)} times)`, error.status, undefined);
      if (wait > longestWait)
        throw new ForgeError(
          `${error.message}; it asks to wait for ${String(Math.ceil(wait / 60_000))} minutes, run it again then`,
          error.status,
          undefined,
        );
      await clock.wait(wait);
    }
  }
}
