/** GitLab's REST API, as far as the comments need it. */
import { InputError } from "../request/problem";
import { type Kept, keepComment, type Thread } from "./comment";
import { ask, type Clock, ForgeError, jsonOf, listAll, type Login, patiently, textOf, unlessGone } from "./http";
import { field, numberOf, recordOf, textIn } from "./shape";

/** Where the pipeline runs, and as whom. */
export interface GitLab {
  /** Such as `https://gitlab.com/api/v4`. */
  readonly api: string;
  readonly token: string;
  /** The project's number, or its path. */
  readonly project: string;
}

/**
 * What became of a merge request's comment: `waiting` where its newest plan is not finished, `unreported` where that has no report, such as
 * one that has expired or a fork's that we may not read, `failed` with the reason.
 */
export type Outcome = Kept | "waiting" | "unreported" | { readonly failed: string };

/** The most characters of a note's body. */
const limit = 1_000_000;
/** The job of .gitlab-ci.yml that makes the report, and where it leaves it. */
const planJob = "plan";
const reportFile = "report/report.md";

const remedies = {
  401: "GITLAB_TOKEN must be a project access token with the scope api; a job's own CI_JOB_TOKEN may not write notes",
  403: "the project access token needs the role Reporter or more, and the scope api",
} as const;

/** Keeps the comment of every open merge request, by the report of its newest pipeline; what fails for one keeps nobody else waiting. */
export async function keepOnGitLab({ api, token, project }: GitLab, clock: Clock): Promise<ReadonlyMap<number, Outcome>> {
  const login: Login = { forge: "GitLab", api: api.replace(/\/+$/, ""), token, headers: { accept: "application/json" }, remedies };
  const root = `/projects/${encodeURIComponent(project)}`;
  const [me, requests] = await patiently(
    async () => [
      numberOf(field(await jsonOf(await ask(login, "GET", "/user", clock)), "id"), "the token's user"),
      await listAll(login, `${root}/merge_requests?state=opened&scope=all&order_by=created_at&sort=asc&per_page=100`, clock),
    ],
    clock,
  );
  const outcomes = new Map<number, Outcome>();
  for (const each of requests) {
    const request = numberOf(field(each, "iid"), "a merge request's iid");
    const thread = threadOf(login, `${root}/merge_requests/${String(request)}/notes`, me, clock);
    outcomes.set(request, await orFailed(patiently(() => keepOne(login, root, request, thread, clock), clock)));
  }
  return outcomes;
}

async function orFailed(work: Promise<Outcome>): Promise<Outcome> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof InputError) return { failed: error.message };
    throw error;
  }
}

async function keepOne(login: Login, root: string, request: number, thread: Thread, clock: Clock): Promise<Outcome> {
  const pipelines = await jsonOf(await ask(login, "GET", `${root}/merge_requests/${String(request)}/pipelines?per_page=100`, clock));
  // Newest first; a branch's own pipelines are among them.
  const pipeline = (Array.isArray(pipelines) ? (pipelines as unknown[]) : []).find((each) =>
    textIn(each, "ref")?.startsWith(`refs/merge-requests/${String(request)}/`),
  );
  if (pipeline === undefined) return "waiting";
  const report = await reportOf(login, pipeline, clock);
  return typeof report === "string" ? keepComment(thread, report, textIn(pipeline, "web_url") ?? "") : report.none;
}

/** The report that a pipeline's plan left, or why there is none. */
async function reportOf(login: Login, pipeline: unknown, clock: Clock): Promise<string | { readonly none: "waiting" | "unreported" }> {
  // The pipeline of a fork is the fork's.
  const project = `/projects/${String(numberOf(field(pipeline, "project_id"), "a pipeline's project"))}`;
  const id = String(numberOf(field(pipeline, "id"), "a pipeline's id"));
  try {
    const jobs = await listAll(login, `${project}/pipelines/${id}/jobs?per_page=100`, clock);
    const job = recordOf(jobs.find((each) => textIn(each, "name") === planJob));
    if (job.status !== "success" && job.status !== "failed") return { none: "waiting" };
    const artifact = `${project}/jobs/${String(numberOf(job.id, "a job's id"))}/artifacts/${reportFile}`;
    return await textOf(await ask(login, "GET", artifact, clock));
  } catch (error) {
    if (error instanceof ForgeError && error.status === 404) return { none: "unreported" };
    throw error;
  }
}

function threadOf(login: Login, notes: string, me: number, clock: Clock): Thread {
  const note = (id: number): string => `${notes}/${String(id)}`;
  return {
    forge: login.forge,
    limit,
    own: async () =>
      (await listAll(login, `${notes}?sort=asc&order_by=created_at&per_page=100`, clock)).flatMap((value) => {
        const { id, author, system, body } = recordOf(value);
        const isOurs = system !== true && field(author, "id") === me;
        return isOurs && typeof body === "string" ? [{ id: numberOf(id, "a note's id"), body }] : [];
      }),
    create: async (body) => {
      await ask(login, "POST", notes, clock, { body });
    },
    update: (id, body) => unlessGone(ask(login, "PUT", note(id), clock, { body })),
    remove: async (id) => {
      await unlessGone(ask(login, "DELETE", note(id), clock));
    },
  };
}
