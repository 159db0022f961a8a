/** Deploys an estate's stacks to a twin: the site's stack, its set-up's Secrets, its messengers' stacks; then hosts and nodes come to rest. */
import type { AllocatedRequest } from "../../request/allocated";
import { InputError, type Problem } from "../../request/problem";
import { hardwareNamespace } from "../../hardware/namespace";
import { byCodeUnit } from "../../manifests/apiObject";
import { isDone } from "../api";
import { isSilence } from "../apply";
import { settle, type Settled } from "../nodes/nodes";
import { loginsOf, placeSecrets } from "./siteSecrets";
import type { TwinSite } from "../control/twinSite";
import { type Brought, together, type Way } from "./way";

export interface DeployOptions {
  readonly request: Pick<AllocatedRequest, "estate" | "host">;
  /** The stacks to deploy by site, those that are stacks no more among them. */
  readonly stacks: ReadonlyMap<string, readonly string[]>;
  readonly sites: ReadonlyMap<string, TwinSite>;
  readonly way: Way;
  /** Told what is being done, a line a step. */
  readonly progress: (what: string) => void;
  /** Ends it early: what was brought stays. @default nothing does */
  readonly signal?: AbortSignal;
}

/** What became of a site. */
export interface DeployedSite {
  readonly site: string;
  readonly brought: Brought;
  /** Until the objects were brought, in seconds, without the set-up. */
  readonly seconds: number;
  readonly settled: Settled;
  /** Until hosts and nodes had come to rest after that, in seconds. */
  readonly settling: number;
}

/**
 * Deploys to all sites at the same time; one that fails does not stop another.
 * @throws InputError with everything that was refused or did not come to rest at any site, or that the signal ended
 */
export async function deploy(options: DeployOptions): Promise<DeployedSite[]> {
  const sites = [...options.stacks.keys()].sort(byCodeUnit).map((name) => {
    const site = options.sites.get(name);
    if (!site) throw new InputError([{ message: `the twin has no site ${name}; bring it up with \`npx zirsakht twin up\`` }]);
    return site;
  });
  const progress = (what: string): void => {
    options.signal?.throwIfAborted();
    options.progress(what);
  };
  const ended = await Promise.allSettled(sites.map((site) => deploySite(site, { ...options, progress })));
  const problems = ended.flatMap((each, at): readonly Problem[] => {
    if (each.status === "fulfilled") return [];
    if (each.reason instanceof InputError) return each.reason.problems;
    const name = sites[at]?.site ?? "";
    if (options.signal?.aborted)
      return [{ message: `${name}: ended early; what was brought stays, and the next deploy goes on from there` }];
    if (isSilence(each.reason))
      return [
        {
          message: `${name}: the API server does not answer: ${each.reason.message}; run \`npx zirsakht twin up\`, then deploy again: what was done stays done`,
        },
      ];
    throw each.reason;
  });
  if (problems.length > 0) throw new InputError(problems);
  return ended.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
}

async function deploySite(site: TwinSite, { request, stacks, way, progress, signal }: DeployOptions): Promise<DeployedSite> {
  const asked = stacks.get(site.site) ?? [];
  const isShared = (stack: string): boolean => stack === `site.${site.site}`;
  let seconds = 0;
  const bring = async (group: readonly string[]): Promise<Brought> => {
    const began = performance.now();
    const brought = await way.bring(site, group, progress);
    seconds += (performance.now() - began) / 1000;
    return brought;
  };
  const shared = await bring(asked.filter(isShared));
  await requireShared(site);
  const placed = await placeSecrets(await site.admin(), loginsOf(request, site.site));
  if (placed > 0) progress(`${site.site}: the set-up placed ${String(placed)} Secrets`);
  const brought = together(shared, await bring(asked.filter((stack) => !isShared(stack))));
  progress(`${site.site}: objects are in place after ${seconds.toFixed(1)} s`);
  const began = performance.now();
  const settled = await settle(site, request.estate, { progress, ...(signal && { signal }) });
  return { site: site.site, brought, seconds, settled, settling: (performance.now() - began) / 1000 };
}

/** A messenger's stack needs what the site's stack brings. */
async function requireShared(site: TwinSite): Promise<void> {
  const answer = await (await site.admin()).request("GET", `/api/v1/namespaces/${hardwareNamespace}`);
  if (!isDone(answer))
    throw new InputError([
      { message: `${site.site}: the site's stack is not there yet; deploy it first: npx zirsakht twin deploy site.${site.site}` },
    ]);
}
