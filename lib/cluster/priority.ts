/** The order in which pods get room when there is too little: one PriorityClass a tier, on every site. */
import type { Construct } from "../engine/terraform";
import { PriorityClassV1 } from "../engine/kubernetes";
import type { Messenger } from "../request/messenger";
import { protection } from "./protection";

export type Tier = Messenger["tier"];

/** Far below the system's own classes, which start at two billion; far enough apart for a site's classes in between. */
const values: Readonly<Record<Tier, number>> = { focus: 1_000_000, "on-request": 100_000 };

/** Every tier, in order of priority. */
export const tiers: readonly Tier[] = ["focus", "on-request"];

/** The class that the pods of a tier's messengers must name. */
export function priorityClassOf(tier: Tier): string {
  return `zirsakht-${tier}`;
}

/** A tier's PriorityClass; never a default, so that a pod's priority is always written down. */
export class Priority extends PriorityClassV1 {
  constructor(scope: Construct, id: string, props: { readonly tier: Tier }) {
    const { lifecycle, annotations } = protection(true);
    super(scope, id, {
      metadata: { name: priorityClassOf(props.tier), annotations },
      value: values[props.tier],
      globalDefault: false,
      description: `Pods of messengers of tier ${props.tier}.`,
      ...(lifecycle && { lifecycle }),
    });
  }
}
