/** A site as the wipe drill sees it: whose servers are in use, and what is watched while roads to them are tried. */
import { untried, type Stage, type Verdict } from "../../drill";
import type { TwinSite } from "../../control/twinSite";
import { emptyGrant, grantsAt } from "../../../allocation/grant";
import { namespaceOf } from "../../../cluster/namespace";
import { hardwareNamespace } from "../../../hardware/namespace";
import type { ApiObject } from "../../../manifests/apiObject";
import { presenceOf } from "../../../stacks/presence";
import { changesOf, grantedHosts } from "./hostState";
import type { Tried } from "./roads";

export const noRoad = "no road wipes or stops a server in use";

/** What the request says of a site's hosts. */
export interface Ground {
  readonly site: string;
  readonly stage: Stage;
  readonly twinSite: TwinSite;
  /** Servers that are granted, by name; whose, and whether somebody else provisioned them. */
  readonly servers: ReadonlyMap<string, { readonly holder: string; readonly adopted: boolean }>;
  /** The namespaces that are guarded. */
  readonly namespaces: readonly string[];
}

/** The ground of one site. */
export function groundOf(stage: Stage, twinSite: TwinSite): Ground {
  const { site } = twinSite;
  const { estate, lock, messengers } = stage.request;
  const grants = new Map(grantsAt(estate, lock, site).map((grant) => [grant.holder, grant]));
  const presence = new Map(
    messengers.map((messenger) => {
      const holder = messenger.messenger;
      return [holder, presenceOf(messenger, site, grants.get(holder) ?? emptyGrant(holder, site))];
    }),
  );
  const servers = [...grants.values()].flatMap(({ holder, servers: held }) =>
    held
      .filter(({ state }) => state === "granted" && presence.get(holder) !== "empty")
      .map(({ name, adopted }) => [name, { holder, adopted: adopted === true }] as const),
  );
  const live = messengers.filter(({ messenger, needs }) => needs.includes("cluster") && presence.get(messenger) === "live");
  const namespaces = [hardwareNamespace, ...live.map(({ messenger }) => namespaceOf(messenger))];
  return { site, stage, twinSite, servers: new Map(servers), namespaces };
}

/** One host of each holder, and one adopted host of each that has any; those that were provisioned here come first. */
export function targetsOf({ servers }: Ground, hosts: ReadonlyMap<string, ApiObject>): ApiObject[] {
  const found = new Map<string, ApiObject>();
  const provisionedFirst = [...servers].sort(([, a], [, b]) => Number(a.adopted) - Number(b.adopted));
  for (const [name, { holder, adopted }] of provisionedFirst) {
    const host = hosts.get(name);
    const key = `${holder} ${String(adopted)}`;
    if (host && !found.has(key)) found.set(key, host);
  }
  return [...found.values()];
}

/** Looks at every granted host of a site after each step, not only at the one that was tried. */
export class Watch {
  private constructor(
    private readonly twinSite: TwinSite,
    private readonly before: ReadonlyMap<string, ApiObject>,
  ) {}

  static async begin(twinSite: TwinSite): Promise<Watch> {
    return new Watch(twinSite, await grantedHosts(await twinSite.admin()));
  }

  /** What happened to any host since the beginning. */
  async changes(): Promise<string[]> {
    return changesOf(this.before, await grantedHosts(await this.twinSite.admin()));
  }
}

/** Problems in a line; all of hundreds would hide the rest of the page. */
export function inShort(problems: readonly string[], most = 5): string {
  return problems.length <= most ? problems.join("; ") : `${problems.slice(0, most).join("; ")}; and ${problems.length - most} more`;
}

/** Where something was tried. */
export interface TriedAt extends Tried {
  readonly name: string;
}

/** The verdict on a road: kept where every attempt was refused, and nothing happened to any host. */
export function roadVerdict({ site }: Ground, done: string, tried: readonly TriedAt[], changes: readonly string[]): Verdict {
  const [missed] = tried.filter(({ refused }) => refused === undefined);
  if (missed && changes.length === 0) return untried(noRoad, site, `${done}: ${missed.said}`);
  const open = tried.filter(({ refused }) => refused === false).map(({ name, said }) => `${name}: ${said}`);
  const problems = [...open, ...changes];
  const kept = problems.length === 0;
  // The guard's words go on with what to do instead.
  const [words = ""] = (tried[0]?.said ?? "").split("; ");
  const refused = `${tried.length} of ${tried.length} refused: ${words}`;
  return { promise: noRoad, about: site, done, seen: kept ? refused : inShort(problems), kept };
}
