/**
 * The judge's own record of an estate, kept beside the lock and apart from everything that writes it: who holds what, how it came there,
 * and what rests until when. Every deed is held against it, and then taken in.
 */
import type { LockServer } from "../../../lib/request/lock";
import { holderOf } from "./ground";
import { emptySite } from "./judge";
import type { Deed, Verb } from "./life";

/** Where a server is, in one word: its state, and what it waits for or came with. */
function whereOf(line: LockServer | undefined): string {
  if (!line) return "free";
  return `${line.adopted ? "adopted " : ""}${line.state}${line.for ? ` for ${line.for}` : ""}`;
}

/** The table of states: how a server may move by each verb. Whatever stands where it was is no move. */
const moves: Readonly<Record<Verb, readonly (readonly [from: string, to: string])[]>> = {
  allocate: [["free", "granted"]],
  release: [
    ["granted", "draining"],
    ["adopted granted", "adopted draining"],
  ],
  "let go": [
    ["granted", "draining"],
    ["adopted granted", "adopted draining"],
    ["free", "granted"],
  ],
  erase: [
    ["draining", "erasing"],
    ["adopted draining", "adopted detached for erase"],
    ["adopted detached for erase", "erasing"],
  ],
  erased: [["erasing", "resting"]],
  roll: [
    ["granted", "rolling"],
    ["rolling", "granted"],
    ["adopted granted", "adopted rolling"],
    ["adopted rolling", "adopted detached for roll"],
    ["adopted detached for roll", "granted"],
  ],
  adopt: [["granted", "adopted granted"]],
};

/** A server as the record knows it. */
interface Known {
  readonly holder: string;
  readonly where: string;
}

/** The days of the estate's quarantine, as every world has them. */
const rests = { servers: 14, prefixes: 30, vlans: 30 } as const;
const daysLater = (day: string, days: number): string => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** The record. */
export class EstateRecord {
  private readonly servers = new Map<string, Known>();
  /** The last day of rest, by `servers thr1-r01-s01` and the like. */
  private readonly resting = new Map<string, string>();
  /** The servers that a holder's roll ended last. */
  private readonly rolled = new Map<string, readonly string[]>();

  /** What is wrong with a deed by the record; then the record is as the lock is. */
  take(deed: Deed): string[] {
    const findings = [...this.moveFindings(deed), ...this.restFindings(deed)];
    this.learn(deed);
    return findings;
  }

  private whereNow(server: string, { after }: Deed): { where: string; line: LockServer | undefined } {
    const site = Object.values(after.sites).find(({ servers }) => server in servers);
    const rests = Object.values(after.sites).some(({ quarantine }) => server in quarantine.servers);
    const line = site?.servers[server];
    return { line, where: !line && rests ? "resting" : whereOf(line) };
  }

  private moveFindings(deed: Deed): string[] {
    const { verb, named, input, after } = deed;
    const names = new Set([...this.servers.keys(), ...Object.values(after.sites).flatMap(({ servers }) => Object.keys(servers))]);
    const findings: string[] = [];
    const begun = new Set<string>();
    for (const name of names) {
      const before = this.servers.get(name);
      const { where, line } = this.whereNow(name, deed);
      const from = before?.where ?? "free";
      const holder = line ? holderOf(line) : (before?.holder ?? "");
      if (before && line && before.holder !== holder) findings.push(`${name} goes from ${before.holder} to ${holder}`);
      if (from === where) continue;
      if (!moves[verb].some(([one, other]) => one === from && other === where))
        findings.push(`${verb} brings ${name} from ${from} to ${where}`);
      const meant =
        named.includes(name) || named.includes(holder) || (verb === "let go" && from === "free" && this.holders(named).has(holder));
      if (!meant) findings.push(`${verb} of ${named.join(", ")} moves ${name} of ${holder}`);
      const until = this.resting.get(`servers ${name}`);
      if (from === "free" && until !== undefined && until >= after.asOf) findings.push(`${name} is granted while it rests until ${until}`);
      if (verb === "roll" && where === "granted" && line?.image !== this.imageFor(holder, deed))
        findings.push(`${name} is rolled to ${line?.image ?? "nothing"}`);
      if (where.endsWith("rolling")) begun.add(`${name.slice(0, -4)} of ${holder}`);
      if (line && line.since !== input.lock.asOf && verb !== "allocate" && verb !== "adopt")
        findings.push(`${name} does not say since when it is ${where}`);
    }
    return [...findings, ...this.rollFindings(deed, begun)];
  }

