/** What a host does with its config drive when it first starts: the join user data, filled in with the host's metaData, becomes kubelet's flags. */
import { readFileSync } from "node:fs";
import { join, sep } from "node:path";
import { parse } from "yaml";
import { isObject, objects, type Json } from "../../manifests/apiObject";

/** A node's labels and taints, as kubelet registers them. */
export interface Registration {
  readonly labels: Readonly<Record<string, string>>;
  readonly taints: readonly Taint[];
}

/** A taint of a node. */
export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** The join user data that the project's documentation shows; the twin runs it as it stands there. */
export function joinUserData(): string {
  const here = __dirname.replace(`${sep}dist${sep}lib${sep}twin`, `${sep}lib${sep}twin`);
  return readFileSync(join(here, "../../../docs/node-join.yaml"), "utf8");
}

/** The file in which kubelet finds its flags. */
const flagsFile = "/etc/default/kubelet";

/**
 * What kubelet registers on a host with this user data and metaData (texts, as the config drive has them). Of cloud-init it knows what
 * the project's own user data uses: `{{ ds.meta_data.KEY }}` and `write_files`.
 * @throws Error where the metaData lacks a key, or the user data gives kubelet no flags
 */
export function registrationOf(userData: string, metaData: string): Registration {
  const parsed = parse(metaData) as Json;
  const values = isObject(parsed) ? parsed : {};
  const filled = userData.replace(/\{\{\s*ds\.meta_data\.(\w+)\s*\}\}/g, (_, key: string) => {
    const value = values[key];
    if (typeof value !== "string") throw new Error(`its metaData has no ${key}, which its user data asks for`);
    return value;
  });
  const config = parse(filled) as Json;
  const file = isObject(config) ? objects(config.write_files).find(({ path }) => path === flagsFile) : undefined;
  const line = typeof file?.content === "string" ? /^KUBELET_EXTRA_ARGS="(.*)"$/.exec(file.content.trim())?.[1] : undefined;
  if (line === undefined) throw new Error(`its user data writes no KUBELET_EXTRA_ARGS to ${flagsFile}`);
  const flags = new Map(line.split(/\s+/).map((flag): [string, string] => cut(flag, "=")));
  return {
    labels: Object.fromEntries(listed(flags.get("--node-labels")).map((label) => cut(label, "="))),
    taints: listed(flags.get("--register-with-taints")).map((taint) => {
      const [identity, effect] = cut(taint, ":");
      const [key, value] = cut(identity, "=");
      return { key, value, effect };
    }),
  };
}

const listed = (flag = ""): string[] => flag.split(",").filter((part) => part !== "");

function cut(text: string, at: string): [string, string] {
  const index = text.indexOf(at);
  return index < 0 ? [text, ""] : [text.slice(0, index), text.slice(index + 1)];
}
