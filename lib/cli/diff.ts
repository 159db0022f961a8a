/** `diff`: what a change does, said without a cluster and without credentials. */
import { readFileSync } from "node:fs";
import { isDeepStrictEqual } from "node:util";
import { several } from "../allocation/words";
import { buildReport, isEmpty, type ReportInput } from "../diff/buildReport";
import type { StackObjects } from "../diff/change";
import { compare } from "../diff/compare";
import type { Ground } from "../diff/ground";
import { staleNotes } from "../diff/notes";
import { readPlans } from "../diff/plan/plans";
import { siteOfStack } from "../diff/plan/stackName";
import { renderJson } from "../diff/render/json";
import type { Report } from "../diff/report";
import { switchPlanChanges } from "../diff/switchPlans";
import { stackObjectsOf } from "../diff/stackObjects";
import type { Memory } from "../memory/memory";
import { InputError } from "../request/problem";
import { reasonOf } from "../request/textFile";
import { planStacks, type StackPlan } from "../stacks/app";
import { StackInputs } from "../stacks/stackInputs";
import { Demands } from "./demands";
import { standingOf } from "./diffBooks";
import { emptyGround, holdsEstate, readGround } from "./diffFiles";
import { configIn, stackTextsIn } from "./diffFolder";
import { fitFindings, lawFindings, policyFindings } from "./diffRefusals";
import { withSides, type Sides } from "./diffSides";
import { failing } from "./failOn";
import { objectsOf, siteOf } from "./madeStacks";
import { remembering } from "./remembering";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** What `diff` takes. */
export interface DiffOptions extends Omit<CommonOptions, "format"> {
  readonly format: CommonOptions["format"] | "html";
  /** Shows only who may do more or less than before. */
  readonly securityOnly?: boolean;
  /** Words for which the exit code is 3; failOn.ts says which there are. */
  readonly failOn?: readonly string[];
  /** Files with what `terraform show -json` says of saved plans, in place of two sides. */
  readonly plan?: readonly string[];
  /** The language of the page, with `html`. @default en */
  readonly lang?: "en" | "fa";
}

/** The exit code of a report with a finding that was to fail. */
const failed = 3;

/** Prints the report. Ends with 0 where nothing differs, 2 where something does, 3 where something does that `failOn` names. */
export async function run(names: readonly string[], options: DiffOptions, terminal: Terminal): Promise<ExitCode | typeof failed> {
  const fails = failing(options.failOn ?? []);
  if (options.plan && names.length > 0)
    throw new InputError([{ message: `--plan takes saved plans in place of two sides; leave out ${names.join(" ")}` }]);
  if (options.lang && options.format !== "html")
    throw new InputError([{ message: `--lang is the language of the page; add --format html, or leave it out` }]);
  const input = options.plan ? planned(options.plan) : undefined;
  const whole = input
    ? buildReport(input)
    : await withSides(names, options.root, (sides) => remembering(options.root, (memory) => reportOf(sides, memory)));
  const report = options.securityOnly ? securityOf(whole) : whole;
  terminal.out(await rendered(report, options));
  // What is shown does not change what the change is.
  if (isEmpty(whole)) return 0;
  return fails(whole) ? failed : 2;
}

async function rendered(report: Report, options: DiffOptions): Promise<string> {
  const { format, lang = "en" } = options;
  if (format === "json") return renderJson(report);
  if (format === "html") return (await import("../diff/render/html.js")).renderHtml(report, { language: lang });
  if (format === "markdown") return (await import("../diff/render/markdown.js")).renderMarkdown(report);
  return (await import("../diff/render/text.js")).renderText(report, options.securityOnly);
}

/** The report without what is not about who may do what. */
function securityOf(report: Report): Report {
  return { ...report, risk: [], capacity: { sites: [] }, grants: [], changes: [] };
}

function planned(files: readonly string[]): ReportInput {
  const texts = files.map((file) => {
    try {
      return { file, text: readFileSync(file, "utf8") };
    } catch (error) {
      throw new InputError([{ message: `${file} ${reasonOf(error)}; write it with \`terraform show -json PLAN\`` }]);
    }
  });
  const { comparison, drift, notes } = readPlans(texts);
  return { base: "the clusters, as Terraform last saw them", head: several(files.length, "saved plan"), comparison, notes, drift };
}

function reportOf(sides: Sides, memory: Memory): Report {
  return buildReport("folders" in sides ? ofFolders(sides.folders) : ofFiles(sides, memory));
}

function ofFolders([base, head]: readonly [string, string]): ReportInput {
  const [before, after] = [stackTextsIn(base), stackTextsIn(head)];
  const same = new Set([...before].filter(([stack, text]) => after.get(stack) === text).map(([stack]) => stack));
  const objectsIn = (folder: string, texts: ReadonlyMap<string, string>): Map<string, StackObjects> =>
    new Map(
      [...texts].flatMap(([stack, text]) =>
        same.has(stack) ? [] : [[stack, stackObjectsOf(stack, siteOfStack(stack), configIn(folder, stack, text))]],
      ),
    );
  const notes = ["two folders hold no files and no lock: capacity, grants and causes are told for git refs only"];
  return { base, head, comparison: compare(objectsIn(base, before), objectsIn(head, after), same.size), notes };
}

