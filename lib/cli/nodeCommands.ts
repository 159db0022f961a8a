/** What a person runs on a site's cluster before a server goes and once it is wiped: the toolkit moves labels, people move pods. */
import type { Move } from "../allocation/draft";
import type { Estate } from "../request/estate";
import type { Messenger } from "../request/messenger";

/** Commands for the sites' clusters, by when they are run. */
export interface NodeCommands {
  /** Once the change is applied. */
  readonly applied: readonly string[];
  /** Once the servers are wiped: while its kubelet's key lives, a server may register its node anew under any labels. */
  readonly wiped: readonly string[];
}

/** \`kubectl drain\` for servers that begin to drain or to roll, \`kubectl delete node\` for those that are wiped next; of hosts that join no cluster, none. */
export function nodeCommands(
  moves: readonly Move[],
  {
    estate,
    messengers,
  }: { readonly estate: Pick<Estate, "sites">; readonly messengers: readonly Pick<Messenger, "messenger" | "needs">[] },
): NodeCommands {
  const bare = new Set(messengers.filter(({ needs }) => !needs.includes("cluster")).map(({ messenger }) => messenger));
  const joined = moves.filter(({ holder }) => !bare.has(holder));
  const leaving = joined.filter(({ to }) => to === "draining" || to === "rolling");
  const kubectl = (some: readonly Move[], words: (names: string) => string): string[] =>
    [...new Set(some.map(({ site }) => site))].map((site) => {
      const names = some.filter((move) => move.site === site).map(({ server }) => server);
      return `kubectl --context ${estate.sites[site]?.context ?? site} ${words(names.join(" "))}`;
    });
  const deleteNode = (names: string): string => `delete node ${names}`;
  return {
    applied: [
      ...kubectl(
        leaving.filter(({ works }) => works),
        (names) => `drain ${names} --ignore-daemonsets --delete-emptydir-data`,
      ),
      // The pods of a dead node never end: a drain would wait for them for ever.
      ...kubectl(
        leaving.filter(({ works }) => !works),
        deleteNode,
      ),
    ],
    wiped: kubectl(
      joined.filter(({ works, to }) => works && (to === "erasing" || to === "granted")),
      deleteNode,
    ),
  };
}
