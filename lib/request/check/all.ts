/** All checks of all files together. Each finding goes to the file and line that has to change. */
import type { Estate } from "../estate";
import type { Memory } from "../../memory/memory";
import type { HostsFile } from "../hostsFile";
import type { Lock } from "../lock";
import type { MessengerFile } from "../messenger";
import type { Problem } from "../problem";
import { resolveMessenger } from "../resolve";
import { problemsOf, type Finding, type Places } from "../source";
import { holdings } from "./absent";
import { checkEstate } from "./estate";
import { checkHosts } from "./hosts";
import { checkImages, imagesOf } from "./images";
import { checkLock } from "./lock";
import { checkMessenger } from "./messenger";
import { checkDerivedNames, checkId, type BadId } from "./names";
import { checkNetworks } from "./networks";
import { checkRacks, checkServerNames } from "./rack";
import { checkContexts, checkSite } from "./site";
import { warnOfLock, warnOfMessenger } from "./warnings";

/** A file that its schema accepts. */
export interface Checked<T> {
  readonly source: Places;
  readonly value: T;
  /** What it was read from: the file's text. */
  readonly content: string;
}

/** What was read; a file that its schema refused is missing here. */
export interface Files {
  readonly estate: Checked<Estate> | undefined;
  readonly lock: Checked<Lock> | undefined;
  /** By id, in order. */
  readonly messengers: ReadonlyMap<string, Checked<MessengerFile>>;
  /** The ids of all files in messengers/; `undefined` where only named ones were read, and what needs all of them is left aside. */
  readonly ids: readonly string[] | undefined;
}

/** Every problem of every file. `hosts` are those of the sites that name a CSV, by site. */
export function checkAll(files: Files, hosts: (estate: Estate) => ReadonlyMap<string, HostsFile>, memory: Memory): Problem[] {
  const { estate, lock, messengers, ids } = files;
  const problems = estate ? problemsOfEstate(estate, ids && hosts(estate.value), memory) : [];
  const byMessenger = findingsOfMessengers(files);
  for (const [id, { source, value }] of messengers) {
    problems.push(...problemsOf(source, [...checkMessenger(value, estate?.value), ...(byMessenger.get(id) ?? [])]));
  }
  if (estate) problems.push(...problemsOfImages(estate, files));
  if (estate && lock) {
    const known = ids && Object.fromEntries(ids.map((id) => [id, true]));
    const inputs = [estate.content, lock.content, JSON.stringify(ids ?? null)];
    problems.push(
      ...problemsUnless(memory, "lock-of-estate", inputs, () => problemsOf(lock.source, checkLock(lock.value, estate.value, known))),
    );
  }
  return problems;
}

/** What a check finds, where the memory does not know that it finds nothing in these inputs. */
function problemsUnless(memory: Memory, what: string, inputs: readonly string[], check: () => Problem[]): Problem[] {
  let problems: Problem[] = [];
  memory.recall(what, inputs, () => {
    problems = check();
    return problems.length === 0 ? true : undefined;
  });
  return problems;
}

/** @param hosts the CSV files by site; `undefined` where the hosts are left aside, for only some messengers were read */
function problemsOfEstate(
  { value, source, content }: Checked<Estate>,
  hosts: ReadonlyMap<string, HostsFile> | undefined,
  memory: Memory,
): Problem[] {
  const inItself = problemsUnless(memory, "estate-in-itself", [content], () => problemsOf(source, findingsOfEstate(value)));
  if (inItself.length > 0 || !hosts) return inItself;
  const ofHosts = () => checkHosts(value, source, hosts);
  // A CSV is an input too, and is read anyway.
  return hosts.size > 0 ? ofHosts() : problemsUnless(memory, "hosts-by-rule", [content], ofHosts);
}

/** Every warning of every file. */
export function warnOfAll({ lock, messengers }: Files): Problem[] {
  return [
    ...[...messengers.values()].flatMap(({ source, value }) => problemsOf(source, warnOfMessenger(value, lock?.value))),
    ...(lock ? problemsOf(lock.source, warnOfLock(lock.value)) : []),
  ];
}

/** What the estate has wrong in itself, besides its hosts. */
export function* findingsOfEstate(estate: Estate): Generator<Finding> {
  yield* checkEstate(estate);
  for (const [name, site] of Object.entries(estate.sites)) {
    yield* checkSite(estate, name, site);
    yield* checkRacks(estate, name, site);
  }
  yield* checkContexts(estate);
  yield* checkServerNames(estate);
  yield* checkNetworks(estate);
}

/** What a messenger's file has wrong in the company of the others. */
function findingsOfMessengers({ estate, lock, messengers, ids }: Files): Map<string, Finding[]> {
  const found = new Map<string, Finding[]>();
  const report = (id: string, finding: Finding) => void found.set(id, [...(found.get(id) ?? []), finding]);
  const bad = ({ messenger, message }: BadId) => report(messenger, { path: ["messenger"], message });
  for (const [id, { value }] of messengers) {
    if (value.messenger !== id)
      report(id, {
        path: ["messenger"],
        message: `messenger: ${value.messenger} stands in ${id}.yaml; the file is named after the id, so rename one of them`,
      });
    if (estate) for (const finding of checkId(id, estate.value)) bad(finding);
    const state = typeof value.lifecycle === "string" ? value.lifecycle : value.lifecycle.state;
    const held = lock && state === "absent" ? holdings(lock.value, id) : undefined;
    if (held)
      report(id, {
        path: ["lifecycle"],
        message: `lifecycle: ${id} is absent, and the lock still holds ${held} for it; make it retired and release them first`,
      });
  }
  if (estate && ids) {
    const resolved = Array.from(messengers, ([id, { value }]) => ({
      messenger: id,
      placement: resolveMessenger(value, estate.value).placement,
    }));
    for (const finding of checkDerivedNames(resolved, estate.value)) bad(finding);
  }
  return found;
}

function* problemsOfImages(estate: Checked<Estate>, { lock, messengers }: Files): Generator<Problem> {
  const images = imagesOf(
    estate.value,
    Array.from(messengers, ([messenger, { value }]) => ({ messenger, image: value.image })),
  );
  for (const { image, key, message } of checkImages(images, lock?.value)) {
    const source = image.of === "estate" ? estate.source : messengers.get(image.of.messenger)?.source;
    const path = image.of === "estate" ? ["images", image.name, key] : ["image", key];
    if (source) yield* problemsOf(source, [{ path, message }]);
  }
}
