/** Who is stale, and what is only a deficit: judged against law 4 by itself, and against what an allocation would do. */
import { allocate } from "../../../lib/allocation/allocate";
import { judgeLock } from "../../../lib/allocation/judgement";
import { story } from "./generate";
import { asked, type Broken, broken } from "./judge";
import { never } from "./runs";
import { play, type Scene } from "./story";

const name = ({ messenger, site, group }: Pick<Broken, "messenger" | "site"> & { readonly group?: string }): string =>
  `${messenger} ${group ?? ""} at ${site}`;

test("what only an outage or a roll breaks is a deficit, and nothing else is", () => {
  const judged = ({ input, result }: Scene): string[] => {
    const all = broken(input, result.lock);
    const fails = all.filter(({ short }) => short === 0);
    const found = judgeLock({ ...input, lock: { ...result.lock, asOf: input.asOf } });
    const deficits = new Set(found.deficits.filter(({ resource }) => resource === "servers").map(name));
    const stale = new Set(found.stale.filter(({ resource }) => resource === "servers").map(name));
    return [
      ...fails.flatMap((each) => ((each.outage ? deficits : stale).has(name(each)) ? [] : [`${name(each)} is broken and not said to be`])),
      ...[...deficits, ...stale].flatMap((said) => (all.some((each) => name(each) === said) ? [] : [`${said} is said to be broken`])),
    ];
  };
  never(story, (told) => play(told).flatMap(judged), 0.5);
});

test("nobody is stale after an allocation that it asked for", () => {
  const judged = (scene: Scene): string[] => {
    const { input, result } = scene;
    if (result.refused.length > 0 && input.partial !== true) return [];
    const { stale } = judgeLock({ ...input, lock: result.lock });
    return stale.flatMap(({ messenger, site, what }) => (asked(scene).has(messenger) ? [`${messenger} is stale at ${site}: ${what}`] : []));
  };
  never(story, (told) => play(told).flatMap(judged), 0.5);
});

test("an allocation does something for the stale, and nothing for others that are not short", () => {
  const judged = ({ input, result: { lock } }: Scene): string[] => {
    const stale = new Set(judgeLock({ ...input, lock }).stale.map(({ messenger }) => messenger));
    return input.messengers.flatMap(({ messenger, lifecycle }) => {
      const { changes, refused } = allocate({ ...input, lock, names: [messenger], partial: false });
      const done = refused.length > 0 || changes.length > 0;
      const short = Object.values(lock.sites).some((site) => site.short[messenger] !== undefined);
      if (stale.has(messenger)) return done ? [] : [`${messenger} is stale, and nothing happens`];
      return done && !short && lifecycle.state === "active"
        ? [`${messenger} is not stale and ${JSON.stringify(changes[0] ?? refused[0])}`]
        : [];
    });
  };
  never(story, (told) => play(told).slice(-1).flatMap(judged), 0.5);
});

test("an allocation breaks no promise that held", () => {
  const judged = ({ input, result: { lock } }: Scene): string[] => {
    if (!input.lock) return [];
    const violations = (of: typeof lock) => judgeLock({ ...input, lock: { ...of, asOf: input.asOf } }).violations;
    if (violations(input.lock).length > 0) return [];
    return violations(lock).map(({ site, what }) => `${site}: ${what}`);
  };
  never(story, (told) => play(told).flatMap(judged), 0.5);
});
