/** Judges one allocation by law 3: nothing held is moved, lowered or taken, and only those asked for gain anything. */
import type { LockSite } from "../../../lib/request/lock";
import { holderOf } from "./ground";
import { added, asked, siteOf } from "./judge";
import type { Scene } from "./story";

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
/** Whether no figure of `after` is below its own in `before`. */
const raised = (before: object | undefined, after: object | undefined): boolean => {
  const figures: Readonly<Record<string, unknown>> = { ...after };
  return Object.entries(before ?? {}).every(([key, value]) =>
    typeof value === "number" ? Number(figures[key] ?? -1) >= value : raised(value as object, figures[key] as object | undefined),
  );
};

function heldLines(site: string, before: LockSite, after: LockSite, mayGain: (holder: string) => boolean): string[] {
  return (["servers", "vlans", "private", "vips", "egress"] as const).flatMap((section) => [
    ...Object.entries(before[section]).flatMap(([key, line]) =>
      same(line, after[section][key]) ? [] : [`${key} of ${site} changed in ${section}`],
    ),
    ...added(before[section], after[section]).flatMap((key) => {
      const line = after[section][key];
      return line && mayGain(holderOf(line)) ? [] : [`${key} of ${site} was given to one who did not ask`];
    }),
  ]);
}

function figures(site: string, before: LockSite, after: LockSite, mayGain: (holder: string) => boolean): string[] {
  return (["bandwidth", "quotas"] as const).flatMap((section) => [
    ...Object.entries<object>(before[section]).flatMap(([holder, line]) => {
      const now: object | undefined = after[section][holder];
      return same(line, now) || (mayGain(holder) && raised(line, now)) ? [] : [`${section} of ${holder} at ${site} changed or fell`];
    }),
    ...added(before[section], after[section]).flatMap((holder) => (mayGain(holder) ? [] : [`${section} of ${holder} at ${site} appeared`])),
  ]);
}

/** Law 3, line by line. `only` narrows who may gain: those whose need has grown. */
export function kept(scene: Scene, only: (holder: string) => boolean = () => true): string[] {
  const { input, result } = scene;
  const who = asked(scene);
  const mayGain = (holder: string): boolean => only(holder) && (holder === "pool" ? input.names === undefined : who.has(holder));
  return Object.keys({ ...input.lock?.sites, ...result.lock.sites }).flatMap((name) => {
    const [before, after] = [siteOf(input.lock, name), siteOf(result.lock, name)];
    const shorts = new Set([...Object.keys(before.short), ...Object.keys(after.short)]);
    return [
      ...heldLines(name, before, after, mayGain),
      ...figures(name, before, after, mayGain),
      ...[...shorts].flatMap((holder) =>
        same(before.short[holder], after.short[holder]) || mayGain(holder) ? [] : [`short of ${holder} at ${name} changed`],
      ),
      ...(["servers", "prefixes", "vlans"] as const).flatMap((section) => [
        ...added(before.quarantine[section], after.quarantine[section]).map((key) => `${key} of ${name} went into quarantine`),
        ...Object.entries(before.quarantine[section]).flatMap(([key, line]) =>
          same(line, after.quarantine[section][key]) || (after.quarantine[section][key] === undefined && line.until <= input.asOf)
            ? []
            : [`${key} of ${name} left quarantine before ${line.until}`],
        ),
      ]),
    ];
  });
}
