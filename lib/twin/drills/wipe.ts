/** The wipe drill: every road to a wiped or stopped server that is in use is tried, as whoever may do everything. */
import { several } from "../../allocation/words";
import type { ApiObject } from "../../manifests/apiObject";
import type { Api } from "../api";
import { everywhere, untried, type Drill, type Stage, type Verdict } from "../drill";
import { bringPrograms } from "../programs/programs";
import type { TwinSite } from "../control/twinSite";
import { detours, restore, undoDetours } from "./wipe/detours";
import { groundOf, inShort, noRoad, roadVerdict, targetsOf, Watch, type Ground, type TriedAt } from "./wipe/ground";
import { everybody, takeAway } from "./wipe/guard";
import { grantedHosts, hostsPath } from "./wipe/hostState";
import { tryKubectl, undoKubectl } from "./wipe/kubectl";
import { moveAndBack, undoLawful, wholeRoads } from "./wipe/lawful";
import { provisioning } from "./wipe/provisioning";
import { hostRoads, siteRoads, tryRoad, type Road, type Tried } from "./wipe/roads";
import { tryTerraform } from "./wipe/terraform";

/** Tries a road to a host as it is now: an update that knows less than the operator wrote since is refused for that alone. */
async function onHost(api: Api, target: ApiObject, attempt: Road["attempt"]): Promise<Tried | undefined> {
  let tried: Tried | undefined;
  for (let round = 0; round < 3; round++) {
    const host = (await api.demand("GET", `${hostsPath}/${target.metadata.name}`)) as ApiObject;
    const request = attempt(host);
    tried = request && (await tryRoad(api, request));
    if (!tried?.said.includes("the object has been modified")) break;
  }
  return tried;
}

async function shortRoads(ground: Ground, targets: readonly ApiObject[]): Promise<Verdict[]> {
  const api = await ground.twinSite.admin();
  const watch = await Watch.begin(ground.twinSite);
  const verdicts: Verdict[] = [];
  for (const { what, attempt } of hostRoads) {
    const tried: TriedAt[] = [];
    for (const target of targets) {
      const found = await onHost(api, target, attempt);
      if (found) tried.push({ name: target.metadata.name, ...found });
    }
    if (tried.length > 0) verdicts.push(roadVerdict(ground, what, tried, await watch.changes()));
  }
  for (const { what, ...request } of siteRoads(ground.namespaces))
    verdicts.push(roadVerdict(ground, what, [{ name: ground.site, ...(await tryRoad(api, request)) }], await watch.changes()));
  return verdicts;
}

/** Roads that cannot be stopped half-way: tried only where the guard has held on all others, and no further than to the first that is open. */
async function longRoads(ground: Ground, host: ApiObject): Promise<Verdict[]> {
  const { stage, twinSite, site } = ground;
  const { name } = host.metadata;
  const api = await twinSite.admin();
  const watch = await Watch.begin(twinSite);
  const verdicts: Verdict[] = [];
  const walked = async (what: string, tried: Tried): Promise<boolean> => {
    const verdict = roadVerdict(ground, what, [{ name, ...tried }], await watch.changes());
    verdicts.push(verdict);
    return verdict.kept;
  };
  const all = async (): Promise<boolean> => {
    for (const { what, walk } of detours) if (!(await walked(what, await walk(api, host, stage)))) return false;
    const { path } = await bringPrograms({ progress: stage.progress });
    for (const { what, ...tried } of await tryKubectl(path("kubectl"), twinSite, host, stage.signal))
      if (!(await walked(what, tried))) return false;
    const byTerraform = await tryTerraform(ground, host);
    if (typeof byTerraform === "string") verdicts.push(untried(noRoad, site, byTerraform));
    else for (const { what, ...tried } of byTerraform) if (!(await walked(what, tried))) return false;
    return true;
  };
  try {
    if (!(await all())) verdicts.push(notTried(site, "the rest of the long roads"));
  } finally {
    await restore(api, host);
  }
  return verdicts;
}

/** A broken promise too: what would wipe is not tried once the guard does not hold. */
const notTried = (about: string, done: string): Verdict => ({
  promise: noRoad,
  about,
  done,
  seen: "not tried: they would wipe, for the guard does not hold",
  kept: false,
});

async function lawfulRoad({ site, stage, twinSite }: Ground, targets: readonly ApiObject[], like: ApiObject): Promise<Verdict[]> {
  const api = await twinSite.admin();
  const watch = await Watch.begin(twinSite);
  const failings: (string | undefined)[] = [];
  for (const host of targets) failings.push(await moveAndBack(api, host));
  const moved = [...failings.filter((failing) => failing !== undefined), ...(await watch.changes())];
  const walked = await wholeRoads(api, like, stage);
  const promise = "the lawful road stays open";
  return [
    {
      promise,
      about: site,
      done: `moved the label of ${several(targets.length, "host")} to draining in a request of its own, and back`,
      seen: moved.length === 0 ? "then each may be deleted; back again it is as before" : inShort(moved),
      kept: moved.length === 0,
    },
    {
      promise,
      about: site,
      done: "took a host and an adopted host of the drill's own from granted by draining to deleted",
      seen: walked.length === 0 ? "refused while granted, gone once draining; the adopted one never touched" : inShort(walked),
      kept: walked.length === 0,
    },
  ];
}

async function guardItself({ site, stage, twinSite }: Ground, node: string): Promise<Verdict> {
  const people = everybody(stage.request.messengers, node);
  const open = await takeAway(twinSite, people);
  return {
    promise: "nobody but a cluster's administrator takes the guard away",
    about: site,
    done: `tried to delete and to change every policy and binding as ${people.length} others, a node among them`,
    seen: open.length === 0 ? "all refused" : inShort(open),
    kept: open.length === 0,
  };
}

async function atSite(stage: Stage, twinSite: TwinSite, verdicts: Verdict[]): Promise<void> {
  const ground = groundOf(stage, twinSite);
  const { site } = twinSite;
  stage.progress(`${site}: waiting for hosts`);
  verdicts.push(await provisioning(ground, false));
  if ([...ground.servers.values()].some(({ adopted }) => adopted)) verdicts.push(await provisioning(ground, true));
  const targets = targetsOf(ground, await grantedHosts(await twinSite.admin()));
  const [first] = targets;
  if (!first) {
    verdicts.push(untried(noRoad, site, "no host is granted here"));
    return;
  }
  stage.progress(`${site}: ${several(hostRoads.length, "road")} to ${several(targets.length, "host")}`);
  const short = await shortRoads(ground, targets);
  verdicts.push(...short);
  if (short.every(({ kept }) => kept)) {
    stage.progress(`${site}: long roads to ${first.metadata.name}`);
    verdicts.push(...(await longRoads(ground, first)));
  } else {
    verdicts.push(notTried(site, `${several(detours.length, "long road")}, kubectl's and terraform's`));
  }
  stage.progress(`${site}: the lawful road`);
  verdicts.push(...(await lawfulRoad(ground, targets, first)), await guardItself(ground, first.metadata.name));
}

/** Tries every road at every site. */
export const wipe: Drill = {
  name: "wipe",
  run: (stage) => everywhere(stage.sites.values(), (twinSite, verdicts) => atSite(stage, twinSite, verdicts)),
  async clean({ sites }) {
    for (const twinSite of sites.values()) {
      const api = await twinSite.admin();
      await undoLawful(api);
      await undoDetours(api);
      await undoKubectl(api);
    }
  },
};
