/** Whether the programs of a site are well, and what they say where they are not. */
import { setTimeout as pause } from "node:timers/promises";
import { request } from "undici";
import { InputError } from "../../request/problem";
import type { Api } from "../api";
import type { Component } from "./component";
import type { SiteFolder } from "./folder";
import { isAlive, lastLines } from "./process";

/** How long a program may take to be well on a machine under load, and how often it is asked, in milliseconds. */
const [patience, interval] = [180_000, 50];
/** How long one that ran before may be silent until it counts as stuck, in milliseconds. */
const silence = 15_000;
/** How long an answer may take, in milliseconds: who hangs must not hang a command. */
export const answerWithin = 5000;
/** How long a program that cannot be asked must have lived to count as well, in milliseconds. */
const settled = 1000;

/** A component that runs. */
export interface Alive {
  readonly component: Component;
  readonly pid: number;
  /** Whether this command started it. */
  readonly isNew: boolean;
  /** How it ended, where this command started it and it has. */
  readonly end?: () => string | undefined;
}

/** What is wrong with the machine, in words that programs' logs have for it, and what to do. */
const troubles: readonly (readonly [RegExp, string])[] = [
  [/no space left on device/i, "the disk is full: make room"],
  [/too many open files|file descriptor limit/i, "it may open too few files: raise the limit, such as with `ulimit -n 4096`"],
  [/cannot allocate memory|out of memory/i, "the memory is used up: end what else runs"],
  [/\bWAL\b|corrupt|file checksum/i, "its data are damaged: throw the twin away with `npx zirsakht twin down`"],
];

/** A component died, or does not become well. */
export class ComponentError extends InputError {
  readonly program: string;
  /** Whether it may well live when it is started anew: it was ending or stuck when we came, or somebody took its port under our hands. */
  readonly isWorthAnotherTry: boolean;

  constructor(site: string, { component, isNew }: Alive, what: string, log: readonly string[]) {
    const said = log.length > 0 ? `; the last lines of its log:\n${log.map((line) => `  ${line}`).join("\n")}` : "; its log is empty";
    const [, trouble] = troubles.find(([words]) => log.some((line) => words.test(line))) ?? [];
    super([{ message: `${component.name} of ${site} ${what}${trouble === undefined ? "" : `; ${trouble}`}${said}` }]);
    this.program = component.name;
    this.isWorthAnotherTry = !isNew || log.some((line) => line.includes("address already in use"));
  }
}

/** Whether a component answers that it is well. */
export async function isWell({ health = "" }: Component, api: Api): Promise<boolean> {
  try {
    if (health.startsWith("https:")) return (await api.request("GET", health, { patience: answerWithin })).status === 200;
    const { statusCode, body } = await request(health, { headersTimeout: answerWithin });
    await body.dump();
    return statusCode === 200;
  } catch {
    // Nobody listens yet.
    return false;
  }
}

function failureOf(one: Alive, folder: SiteFolder, what: string): ComponentError {
  return new ComponentError(folder.site, one, what, lastLines(folder.log(one.component.name), 8));
}

/** The error that a component's death is. */
export const deathOf = (dead: Alive, folder: SiteFolder): ComponentError => failureOf(dead, folder, dead.end?.() ?? "died");

/** Whether a component runs no more; of one that this command started it is known how it ended, as soon as it has. */
export const isDead = ({ pid, end }: Alive): boolean => (end ? end() !== undefined : !isAlive(pid));

const hasSettled = ({ isNew }: Alive, age: number): Promise<boolean> => Promise.resolve(!isNew || age > settled);

/** Returns once all are well; throws a ComponentError once one is dead or takes too long. */
export async function awaitWell(all: readonly Alive[], folder: SiteFolder, api: Api): Promise<void> {
  const started = performance.now();
  let pending = all;
  while (pending.length > 0) {
    const dead = all.find(isDead);
    if (dead) throw deathOf(dead, folder);
    const age = performance.now() - started;
    const well = await Promise.all(
      pending.map((one) => (one.component.health === undefined ? hasSettled(one, age) : isWell(one.component, api))),
    );
    pending = pending.filter((_, index) => !well[index]);
    const late = pending.find(({ isNew }) => age > (isNew ? patience : silence));
    if (late) throw failureOf(late, folder, `is not well after ${Math.round(age / 1000)} seconds`);
    if (pending.length > 0) await pause(interval);
  }
}
