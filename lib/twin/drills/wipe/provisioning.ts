/** Whether hosts are what they are to be: provisioned once, or never where somebody else did it. */
import { untried, type Verdict } from "../../drill";
import { until } from "../../wait";
import { several } from "../../../allocation/words";
import { valueAt, type ApiObject } from "../../../manifests/apiObject";
import { inShort, type Ground } from "./ground";
import { externallyProvisioned, grantedHosts, provisioned, stateOf } from "./hostState";

/** Hosts walk through the operator's states; this long, in seconds, for all of a site on a machine under load. */
const patience = 300;

/** What is otherwise with a host; whether the operator may still be at it. */
type Problem = { readonly what: string; readonly passing: boolean } | undefined;

function problemOf(name: string, host: ApiObject | undefined, adopted: boolean): Problem {
  if (!host) return { what: `${name} has no host that is labelled as granted`, passing: false };
  const { provisioning = "", provision, deprovision } = stateOf(host);
  if (adopted && provision !== "none") return { what: `${name} was provisioned`, passing: false };
  if (deprovision !== "none") return { what: `${name} was deprovisioned`, passing: false };
  if (provisioning !== (adopted ? externallyProvisioned : provisioned)) return { what: `${name} is ${provisioning}`, passing: true };
  return valueAt(host, "status", "poweredOn") === true ? undefined : { what: `${name} is off`, passing: true };
}

/** The verdict on a site's granted hosts, adopted ones or the others; waits while the operator is at work. */
export async function provisioning({ site, stage, twinSite, servers }: Ground, adopted: boolean): Promise<Verdict> {
  const names = [...servers].filter(([, server]) => server.adopted === adopted).map(([name]) => name);
  const promise = adopted ? "adopted servers are never provisioned anew" : "granted servers are provisioned, and once only";
  if (names.length === 0) return untried(promise, site, `no server is ${adopted ? "adopted" : "granted"} here`);
  let problems: Exclude<Problem, undefined>[] = [];
  const look = async (): Promise<true | undefined> => {
    const hosts = await grantedHosts(await twinSite.admin());
    problems = names.map((name) => problemOf(name, hosts.get(name), adopted)).filter((problem) => problem !== undefined);
    return problems.some(({ passing }) => passing) ? undefined : true;
  };
  await until(look, { seconds: patience, signal: stage.signal });
  const kept = problems.length === 0;
  return {
    promise,
    about: site,
    done: `looked at ${several(names.length, adopted ? "adopted host" : "granted host")}`,
    seen: kept
      ? `${names.length} of ${names.length} ${adopted ? externallyProvisioned : provisioned}`
      : inShort(problems.map(({ what }) => what)),
    kept,
  };
}
