/** From checked values to cdktf's app: which stacks there are, and what each gets. */
import { closest } from "fastest-levenshtein";
import { emptyGrant, grantsOf, poolHolder, type Grant } from "../allocation/grant";
import { App } from "../engine/terraform";
import type { AllocatedRequest } from "../request/allocated";
import { InputError } from "../request/problem";
import { MessengerStack, type MessengerStackProps } from "./messengerStack";
import { presenceOf } from "./presence";
import { SiteStack, type SiteStackProps } from "./siteStack";

export interface BuildOptions {
  /** Where the app writes. @default - cdktf's: the environment's CDKTF_OUTDIR, else cdktf.out */
  readonly outdir?: string;
  /** Names of the stacks to build. @default - all */
  readonly stacks?: readonly string[];
  /** The class of messengers' stacks. @default MessengerStack */
  readonly messengerStack?: new (...args: ConstructorParameters<typeof MessengerStack>) => MessengerStack;
  /** The class of sites' stacks. @default SiteStack */
  readonly siteStack?: new (...args: ConstructorParameters<typeof SiteStack>) => SiteStack;
}

/** A stack to be, by what it is about: all that it is made from. */
export type StackPlan =
  { readonly name: string; readonly site: SiteStackProps } | { readonly name: string; readonly messenger: MessengerStackProps };

/**
 * The stacks of the request: sites first, for their stacks are applied first; then messengers by id and site.
 * @param asked only those of these names; all where it is left out
 * @throws InputError for a name that no stack has, with the nearest one that has
 */
export function planStacks(request: AllocatedRequest, asked?: readonly string[]): StackPlan[] {
  const plans = allPlans(request);
  if (!asked) return plans;
  const wanted = new Set(asked);
  const names = new Set(plans.map(({ name }) => name));
  const unknown = [...wanted].filter((name) => !names.has(name));
  if (unknown.length > 0)
    throw new InputError(unknown.map((name) => ({ message: `there is no stack ${name}; did you mean ${closest(name, [...names])}?` })));
  return plans.filter(({ name }) => wanted.has(name));
}

function allPlans({ estate, messengers, lock, host }: AllocatedRequest): StackPlan[] {
  const grants = new Map(grantsOf(estate, lock).map((grant) => [`${grant.holder}.${grant.site}`, grant]));
  const grantAt = (holder: string, site: string): Grant => grants.get(`${holder}.${site}`) ?? emptyGrant(holder, site);
  const shared = (site: string) => ({ estate, site, pool: grantAt(poolHolder, site), images: lock.sites[site]?.images ?? {}, host });
  const sites = Object.keys(estate.sites).sort();
  return [
    ...sites.map((site) => ({ name: `site.${site}`, site: shared(site) })),
    ...messengers.flatMap((messenger) =>
      sites.flatMap((site) => {
        const grant = grantAt(messenger.messenger, site);
        const presence = presenceOf(messenger, site, grant);
        return presence === "none"
          ? []
          : { name: `${messenger.messenger}.${site}`, messenger: { ...shared(site), messenger, grant, presence } };
      }),
    ),
  ];
}

/** The names of all stacks, in the order in which they can be applied. */
export function stackNames(request: AllocatedRequest): string[] {
  return planStacks(request).map(({ name }) => name);
}

/**
 * The app with the stacks asked for. A stack is the same alone as among all others.
 * @throws InputError for a name that no stack has, with the nearest one that has
 */
export function buildApp(request: AllocatedRequest, options: BuildOptions = {}): App {
  return buildStacks(planStacks(request, options.stacks), options);
}

/** The app with these stacks. */
export function buildStacks(plans: readonly StackPlan[], options: Omit<BuildOptions, "stacks"> = {}): App {
  const { outdir, messengerStack: Messengers = MessengerStack, siteStack: Sites = SiteStack } = options;
  const app = new App(outdir === undefined ? {} : { outdir });
  for (const plan of plans)
    if ("site" in plan) new Sites(app, plan.name, plan.site);
    else new Messengers(app, plan.name, plan.messenger);
  return app;
}
