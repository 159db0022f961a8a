/** Roads that begin with kubectl, the real one, as an administrator would type them. */
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Api } from "../../api";
import { temporaryFolder } from "../../control/folder";
import type { TwinSite } from "../../control/twinSite";
import { rehearsalLabel } from "../../drill";
import { kubeconfigOf } from "../../control/kubeconfig";
import { stateLabel } from "../../../cluster/labels";
import { hardwareNamespace } from "../../../hardware/namespace";
import { isObject, valueAt, type ApiObject } from "../../../manifests/apiObject";
import { run } from "../../run";
import { restore } from "./detours";
import { grantedHosts, hostsPath } from "./hostState";
import { guardOf, type Tried } from "./roads";

/** What `kubectl apply` leaves on what it applies; `--prune` deletes nothing that lacks it. */
const lastApplied = "kubectl.kubernetes.io/last-applied-configuration";
const mapName = "rehearsal-kept";

/** A command line, in which `FILE` stands for a file with the given object. */
interface Typed {
  readonly what: string;
  readonly args: readonly string[];
  readonly file?: (host: ApiObject) => ApiObject;
}

const bare = ({ apiVersion, kind, metadata, spec }: ApiObject): ApiObject => ({
  apiVersion,
  kind,
  metadata: { name: metadata.name, namespace: hardwareNamespace, labels: metadata.labels ?? {} },
  spec: spec ?? {},
});
/** What is left of the folder that is applied: one map, with the label by which is pruned. */
const keptMap: ApiObject = {
  apiVersion: "v1",
  kind: "ConfigMap",
  metadata: { name: mapName, namespace: hardwareNamespace, labels: { [rehearsalLabel]: "wipe", [stateLabel]: "granted" } },
};
const otherImage = (host: ApiObject): ApiObject => {
  const { spec, ...rest } = bare(host);
  return {
    ...rest,
    spec: {
      ...(isObject(spec) && spec),
      image: { url: "https://images.example/rehearsal.qcow2", checksum: "0".repeat(64), checksumType: "sha256" },
    },
  };
};

/** In the order in which they are tried. `HOST` stands for the host's name. */
const typed: readonly Typed[] = [
  { what: "kubectl delete --force", args: ["delete", "baremetalhost", "HOST", "--force", "--grace-period=0", "--wait=false"] },
  { what: "kubectl delete, of all by their label", args: ["delete", "baremetalhosts", `--selector=${stateLabel}=granted`, "--wait=false"] },
  { what: "kubectl replace --force", args: ["replace", "--force", "--wait=false", "-f", "FILE"], file: bare },
  { what: "kubectl apply, with another image", args: ["apply", "-f", "FILE"], file: otherImage },
  {
    what: "kubectl apply --prune, with the hosts left out",
    args: ["apply", "--prune", `--selector=${stateLabel}=granted`, "--prune-allowlist=metal3.io/v1alpha1/BareMetalHost", "-f", "FILE"],
    file: () => keptMap,
  },
];

/** How long a command may take, in milliseconds. */
const patience = 60_000;

/** Tries every command on a host, and says what came of it. Only where the guard is known to hold: kubectl does not ask first. */
export async function tryKubectl(
  kubectl: string,
  twinSite: TwinSite,
  host: ApiObject,
  signal: AbortSignal,
): Promise<(Tried & { readonly what: string })[]> {
  const api = await twinSite.admin();
  const folder = temporaryFolder(twinSite.access.temporary, "kubectl");
  const [kubeconfig, file] = [join(folder, "kubeconfig"), join(folder, "object.json")];
  const map = `/api/v1/namespaces/${hardwareNamespace}/configmaps/${mapName}`;
  try {
    writeFileSync(kubeconfig, kubeconfigOf(new Map([["site", api.connection]])), { mode: 0o600 });
    await api.demand("PATCH", `${hostsPath}/${host.metadata.name}`, {
      body: { metadata: { annotations: { [lastApplied]: JSON.stringify(bare(host)) } } },
    });
    const tried: (Tried & { readonly what: string })[] = [];
    for (const { what, args, file: object } of typed) {
      if (object) writeFileSync(file, JSON.stringify(object(host)));
      const words = args.map((word) => (word === "HOST" ? host.metadata.name : word === "FILE" ? file : word));
      const answer = await run(
        kubectl,
        [`--kubeconfig=${kubeconfig}`, `--cache-dir=${folder}`, `--namespace=${hardwareNamespace}`, ...words],
        { signal: AbortSignal.any([signal, AbortSignal.timeout(patience)]) },
      );
      signal.throwIfAborted();
      const text = `${answer?.out ?? ""}${answer?.err ?? ""}`;
      const said = guardOf(text);
      tried.push({ what, refused: answer?.code !== 0 && said !== undefined, said: said ?? `not the guard's refusal: ${text.trim()}` });
    }
    return tried;
  } finally {
    await restore(api, host, { annotations: [lastApplied] });
    await api.request("DELETE", map);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Removes the mark of `kubectl apply` from hosts on which a killed drill left it; the stacks are applied without it. */
export async function undoKubectl(api: Api): Promise<void> {
  for (const host of (await grantedHosts(api)).values())
    if (valueAt(host, "metadata", "annotations", lastApplied) !== undefined)
      await api.demand("PATCH", `${hostsPath}/${host.metadata.name}`, { body: { metadata: { annotations: { [lastApplied]: null } } } });
}