  private imageFor(holder: string, { input: { estate, messengers } }: Deed): string {
    const own = messengers.find(({ messenger, needs }) => messenger === holder && !needs.includes("cluster"));
    return own?.image?.name ?? estate.image;
  }

  private holders(servers: readonly string[]): Set<string> {
    return new Set(servers.map((server) => this.servers.get(server)?.holder ?? ""));
  }

  /** One rack at a time, and none before the last is back. A roll that has come to its end, all servers alike, leaves nothing to wait for. */
  private rollFindings({ verb, named, ready, input: { estate, lock } }: Deed, begun: ReadonlySet<string>): string[] {
    if (verb !== "roll" || begun.size === 0) return [];
    const [holder = ""] = named;
    const under = [...this.servers]
      .filter(([, known]) => known.holder === holder && /rolling|for roll/.test(known.where))
      .map(([name]) => name);
    const dead = new Set(Object.values(estate.sites).flatMap(({ outOfService }) => Object.keys(outOfService)));
    const dark = (server: string): boolean => {
      const [site = "", rack = ""] = server.split("-");
      return estate.sites[site]?.racks[rack]?.outOfService !== undefined;
    };
    const images = Object.values(lock.sites).flatMap(({ servers }) =>
      Object.entries(servers).flatMap(([name, line]) =>
        holderOf(line) === holder && line.state === "granted" && !dead.has(name) && !dark(name) ? [line.image ?? "adopted"] : [],
      ),
    );
    const over = new Set(images.filter((image) => image !== "adopted")).size < 2 && !images.includes(estate.image);
    const waiting = (over ? [] : (this.rolled.get(holder) ?? [])).filter(
      (server) => this.servers.get(server)?.where === "granted" && !ready.includes(server) && !dead.has(server) && !dark(server),
    );
    return [
      ...(begun.size > 1 ? [`${holder} rolls ${[...begun].join(" and ")} at once`] : []),
      ...(under.length > 0 ? [`${holder} begins ${[...begun].join()} while ${under.join(", ")} roll`] : []),
      ...(waiting.length > 0 ? [`${holder} rolls on while ${waiting.join(", ")} are not back`] : []),
    ];
  }

  /** What rests stays until its day, and what begins to rest does so for the days of the estate. */
  private restFindings({ verb, after, input: { lock } }: Deed): string[] {
    return Object.entries(after.sites).flatMap(([site, { quarantine, ...held }]) =>
      (["servers", "prefixes", "vlans"] as const).flatMap((kind) => {
        const before = (lock.sites[site] ?? emptySite).quarantine[kind];
        const begun = Object.entries(quarantine[kind]).filter(([key, line]) => before[key]?.until !== line.until);
        const gone = Object.entries(before).filter(([key]) => !(key in quarantine[kind]));
        const homes: object[] =
          kind === "servers" ? [held.servers] : kind === "vlans" ? [held.vlans] : [held.private, held.vips, held.egress];
        return [
          ...begun.flatMap(([key, { until }]) => (until === daysLater(after.asOf, rests[kind]) ? [] : [`${key} rests until ${until}`])),
          ...begun.flatMap(([key]) =>
            verb === (kind === "servers" ? "erased" : "release") ? [] : [`${verb} puts ${key} into quarantine`],
          ),
          ...gone.flatMap(([key, { until }]) => (until < after.asOf ? [] : [`${key} leaves quarantine before ${until}`])),
          ...Object.keys(quarantine[kind]).flatMap((key) => (homes.some((lines) => key in lines) ? [`${key} is held and rests`] : [])),
        ];
      }),
    );
  }

  private learn({ verb, named, after }: Deed): void {
    const ended: string[] = [];
    const seen = new Set<string>();
    for (const { servers, quarantine } of Object.values(after.sites)) {
      for (const [name, line] of Object.entries(servers)) {
        seen.add(name);
        if (verb === "roll" && this.servers.get(name)?.where.match(/rolling|for roll/) && line.state === "granted") ended.push(name);
        this.servers.set(name, { holder: holderOf(line), where: whereOf(line) });
      }
      for (const [kind, lines] of Object.entries(quarantine))
        for (const [key, { until }] of Object.entries(lines)) this.resting.set(`${kind} ${key}`, until);
    }
    for (const name of this.servers.keys()) if (!seen.has(name)) this.servers.delete(name);
    if (ended.length > 0) this.rolled.set(named[0] ?? "", ended);
  }

  /** Servers that nobody holds and that rest no more on a day, of those given. */
  freeOf(servers: Iterable<string>, day: string): string[] {
    return [...servers].filter((server) => !this.servers.has(server) && (this.resting.get(`servers ${server}`) ?? "") < day);
  }
}
