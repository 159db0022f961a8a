/** What a person runs on a site's cluster before a server goes: the toolkit moves labels, people move pods. */
import type { Move } from "../allocation/draft";
import type { Estate } from "../request/estate";
import type { Messenger } from "../request/messenger";

/** `kubectl drain` and `kubectl delete node` for servers that begin to drain or to roll; of hosts that join no cluster, none. */
export function nodeCommands(
  moves: readonly Move[],
  {
    estate,
    messengers,
  }: { readonly estate: Pick<Estate, "sites">; readonly messengers: readonly Pick<Messenger, "messenger" | "needs">[] },
): string[] {
  const bare = new Set(messengers.filter(({ needs }) => !needs.includes("cluster")).map(({ messenger }) => messenger));
  const leaving = moves.filter(({ holder, to }) => (to === "draining" || to === "rolling") && !bare.has(holder));
  return [...new Set(leaving.map(({ site }) => site))].flatMap((site) => {
    const kubectl = `kubectl --context ${estate.sites[site]?.context ?? site}`;
    const here = leaving.filter((move) => move.site === site);
    const names = (some: readonly Move[]): string => some.map(({ server }) => server).join(" ");
    // The pods of a dead node never end: a drain would wait for them for ever.
    const working = here.filter(({ works }) => works);
    return [
      ...(working.length > 0 ? [`${kubectl} drain ${names(working)} --ignore-daemonsets --delete-emptydir-data`] : []),
      `${kubectl} delete node ${names(here)}`,
    ];
  });
}
