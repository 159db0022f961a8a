/** Puts the report together: every part in its order, each change with its causes. */
import type { Ground } from "./ground";
import { capacityOf, type Books } from "./capacity";
import { GrantCauses } from "./cause/grantCauses";
import { lockCauses } from "./cause/lockCauses";
import { ObjectCauses, type PlanOf, type Workshop } from "./cause/objectCauses";
import type { Comparison, ObjectChange } from "./change";
import { grantRows } from "./grants";
import type { Drift } from "./plan/drift";
import type { CapacitySite, Cause, ChangeRow, DriftRow, GrantChange, Report } from "./report";
import { quietNotes, switchPlanNote } from "./notes";
import { riskRules } from "./risk/index";
import { rowsOf } from "./rows";
import { findAll, type Finding } from "./rule";
import { securityRules } from "./security/index";
import type { SwitchPlanChange } from "./switchPlans";
import { withoutSecrets } from "./semantics/sensitive";
import { verdictOf } from "./verdict";

/** What is known of a side beside its objects. */
export interface FilesOfSide {
  readonly ground: Ground;
  readonly planOf: PlanOf;
  readonly books: Books;
}

/** What is known of both sides beside their objects, where both have files. */
export interface Files {
  readonly base: FilesOfSide;
  readonly head: FilesOfSide;
  readonly make: Workshop["make"];
  /** Sites where something that moves capacity differs. */
  readonly touched: ReadonlySet<string>;
}

export interface ReportInput {
  /** How the user would name the sides. */
  readonly base: string;
  readonly head: string;
  readonly comparison: Comparison;
  readonly notes: readonly string[];
  /** What of the change can never be applied, or promised. @default nothing */
  readonly refusals?: readonly Finding[];
  /** Messengers of the head that are stale. @default none */
  readonly stale?: readonly string[];
  /** What changes in switch plans by what no object and no grant shows. @default nothing */
  readonly switchPlans?: readonly SwitchPlanChange[];
  /** @default none: two folders, or saved plans */
  readonly files?: Files;
  /** Of saved plans: what was changed outside. */
  readonly drift?: readonly Drift[];
}

/** Three causes of a grant are enough beside an object; the grant itself names all. */
const mostCauses = 3;

function grantsOf({ base, head, touched }: Files): GrantChange[] {
  const causes = new GrantCauses(base.ground, head.ground);
  return grantRows(base.ground, head.ground, touched).map((row) => {
    const grant = causes.explained(row);
    return { ...grant, causes: grant.causes.map(shown) };
  });
}

/** What a grant's change says beside an object that follows it. */
function grantCause({ base, head }: Files, grants: readonly GrantChange[], holder: string, site: string): Cause[] {
  const here = grants.filter((grant) => grant.messenger === holder && grant.site === site);
  if (here.length === 0) return lockCauses(base.ground, head.ground, holder, site, mostCauses);
  const own = new Map(here.flatMap(({ causes }) => causes).map((cause) => [JSON.stringify(cause), cause]));
  return [...own.values()].slice(0, mostCauses);
}

function driftRows(drift: readonly Drift[], reverted: boolean): DriftRow[] {
  return rowsOf(drift.filter((each) => each.reverted === reverted)).map(({ change }) => ({ ...change, causes: [], reverted }));
}

/** A finding, or a cause, without the secrets that a value in it may hold. */
function shown<Said extends { readonly what: string }>(said: Said): Said {
  return { ...said, what: withoutSecrets(said.what) };
}

/** The report of a comparison. */
export function buildReport({
  base,
  head,
  comparison,
  notes,
  refusals = [],
  stale = [],
  switchPlans = [],
  files,
  drift,
}: ReportInput): Report {
  const risk = [...refusals, ...findAll(riskRules, comparison)].map(shown);
  const security = findAll(securityRules, comparison).map(shown);
  const grants = files ? grantsOf(files) : [];
  const sites = files ? capacityOf(files.base.books, files.head.books) : [];
  const causes =
    files &&
    new ObjectCauses({
      base: files.base,
      head: files.head,
      make: files.make,
      ofGrant: (holder, site) => grantCause(files, grants, holder, site),
    });
  const rows = (changes: readonly ObjectChange[]): ChangeRow[] =>
    rowsOf(changes).map((row) => ({ ...row.change, causes: (causes?.causesOf(row) ?? []).map(shown) }));
  return {
    version: 1,
    base,
    head,
    verdict: verdictOf({
      comparison,
      stale,
      risk,
      security,
      deficits: newDeficits(sites),
      books: grants.length + sites.length > 0,
      switchPlans,
    }),
    stale: [...stale],
    notes: [
      ...notes,
      ...switchPlans.map(switchPlanNote),
      ...(files ? quietNotes(files.base.ground, files.head.ground, comparison, grants, stale) : []),
    ].map(withoutSecrets),
    switchPlans: switchPlans.map(({ site }) => site),
    risk,
    security,
    capacity: { sites },
    grants,
    changes: rows(comparison.changes),
    ...(drift && { drift: [true, false].flatMap((reverted) => driftRows(drift, reverted)) }),
    unchanged: comparison.unchanged,
  };
}

/** How many laws fail that held before. */
export function newDeficits(sites: readonly CapacitySite[]): number {
  return sites.reduce((sum, { deficits }) => sum + deficits.filter(({ isNew }) => isNew).length, 0);
}

/** Whether the report says that nothing differs. */
export function isEmpty({ stale, switchPlans, risk, security, capacity, grants, changes }: Report): boolean {
  const all = [stale, switchPlans, risk, security, capacity.sites, grants, changes];
  return all.every(({ length }) => length === 0);
}
