/** `why`: the lines and coefficients that a server, a rack, an address, a quota, a stack or an object comes from. */
import type { Ground } from "../diff/ground";
import { nameOf, type ApiObject } from "../manifests/apiObject";
import type { Memory } from "../memory/memory";
import { nearest } from "../request/issues";
import { InputError } from "../request/problem";
import { planStacks, type StackPlan } from "../stacks/app";
import { answerOf, originAnswer, type Answer } from "../why/answer";
import { subjectsOf } from "../why/called";
import type { Influence } from "../why/influence";
import { originOf } from "../why/origin";
import { readGround } from "./diffFiles";
import { type Block, renderPage } from "../page/page";
import { objectsOf } from "./madeStacks";
import { remembering } from "./remembering";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Prints where the thing comes from. @throws InputError where nothing is called so, with the nearest that is */
export async function run(thing: string, options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const answers = remembering(options.root, (memory) => answersFor(thing, options.root, memory));
  terminal.out(
    options.format === "json" ? JSON.stringify({ version: 1, thing, answers }, undefined, 2) : renderPage(pageOf(answers), options.format),
  );
  return Promise.resolve(0);
}

function answersFor(thing: string, root: string, memory: Memory): Answer[] {
  const ground = readGround({ name: root, root, shownRoot: root }, memory);
  const answers = subjectsOf(ground, thing).map((subject) => answerOf(ground, subject));
  if (answers.length > 0) return answers;
  const ofObjects = objectAnswers(ground, thing);
  if (ofObjects.length > 0) return ofObjects;
  const names = [
    ...ground.messengers.map(({ messenger }) => messenger),
    ...Object.entries(ground.estate.sites).flatMap(([site, { racks }]) => [site, ...Object.keys(racks).map((rack) => `${site}-${rack}`)]),
    ...Object.values(ground.lock.sites).flatMap(({ servers, vips, egress, private: own }) =>
      [servers, vips, egress, own].flatMap(Object.keys),
    ),
    ...planStacks(ground).map(({ name }) => name),
  ];
  const close = nearest(thing, names);
  const near = close === undefined ? "." : `; did you mean ${close}?`;
  throw new InputError([
    {
      message: `nothing here is called ${JSON.stringify(thing)}${near} It takes a server, a rack, a site, an address or prefix, a VLAN, a messenger, a stack, or an object as STACK/ADDRESS or KIND/NAME`,
    },
  ]);
}

/** Objects by `soroush.thr1/kubernetes_role_v1.access_role-admin`, or by kind and name, with or without a namespace, in all stacks. */
function objectAnswers(ground: Ground, thing: string): Answer[] {
  const slash = thing.search(/[/ ]/);
  if (slash < 0) return [];
  const [first, rest] = [thing.slice(0, slash), thing.slice(slash + 1)];
  const plans = planStacks(ground);
  const asked = plans.filter(({ name }) => name === first);
  const isAsked = asked.length > 0;
  return [...objectsOf(isAsked ? asked : plans)].flatMap(([stack, objects]) =>
    [...objects.values()]
      .filter(({ address, object }) => (isAsked ? address === rest || nameOf(object) === rest : isCalled(object, first, rest)))
      .map(({ address, object }) =>
        objectAnswer(
          ground,
          plans.find(({ name }) => name === stack),
          `${nameOf(object)} is ${address} of the stack ${stack}`,
          address,
          object.metadata.name,
        ),
      ),
  );
}

function isCalled(object: ApiObject, kind: string, name: string): boolean {
  return (
    object.kind.toLowerCase() === kind.toLowerCase() && [object.metadata.name, nameOf(object).slice(object.kind.length + 1)].includes(name)
  );
}

/** An object comes from what its kind does (lib/why/origin.ts), or else from its holder's grant; a host from its server's own line. */
function objectAnswer(ground: Ground, plan: StackPlan | undefined, what: string, address: string, name: string): Answer {
  const origin = plan && originOf(plan, address);
  if (plan && origin) return originAnswer(ground, what, "site" in plan ? undefined : plan.messenger.messenger.messenger, origin);
  const holder = !plan ? "" : "site" in plan ? `pool.${plan.site.site}` : `${plan.messenger.messenger.messenger}.${plan.messenger.site}`;
  const own = subjectsOf(ground, name);
  const [answer] = (own.length > 0 ? own : subjectsOf(ground, holder)).map((subject) => answerOf(ground, subject));
  if (!answer) return { what, reasons: [], influences: [] };
  const { what: held, place, reasons, ...rest } = answer;
  return { what, reasons: [{ what: held, ...(place !== undefined && { place }) }, ...reasons], ...rest };
}

/** More than these of the files, and of the coefficients, help nobody on a page; JSON has them all. */
const most = { files: 12, coefficients: 6 };

function shownOf(influences: readonly Influence[]): Influence[] {
  return [
    ...influences.filter(({ source }) => source === undefined).slice(0, most.files),
    ...influences.filter(({ source }) => source !== undefined).slice(0, most.coefficients),
  ];
}

function pageOf(answers: readonly Answer[]): Block[] {
  const placed = ({ what, place }: { readonly what: string; readonly place?: string }): string =>
    place === undefined ? what : `${what} (${place})`;
  return answers.flatMap((answer): Block[] => {
    const { influences, need = "the need" } = answer;
    const shown = shownOf(influences);
    const more = influences.length - shown.length;
    const head: Block[] = [{ text: `${placed(answer)}.` }, { list: answer.reasons.map(placed) }];
    if (shown.length === 0) return head;
    return [
      ...head,
      { text: `What moves ${need}, and by how much the figure that it moves most grows where it is a tenth larger:` },
      {
        head: ["grows", "what", "from"],
        rows: shown.map(({ what, place, source, percent }) => [
          `${percent > 0 ? "+" : ""}${String(percent)} %`,
          what,
          place ?? source ?? "",
        ]),
        numbers: [0],
      },
      ...(more > 0 ? [{ text: `and ${String(more)} more; --format json has all` }] : []),
    ];
  });
}
