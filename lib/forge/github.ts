/** GitHub's REST API, as far as the comment needs it. */
import { InputError } from "../request/problem";
import { type Comment, type Kept, keepComment, type Thread } from "./comment";
import { ask, type Clock, jsonOf, listAll, type Login, patiently, unlessGone } from "./http";
import { field, numberOf, recordOf, textIn } from "./shape";

/** Where the workflow runs, and as whom. */
export interface GitHub {
  /** Such as `https://api.github.com`. */
  readonly api: string;
  readonly token: string;
  /** `owner/name`. */
  readonly repository: string;
}

/** The run that made the report, as GitHub itself says in the event. */
export interface Run {
  /** The address for people. */
  readonly url: string;
  /** The pull request's commit, not the merge result. */
  readonly commit: string;
  /** `owner/name` of where it comes from; of a fork another than ours. */
  readonly from: string;
}

/** The most characters of a comment's body. */
const limit = 65_536;
/** Who writes with the token that a workflow is given. The token may edit everybody's comments, so ours are those of this name. */
const author = "github-actions[bot]";

const remedies = {
  401: "give the step the workflow's token: `env: {GITHUB_TOKEN: ${{ github.token }}}`",
  403: "the job needs `permissions: {pull-requests: write}`, and a locked conversation takes no comments",
  404: "the job needs `permissions: {pull-requests: write}`, or there is no such pull request",
} as const;

function loginOf({ api, token }: GitHub): Login {
  const headers = { accept: "application/vnd.github+json", "x-github-api-version": "2022-11-28" };
  return { forge: "GitHub", api: api.replace(/\/+$/, ""), token, headers, remedies };
}

/** What GitHub says of the workflow run that a `workflow_run` event is about. Throws an InputError where the event is another one. */
export function runOf(event: unknown): Run {
  const run = field(event, "workflow_run");
  const [url, commit] = [textIn(run, "html_url"), textIn(run, "head_sha")];
  const from = textIn(field(run, "head_repository"), "full_name");
  if (url === undefined || commit === undefined || from === undefined) {
    const message =
      "the event has no workflow_run: comments are written by a workflow of their own, `on: workflow_run`, as .github/workflows/comment.yml is";
    throw new InputError([{ message }]);
  }
  return { url, commit, from };
}

/**
 * Keeps the comment of a pull request. Its number comes with the report and is nobody's word, so it counts only where GitHub says that this
 * pull request is at the run's commit; `overtaken` where it is not, as after a newer push, or no longer open.
 */
export async function keepOnGitHub(gitHub: GitHub, run: Run, number: number, report: string, clock: Clock): Promise<Kept | "overtaken"> {
  const login = loginOf(gitHub);
  const repository = `/repos/${gitHub.repository.split("/").map(encodeURIComponent).join("/")}`;
  return patiently(async () => {
    const pull = await jsonOf(await ask(login, "GET", `${repository}/pulls/${String(number)}`, clock));
    const head = field(pull, "head");
    const isTheRuns = textIn(head, "sha") === run.commit && textIn(field(head, "repo"), "full_name") === run.from;
    if (!isTheRuns || textIn(pull, "state") !== "open") return "overtaken";
    return keepComment(threadOf(login, repository, number, clock), report, run.url);
  }, clock);
}

function threadOf(login: Login, repository: string, number: number, clock: Clock): Thread {
  const comments = `${repository}/issues/${String(number)}/comments`;
  const comment = (id: number): string => `${repository}/issues/comments/${String(id)}`;
  return {
    forge: login.forge,
    limit,
    own: async () => (await listAll(login, `${comments}?per_page=100`, clock)).flatMap(ownComment),
    create: async (body) => {
      await ask(login, "POST", comments, clock, { body });
    },
    update: (id, body) => unlessGone(ask(login, "PATCH", comment(id), clock, { body })),
    remove: async (id) => {
      await unlessGone(ask(login, "DELETE", comment(id), clock));
    },
  };
}

function ownComment(value: unknown): Comment[] {
  const comment = recordOf(value);
  return textIn(comment.user, "login") === author
    ? [{ id: numberOf(comment.id, "a comment's id"), body: textIn(comment, "body") ?? "" }]
    : [];
}