function ofFiles({ base, head, notes }: Extract<Sides, { base: unknown }>, memory: Memory): ReportInput {
  if (!holdsEstate(head))
    throw new InputError([{ message: `${head.name} has no ${head.shownRoot}/estate.yaml; name a ref that has one, or another --root` }]);
  const after = readGround(head, memory);
  const isFirst = !holdsEstate(base);
  const before = isFirst ? emptyGround(after) : readGround(base, memory);
  const [plansBefore, plansAfter] = [planStacks(before), planStacks(after)];
  const touched = touchedSites(before, after);
  const same = sameStacks(plansBefore, plansAfter, touched, (id) => before.messengerText(id) === after.messengerText(id));
  const changed = ({ name }: StackPlan): boolean => !same.has(name);
  const [objectsBefore, objectsAfter] = [objectsOf(plansBefore.filter(changed)), objectsOf(plansAfter.filter(changed))];
  const demandsAfter = new Demands(after.coefficients.values, memory);
  const isSameBook = isDeepStrictEqual(before.coefficients.values, after.coefficients.values);
  const demandsBefore = isSameBook ? demandsAfter : new Demands(before.coefficients.values, memory);
  const standingBefore = standingOf(before, touched, demandsBefore, memory);
  const standingAfter = standingOf(after, touched, demandsAfter, memory);
  const planIn = (plans: readonly StackPlan[]) => {
    const byName = new Map(plans.map((plan) => [plan.name, plan]));
    return (stack: string) => byName.get(stack);
  };
  const { stale } = standingAfter;
  const ids = [...new Set(stale.map(({ messenger }) => messenger))];
  return {
    base: base.name,
    head: head.name,
    comparison: compare(objectsBefore, objectsAfter, same.size),
    stale: ids,
    switchPlans: switchPlanChanges(before, after, wiredAnew(before, after, touched)),
    notes: [...notes, ...(isFirst ? [`${base.name} has no ${base.shownRoot}/estate.yaml: everything is new`] : []), ...staleNotes(stale)],
    refusals: [
      ...fitFindings(after, ids, demandsAfter),
      ...policyFindings(after, plansAfter, objectsAfter, objectsOf),
      ...lawFindings(standingBefore.violations, standingAfter.violations),
    ],
    files: {
      base: { ground: before, planOf: planIn(plansBefore), books: standingBefore.books },
      head: { ground: after, planOf: planIn(plansAfter), books: standingAfter.books },
      make: (plan) => objectsOf([plan]).get(plan.name) ?? new Map(),
      touched,
    },
  };
}

/** The stacks that are the same on both sides: those with the same inputs. At a site that nothing touches only files can differ. */
function sameStacks(
  before: readonly StackPlan[],
  after: readonly StackPlan[],
  touched: ReadonlySet<string>,
  isSameFile: (messenger: string) => boolean,
): Set<string> {
  const inputs = new StackInputs();
  const known = new Map(before.map((plan) => [plan.name, plan]));
  const isUntouched = (plan: StackPlan): boolean =>
    !touched.has(siteOf(plan)) && ("site" in plan || isSameFile(plan.messenger.messenger.messenger));
  const isSame = (plan: StackPlan): boolean => {
    const then = known.get(plan.name);
    return then !== undefined && (isUntouched(plan) || isDeepStrictEqual(inputs.of(then), inputs.of(plan)));
  };
  return new Set(after.filter(isSame).map(({ name }) => name));
}

/** The sites whose switches may be told something that no stack and no grant shows: the estate or a list of hosts says it. */
function wiredAnew(before: Ground, after: Ground, touched: ReadonlySet<string>): string[] {
  const isEstate = before.estateText !== after.estateText;
  return [...touched].filter((site) => isEstate || after.estate.sites[site]?.hosts !== undefined);
}

/** The sites at which something differs that capacity depends on. */
function touchedSites(before: Ground, after: Ground): Set<string> {
  const sites = [...new Set([before, after].flatMap(({ estate }) => Object.keys(estate.sites)))];
  const isForAll =
    before.estateText !== after.estateText ||
    before.lock.asOf !== after.lock.asOf ||
    !isDeepStrictEqual(before.coefficients.values, after.coefficients.values);
  if (isForAll) return new Set(sites);
  const changed = [...before.messengers, ...after.messengers].filter(
    ({ messenger: id }) => before.messengerText(id) !== after.messengerText(id),
  );
  return new Set([
    ...changed.flatMap(({ placement }) => Object.keys(placement.sites)),
    // The CSV of its hosts may differ.
    ...sites.filter((site) => after.estate.sites[site]?.hosts !== undefined),
    ...sites.filter((site) => JSON.stringify(before.lock.sites[site]) !== JSON.stringify(after.lock.sites[site])),
  ]);
}
