/** The books of a side, site by site; each is known again by all that it is computed from. */
import type { Deficit, Stale, Violation } from "../allocation/allocation";
import { bookAt, type SiteBook } from "../allocation/book";
import { judgeSite } from "../allocation/judgement";
import type { Depletable } from "../allocation/lack";
import { runOutOf, type RunOut } from "../allocation/runOut";
import { SiteState } from "../allocation/siteState";
import type { Books } from "../diff/capacity";
import type { Ground } from "../diff/ground";
import type { Memory } from "../memory/memory";
import type { Messenger } from "../request/messenger";
import { calendarOf } from "../sizing/timeline";
import type { Demands } from "./demands";

/** How a side stands. */
export interface Standing {
  readonly books: Books;
  readonly stale: readonly Stale[];
  /** Laws that fail though everything is taken as alive: a bad merge, a lowered uplink. */
  readonly violations: readonly Violation[];
}

/** What is remembered of a site. */
interface SiteStanding {
  readonly books: readonly SiteBook[];
  readonly deficits: readonly Deficit[];
  readonly stale: readonly Stale[];
  readonly violations: readonly Violation[];
}

const only = <Value>(table: Readonly<Record<string, Value>>, key: string): Record<string, Value> => {
  const value = table[key];
  return value === undefined ? {} : { [key]: value };
};

/** What was dated already: both sides ask for the same. */
const dated = new WeakMap<Messenger, Messenger>();

/** With an audience of the book date where it says none: what is asked about later days is not about an audience of those days. */
function datedAt(messenger: Messenger, asOf: string): Messenger {
  const { audience } = messenger;
  if (audience.asOf !== undefined) return messenger;
  const known = dated.get(messenger);
  if (known?.audience.asOf === asOf) return known;
  const now = { ...messenger, audience: { ...audience, asOf } };
  dated.set(messenger, now);
  return now;
}

/** One site of a side, with all that its standing depends on. */
class Site {
  private readonly inputs: readonly string[];
  private readonly messengers: readonly Messenger[];
  private readonly estate: Ground["estate"];
  private readonly lock: Ground["lock"];
  private made: SiteState | undefined;

  constructor(
    ground: Ground,
    private readonly name: string,
    private readonly demands: Demands,
    private readonly memory: Memory,
  ) {
    this.messengers = ground.messengers.filter(({ placement: { sites } }) => Object.hasOwn(sites, name));
    this.estate = { ...ground.estate, sites: only(ground.estate.sites, name) };
    this.lock = { ...ground.lock, sites: only(ground.lock.sites, name) };
    const texts = this.messengers.map(({ messenger }) => ground.messengerText(messenger) ?? "");
    // The sites of the estate decide where a messenger is that does not say it.
    this.inputs = [name, ground.estateText, JSON.stringify(this.lock), JSON.stringify(ground.coefficients.values), ...texts];
  }

  /** The site as the lock has it; none where the estate has no such site. */
  private get state(): SiteState | undefined {
    const { estate, lock, name } = this;
    if (!Object.hasOwn(estate.sites, name)) return undefined;
    return (this.made ??= SiteState.of(estate, lock, name));
  }

  standing(): SiteStanding {
    return this.memory.recall("standing", this.inputs, () => {
      const { estate, lock, messengers, state } = this;
      if (!state) return { books: [], deficits: [], stale: [], violations: [] };
      const calendar = calendarOf(estate, lock.asOf);
      const demands = messengers.map((messenger) => this.demands.of(messenger, calendar));
      const { deficits, stale, violations } = judgeSite(state, { messengers, demands });
      return { books: [bookAt(state)], deficits, stale, violations };
    });
  }

  runOut(): RunOut {
    const { estate, lock } = this;
    const messengers = this.messengers.map((messenger) => datedAt(messenger, lock.asOf));
    const demandOn = (messenger: Messenger, day: string) => this.demands.of(messenger, { asOf: day, horizon: 0, surges: estate.surges });
    const known = this.memory.recall<[Depletable, string][]>("run-out", this.inputs, () => {
      const { state } = this;
      return state ? [...runOutOf({ state, messengers, demandOn })] : [];
    });
    return new Map(known);
  }
}

/** How a side stands at some sites. @param demands by the side's coefficients */
export function standingOf(ground: Ground, among: ReadonlySet<string>, demands: Demands, memory: Memory): Standing {
  const sites = new Map([...among].sort().map((name) => [name, new Site(ground, name, demands, memory)]));
  const all = Array.from(sites.values(), (site) => site.standing());
  return {
    books: {
      sites: all.flatMap(({ books }) => books),
      deficits: all.flatMap(({ deficits }) => deficits),
      runOut: (site) => sites.get(site)?.runOut() ?? new Map(),
    },
    stale: all.flatMap(({ stale }) => stale).sort((a, b) => (a.messenger === b.messenger ? 0 : a.messenger < b.messenger ? -1 : 1)),
    violations: all.flatMap(({ violations }) => violations),
  };
}
