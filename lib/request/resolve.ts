/** The defaults of a messenger that depend on its other keys, or on the estate. */
import type { Estate } from "./estate";
import { needNames, type Messenger, type MessengerFile } from "./messenger";

const whole = 1000;

/** What was resolved already, with which estate: the checks of a file, and both sides of a comparison, ask for the same again. */
const resolved = new WeakMap<MessengerFile, { readonly sites: Estate["sites"]; readonly messenger: Messenger }>();

/** Fills in what the file leaves out. Needs come in the order hardware, network, cluster; growth in order of days. */
export function resolveMessenger(file: MessengerFile, { sites }: Pick<Estate, "sites">): Messenger {
  const known = resolved.get(file);
  if (known?.sites === sites) return known.messenger;
  const messenger = withDefaults(file, Object.keys(sites));
  resolved.set(file, { sites, messenger });
  return messenger;
}

function withDefaults(file: MessengerFile, sites: readonly string[]): Messenger {
  const { needs, placement, lifecycle, growth, ...rest } = file;
  const wanted = file.tier === "focus" ? needNames : (needs ?? ["network", "cluster"]);
  const state = typeof lifecycle === "string" ? { state: lifecycle } : lifecycle;
  return {
    ...rest,
    needs: needNames.filter((need) => wanted.includes(need)),
    placement: {
      sites: placement.sites ?? Object.fromEntries(sites.map((site) => [site, whole])),
      survives: placement.survives,
      layout: placement.layout ?? (file.tier === "focus" ? "split" : "converged"),
    },
    lifecycle: {
      state: state.state,
      ...("sector" in state && state.sector !== undefined ? { sector: state.sector } : {}),
      ...("since" in state && state.since !== undefined ? { since: state.since } : {}),
    },
    growth: Object.entries(growth)
      .map(([date, active]) => ({ date, active }))
      .sort((one, other) => (one.date < other.date ? -1 : 1)),
  };
}
