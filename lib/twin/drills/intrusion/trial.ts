/** Tries attempts on a running twin and judges what came of each. */
import { isDone, messageOf, type Answer, type Api, type Ask } from "../../api";
import { byRole, type Attempt, type Call, type Who } from "./attempt";
import type { Target } from "./target";

/** Who answers to a request; a connection with whatever credentials. */
export type Speaker = Pick<Api, "request">;

/** Everybody who tries something, and whoever may do everything. None where a Role is nobody's. */
export interface Cast {
  readonly administrator: Speaker;
  readonly people: Readonly<Partial<Record<Who, Speaker>>>;
}

/** What came of an attempt. */
export interface Outcome {
  readonly target: Target;
  readonly attempt: Attempt;
  /** What was not as it must be; nothing where it was. */
  readonly surprise?: string;
}

/** A request as a dry run, where it would do something. */
function ask({ method, connects, body, contentType, headers, query }: Call): Ask {
  const dry = method !== "GET" && connects !== true;
  return {
    ...(body !== undefined && { body }),
    ...(contentType !== undefined && { contentType }),
    ...(headers && { headers }),
    query: { ...query, ...(dry && { dryRun: "All" }) },
  };
}

const send = (speaker: Speaker, call: Call): Promise<Answer> => speaker.request(call.method, call.path, ask(call));

/** Whether the API server would do it; a connection is allowed when nothing but its far end is missing. */
function isAllowed(call: Call, answer: Answer): boolean {
  return isDone(answer) || (call.connects === true && ![401, 403, 404, 405, 422].includes(answer.status));
}

/** Why an answer is not the refusal that it must be; nothing where it is. */
function refusalFault(call: Call, answer: Answer, by: readonly string[]): string | undefined {
  if (isAllowed(call, answer)) return `it was allowed; nobody said "${by.at(-1)?.trim() ?? ""}"`;
  const said = messageOf(answer);
  if (answer.status !== 403) return `an error, which is no refusal: ${said}`;
  return by.every((words) => said.includes(words)) ? undefined : `refused, but not by what must refuse it: ${said}`;
}

/** Words of the site's guard and of Kubernetes itself, which refuse some things to whoever may do everything. */
const evenToAdministrators = ["ValidatingAdmissionPolicy 'zirsakht-", "system:masters"];
const none = "the control was not allowed, so the refusal says nothing";

/** A site's trials. Each control is tried once: what is well-formed for one messenger is for all. */
export class Trials {
  private readonly controls = new Map<unknown, Promise<string | undefined>>();

  /** Whether the attempt was put to the test, and what came of it; nothing where the target has no such thing or nobody to try it. */
  async tryOut(target: Target, attempt: Attempt, cast: Cast): Promise<Outcome | undefined> {
    const speaker = cast.people[attempt.who];
    const call = await attempt.request(target);
    if (!speaker || !call) return undefined;
    const answer = await send(speaker, call);
    const surprise = this.fault(target, attempt, call, answer) ?? (await this.controlFault(target, attempt, call, speaker, cast));
    return { target, attempt, ...(surprise !== undefined && { surprise }) };
  }

  private fault(target: Target, attempt: Attempt, call: Call, answer: Answer): string | undefined {
    if (isOutcast(attempt, target)) return refusalFault(call, answer, byRole);
    if (attempt.want === "refused") return refusalFault(call, answer, attempt.by);
    return isAllowed(call, answer) ? undefined : messageOf(answer);
  }

  /**
   * Why the control fails; nothing where it does not. Without one of its own it is the same request by whoever may do everything: it must
   * get past RBAC and be well-formed, and only what refuses even that person may still refuse it.
   */
  private async controlFault(
    target: Target,
    attempt: Attempt,
    call: Call,
    speaker: Speaker,
    { administrator }: Cast,
  ): Promise<string | undefined> {
    if (attempt.want === "allowed" || isOutcast(attempt, target)) return undefined;
    const own = attempt.control?.(target);
    return own
      ? this.once(JSON.stringify([attempt.who, own]), () => ownFault(speaker, own))
      : this.once(attempt, () => sameFault(administrator, call));
  }

  private once(key: unknown, work: () => Promise<string | undefined>): Promise<string | undefined> {
    const known = this.controls.get(key) ?? work();
    this.controls.set(key, known);
    return known;
  }
}

/** Whether it is one of a retired messenger's people, who may do nothing any more, whatever it is. */
function isOutcast({ who }: Attempt, { live }: Target): boolean {
  return !live && who !== "node" && who !== "stranger";
}

async function ownFault(speaker: Speaker, call: Call): Promise<string | undefined> {
  const answer = await send(speaker, call);
  return isAllowed(call, answer) ? undefined : `${none}: ${messageOf(answer)}`;
}

async function sameFault(administrator: Speaker, call: Call): Promise<string | undefined> {
  const answer = await send(administrator, call);
  if (isAllowed(call, answer)) return undefined;
  const said = messageOf(answer);
  return answer.status === 403 && evenToAdministrators.some((words) => said.includes(words)) ? undefined : `${none}: ${said}`;
}
