/** How many people stand behind the registrations of several messengers, who are counted once in each. */

/** How many are registered with both of two messengers. */
export interface Overlap {
  readonly messengers: readonly [string, string];
  readonly people: number;
}

/** Bounds on a number of people. */
export interface People {
  readonly least: number;
  readonly most: number;
}

interface Registered {
  readonly messenger: string;
  readonly audience: { readonly registered: number };
}

/**
 * Bounds on the people behind some messengers. They bound what is printed and nothing else: what is promised to messengers adds up.
 *
 * Without overlaps: at least the largest messenger's registrations, at most the sum of all. With overlaps Bonferroni's inequality
 * raises the least (a pair that is not known may overlap as far as the smaller of the two), and whoever is registered with one and
 * the same messenger besides another is taken off the most.
 *
 * @param overlaps known overlaps of pairs; each pair once. @default none
 */
export function people(messengers: readonly Registered[], overlaps: readonly Overlap[] = []): People {
  const registered = new Map(messengers.map(({ messenger, audience }) => [messenger, audience.registered]));
  const known = overlaps.filter(({ messengers: [one, other] }) => registered.has(one) && registered.has(other));
  const ids = [...registered.keys()];
  const all = [...registered.values()];
  const sum = all.reduce((total, count) => total + count, 0);

  let overlapping = 0;
  ids.forEach((one, index) => {
    for (const other of ids.slice(index + 1)) {
      const overlap = known.find(({ messengers: pair }) => pair.includes(one) && pair.includes(other));
      overlapping += overlap?.people ?? Math.min(registered.get(one) ?? 0, registered.get(other) ?? 0);
    }
  });
  const shared = ids.map((id) => known.filter(({ messengers: pair }) => pair.includes(id)).reduce((total, pair) => total + pair.people, 0));
  return { least: Math.max(0, ...all, sum - overlapping), most: sum - Math.max(0, ...shared) };
}
