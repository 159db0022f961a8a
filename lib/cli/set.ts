/** What if: `--set audience.active=10M` tries another value of a messenger's file. Nothing is written. */
import type { Messenger } from "../request/messenger";
import { InputError } from "../request/problem";
import { readRequest } from "../request/read";
import type { Request } from "../request/request";
import { remembering } from "./remembering";

/**
 * Reads the request with `path=value` tried in the file of the one messenger that is named. Without settings it is the request as
 * it stands. Throws an InputError when settings come without exactly one name, and for all that reading finds wrong.
 */
export function readWhatIf(root: string, names: readonly string[], settings: readonly string[] = []): Request {
  if (settings.length > 0 && names.length !== 1) {
    const message = `--set tries values of one messenger's file, and ${names.length === 0 ? "none is" : `${String(names.length)} are`} named; name one`;
    throw new InputError([{ message }]);
  }
  const named = names.length > 0 ? { messengers: names } : {};
  const read = (set: readonly string[]) => remembering(root, (memory) => readRequest(root, { ...named, set, memory }));
  const written = read([]);
  if (settings.length === 0) return written;
  const tried = read(settings);
  const paths = settings.map((setting) => setting.slice(0, setting.indexOf("=")));
  return {
    ...tried,
    messengers: tried.messengers.map((messenger) => {
      const before = written.messengers.find((other) => other.messenger === messenger.messenger);
      return before ? carryMeasured(before, messenger, paths) : messenger;
    }),
  };
}

/**
 * The messenger to try, with everything that was counted at the file's active users carried to the active users that are tried: a
 * measured load, daily active users and subscribers grow with their audience. What a setting states stays as stated.
 *
 * @param written the messenger as its file has it
 * @param tried the same with the settings
 * @param paths the paths that the settings state, such as `load.peakConcurrent`
 */
export function carryMeasured(written: Messenger, tried: Messenger, paths: readonly string[]): Messenger {
  const from = written.audience.active;
  const to = tried.audience.active;
  if (from === 0 || from === to) return tried;
  const isStated = (key: string) => paths.some((path) => key === path || key.startsWith(`${path}.`));
  const carry = (key: string, value: number) => (isStated(key) ? value : (value * to) / from);
  const { audience, profile, load } = tried;
  return {
    ...tried,
    audience: {
      ...audience,
      ...(audience.dailyActive === undefined ? {} : { dailyActive: carry("audience.dailyActive", audience.dailyActive) }),
    },
    profile: {
      ...profile,
      ...(profile.channels === undefined
        ? {}
        : { channels: profile.channels.map((channel) => ({ ...channel, subscribers: carry("profile.channels", channel.subscribers) })) }),
    },
    ...(load === undefined
      ? {}
      : { load: carriedLoad(load, carry, `${load.source}, carried from ${String(from)} to ${String(to)} active users`) }),
  };
}

/** What was counted at a messenger's active users, by its keys: whoever writes another number of users counts it anew. */
export function measuredKeys({ audience, profile, load }: Messenger): string[] {
  return [
    ...(audience.dailyActive === undefined ? [] : ["audience.dailyActive"]),
    ...Object.entries(load ?? {}).flatMap(([key, value]) => (typeof value === "number" ? [`load.${key}`] : [])),
    ...(profile.channels === undefined ? [] : ["the subscribers of profile.channels"]),
  ];
}

type Load = NonNullable<Messenger["load"]>;

function carriedLoad(load: Load, carry: (key: string, value: number) => number, source: string): Load {
  const figures = Object.entries(load).flatMap(([key, value]) => (typeof value === "number" ? [[key, carry(`load.${key}`, value)]] : []));
  return { ...load, ...(Object.fromEntries(figures) as Partial<Load>), source };
}
