import { valueAt, type ApiObject } from "../../manifests/apiObject";
import type { SecurityRule } from "../rule";
import { plain } from "./ordered";
import { bothWays, pairsOf, type Direction, type Say } from "./pair";
import { arrow, whole } from "./words";

const levels = ["privileged", "baseline", "restricted"];
const prefix = "pod-security.kubernetes.io/";

interface Level {
  readonly rank: number;
  /** Of the version of Kubernetes whose checks count; later ones check more. */
  readonly minor: number;
  readonly text: string;
}

/** A namespace that is not there lets no pod in: as strict as can be. */
const strictest: Level = { rank: levels.length - 1, minor: Infinity, text: "restricted" };

function levelOf(namespace: ApiObject | undefined, mode: string): Level {
  if (!namespace) return strictest;
  const level = valueAt(namespace.metadata.labels, `${prefix}${mode}`);
  const version = valueAt(namespace.metadata.labels, `${prefix}${mode}-version`) ?? "latest";
  if (typeof level !== "string")
    return { rank: 0, minor: Infinity, text: "no label (the cluster's default, privileged where none is set)" };
  const [, minor] = /^v1\.(\d+)$/.exec(plain(version)) ?? [];
  const pinned = minor === undefined ? "" : ` as of v1.${minor}`;
  return { rank: Math.max(levels.indexOf(level), 0), minor: minor === undefined ? Infinity : Number(minor), text: `${level}${pinned}` };
}

function lowered(tight: ApiObject | undefined, loose: ApiObject, mode: string, direction: Direction): string[] {
  const [strict, mild] = [levelOf(tight, mode), levelOf(loose, mode)];
  const isLower = mild.rank < strict.rank || (mild.rank === strict.rank && mild.rank > 0 && mild.minor < strict.minor);
  return isLower ? [`${mode} ${tight ? arrow(strict.text, mild.text, direction) : mild.text}`] : [];
}

const effect: Readonly<Record<string, string>> = {
  privileged: "its pods may do anything on their node",
  baseline: "its pods may run as root and with more capabilities",
};

const say: Say = (tight, loose, direction) => {
  if (!loose) return [];
  const enforced = lowered(tight, loose, "enforce", direction);
  const told = [...lowered(tight, loose, "warn", direction), ...lowered(tight, loose, "audit", direction)];
  const { rank } = levelOf(loose, "enforce");
  const now = effect[levels[rank] ?? ""] ?? "its pods are held to the checks of that version only";
  const what = direction === "widens" ? now : `no longer so that ${now}`;
  return [
    ...enforced.map((change) => `${whole(tight, direction)}pod security ${change}: ${what}`),
    ...(told.length > 0
      ? [`${whole(tight, direction)}pod security ${told.join(", ")}: nothing is refused by this, only said or written down`]
      : []),
  ];
};

/** The pod security of namespaces; new ones below `restricted` are told too. */
export const podSecurity: SecurityRule = {
  name: "pod-security",
  why: "A pod that may be privileged owns its node, and the pods of all others on it.",
  find: (comparison) => pairsOf(comparison, "Namespace").flatMap(bothWays(say)),
};
