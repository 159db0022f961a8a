/** The books of a side, site by site; each is known again by all that it is computed from. */
import type { Deficit, Stale, Violation } from "../allocation/allocation";
import { bookOf, type SiteBook } from "../allocation/book";
import { judgeLock } from "../allocation/judgement";
import { runOutOf, type Depletable, type RunOut } from "../allocation/runOut";
import type { Books } from "../diff/capacity";
import type { Ground } from "../diff/ground";
import type { Memory } from "../memory/memory";
import type { Messenger } from "../request/messenger";
import { calendarOf } from "../sizing/timeline";
import { Demands } from "./demands";

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

/** One site of a side, with all that its standing depends on. */
class Site {
  private readonly inputs: readonly string[];
  private readonly messengers: readonly Messenger[];
  private readonly estate: Ground["estate"];
  private readonly lock: Ground["lock"];

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

  standing(): SiteStanding {
    return this.memory.recall("standing", this.inputs, () => {
      const { estate, lock, messengers } = this;
      const calendar = calendarOf(estate, lock.asOf);
      const demands = messengers.map((messenger) => this.demands.of(messenger, calendar));
      const { deficits, stale, violations } = judgeLock({ estate, messengers, demands, lock });
      return { books: bookOf(estate, lock), deficits, stale, violations };
    });
  }

  runOut(): RunOut {
    const { estate, lock, name: site } = this;
    // An audience without a date is that of the book date, not of each day that is asked about.
    const messengers = this.messengers.map((messenger): Messenger => {
      const { audience } = messenger;
      return { ...messenger, audience: { ...audience, asOf: audience.asOf ?? lock.asOf } };
    });
    const demandOn = (messenger: Messenger, day: string) => this.demands.of(messenger, { asOf: day, horizon: 0, surges: estate.surges });
    const known = this.memory.recall<[Depletable, string][]>("run-out", this.inputs, () => [
      ...runOutOf({ estate, lock, site, messengers, demandOn }),
    ]);
    return new Map(known);
  }
}

/** How a side stands at some sites. */
export function standingOf(ground: Ground, among: ReadonlySet<string>, memory: Memory): Standing {
  const demands = new Demands(ground.coefficients.values, memory);
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
