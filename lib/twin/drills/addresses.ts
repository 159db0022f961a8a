/** The addresses drill: messengers' services take public addresses, all of their own pool and nothing else, from the real MetalLB controller. */
import { several } from "../../allocation/words";
import { isDone, messageOf } from "../api";
import { everywhere, type Drill, type Stage, type Verdict } from "../drill";
import { together } from "../ending";
import type { TwinSite } from "../control/twinSite";
import { until } from "../wait";
import { addressesOf, patience, tenantsOf, type Asked, type Tenant } from "./addresses/tenant";

/** The ways in which a service may ask for an address, or a pool, by name. */
function waysTo(address: string, pool: string): readonly { readonly what: string; readonly asked: Asked }[] {
  return [
    { what: "spec.loadBalancerIP", asked: { spec: { loadBalancerIP: address } } },
    ...["metallb.io", "metallb.universe.tf"].flatMap((group) => [
      { what: `${group}/loadBalancerIPs`, asked: { annotations: { [`${group}/loadBalancerIPs`]: address } } },
      { what: `${group}/address-pool`, asked: { annotations: { [`${group}/address-pool`]: pool } } },
    ]),
  ];
}

/** The words of who keeps addresses: the quota, the site's guard, MetalLB. Anything else says nothing of them. */
const isRefusal = (words: string): boolean => /exceeded quota: |ValidatingAdmissionPolicy 'zirsakht-|^AllocationFailed: /.test(words);

const spokenFor = ({ deployer }: Tenant): string =>
  `as ${deployer.groups[0] === "system:serviceaccounts" ? "its own ServiceAccount" : deployer.groups.join(", ")}`;

/** Nobody gets an address of somebody else's pool, however it asks. */
async function foreign(tenant: Tenant, other: Tenant, signal: AbortSignal): Promise<Verdict> {
  const address = other.addresses[0] ?? "";
  const wrong: string[] = [];
  let words = "";
  const ways = waysTo(address, other.namespace);
  for (const [index, { what, asked }] of ways.entries()) {
    const name = `rehearsal-asks-${index}`;
    const answer = await tenant.create(name, asked);
    if (!isDone(answer)) {
      if (isRefusal(messageOf(answer))) words ||= messageOf(answer);
      else wrong.push(`${what}: could not be tried: ${messageOf(answer)}`);
      continue;
    }
    const outcome = await tenant.outcome(name, signal);
    if (outcome && isRefusal(outcome.words)) words ||= outcome.words;
    else
      wrong.push(`${what}: ${outcome ? outcome.words || `got ${outcome.addresses.join(", ")}` : `nobody answered within ${patience} s`}`);
    await tenant.remove(name);
  }
  const kept = wrong.length === 0;
  return {
    promise: "nobody gets another's address",
    about: tenant.name,
    done: `asked for ${address} of ${other.name}, ${spokenFor(tenant)}, by ${ways.map(({ what }) => what).join(", ")}`,
    seen: kept ? `${ways.length} of ${ways.length} got none: ${words}` : wrong.join("; "),
    kept,
  };
}

/** Services are created until all addresses of the pool should be given. */
async function fill(tenant: Tenant, signal: AbortSignal): Promise<Verdict> {
  await until(async () => ((await tenant.isCounted()) ? true : undefined), { seconds: patience, signal });
  const before = await tenant.balancers();
  const wanted = tenant.addresses.length - before.length;
  const refused: string[] = [];
  for (let index = 0; index < wanted; index++) {
    const answer = await tenant.create(`rehearsal-${index + 1}`);
    if (!isDone(answer)) refused.push(`service ${index + 1}: ${messageOf(answer)}`);
  }
  let given: string[][] = [];
  await until(
    async () => {
      given = (await tenant.balancers()).map(addressesOf);
      return given.every((addresses) => addresses.length > 0) ? true : undefined;
    },
    { seconds: patience, signal },
  );
  const all = given.flat();
  const foreign = all.filter((address) => !tenant.addresses.includes(address));
  const problems = [
    ...refused.slice(0, 1),
    ...(given.some((addresses) => addresses.length === 0)
      ? [`${given.filter((addresses) => addresses.length === 0).length} have none`]
      : []),
    ...(foreign.length > 0 ? [`not of its pool: ${foreign.join(", ")}`] : []),
    ...(new Set(all).size < all.length ? ["some have the same address"] : []),
  ];
  const kept = problems.length === 0 && all.length === tenant.addresses.length;
  const said = `${all.length} of ${tenant.addresses.length} addresses of ${tenant.grant.vips.join(", ")} are given`;
  return {
    promise: "services get addresses of their own pool, all of them and nothing else",
    about: tenant.name,
    done: `created ${several(wanted, "service")} of type LoadBalancer, ${spokenFor(tenant)}`,
    seen: [said, ...problems].join("; "),
    kept,
  };
}

/** Beyond the last address somebody says so: the quota, or MetalLB. */
async function oneMore(tenant: Tenant, signal: AbortSignal): Promise<Verdict> {
  const name = "rehearsal-beyond";
  const answer = await tenant.create(name);
  const outcome = isDone(answer) ? await tenant.outcome(name, signal) : undefined;
  const words = isDone(answer) ? outcome?.words : messageOf(answer);
  const none = tenant.addresses.length === 0;
  return {
    promise: none ? "who has no public addresses gets none" : "a full pool says so",
    about: tenant.name,
    done: `created ${none ? "a service of type LoadBalancer" : "one service more"}, ${spokenFor(tenant)}`,
    seen: words
      ? `${isRefusal(words) ? "none, with the words" : "an error, which is no refusal"}: ${words}`
      : outcome
        ? `got ${outcome.addresses.join(", ")}`
        : `nobody said anything within ${patience} s`,
    kept: words !== undefined && isRefusal(words),
  };
}

async function atSite(stage: Stage, twinSite: TwinSite, verdicts: Verdict[]): Promise<void> {
  const { signal } = stage;
  const tenants = tenantsOf(stage, twinSite);
  const owners = tenants.filter(({ addresses }) => addresses.length > 0);
  stage.progress(`${twinSite.site}: ${several(owners.length, "pool")} of addresses, ${several(tenants.length, "messenger")}`);
  // In the order of messengers, whoever is done first.
  const lists = tenants.map((): Verdict[] => []);
  try {
    // All at once, as it would be: the controller must keep them apart.
    await together(
      tenants.map(async (tenant, index) => {
        const say = (verdict: Verdict): void => void lists[index]?.push(verdict);
        const other = owners.find((owner) => owner !== tenant);
        if (other) say(await foreign(tenant, other, signal));
        if (tenant.addresses.length > 0) say(await fill(tenant, signal));
        say(await oneMore(tenant, signal));
      }),
    );
  } finally {
    verdicts.push(...lists.flat());
    await removeAll(tenants);
  }
}

/** Removes the drill's services of a site. */
async function removeAll(tenants: readonly Tenant[]): Promise<void> {
  for (const tenant of tenants)
    for (const { metadata } of await tenant.balancers()) if (metadata.name.startsWith("rehearsal-")) await tenant.remove(metadata.name);
}

/** At every site. */
export const addresses: Drill = {
  name: "addresses",
  run: (stage) => everywhere(stage.sites.values(), (twinSite, verdicts) => atSite(stage, twinSite, verdicts)),
};
