/** Kubeconfigs: how programs and people find an API server, and as whom. */
import { stringify } from "yaml";
import type { Connection } from "../api";

const base64 = (text: string): string => Buffer.from(text).toString("base64");

/** A kubeconfig with one context for each connection, of that name; the first is the current one. Keys are in it: keep it to its owner. */
export function kubeconfigOf(connections: ReadonlyMap<string, Connection>): string {
  const entries = [...connections];
  return stringify(
    {
      apiVersion: "v1",
      kind: "Config",
      clusters: entries.map(([name, { server, ca }]) => ({ name, cluster: { server, "certificate-authority-data": base64(ca) } })),
      users: entries.map(([name, { cert, key }]) => ({
        name,
        user: { "client-certificate-data": base64(cert), "client-key-data": base64(key) },
      })),
      contexts: entries.map(([name]) => ({ name, context: { cluster: name, user: name } })),
      "current-context": entries[0]?.[0] ?? "",
    },
    { lineWidth: 0 },
  );
}
