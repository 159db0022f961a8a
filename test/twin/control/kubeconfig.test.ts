import { parse } from "yaml";
import { kubeconfigOf } from "../../../lib/twin/control/kubeconfig";

const of = (site: string) => ({
  server: `https://127.0.0.1:${site.length}`,
  ca: `ca of ${site}`,
  cert: `cert of ${site}`,
  key: `key of ${site}`,
});
const base64 = (text: string): string => Buffer.from(text).toString("base64");

test("a context for each connection, the first the current one", () => {
  const config = parse(
    kubeconfigOf(
      new Map([
        ["b", of("thr1")],
        ["a: b", of("mhd10")],
      ]),
    ),
  ) as Record<string, unknown>;
  expect(config).toEqual({
    apiVersion: "v1",
    kind: "Config",
    clusters: [
      { name: "b", cluster: { server: "https://127.0.0.1:4", "certificate-authority-data": base64("ca of thr1") } },
      { name: "a: b", cluster: { server: "https://127.0.0.1:5", "certificate-authority-data": base64("ca of mhd10") } },
    ],
    users: [
      { name: "b", user: { "client-certificate-data": base64("cert of thr1"), "client-key-data": base64("key of thr1") } },
      { name: "a: b", user: { "client-certificate-data": base64("cert of mhd10"), "client-key-data": base64("key of mhd10") } },
    ],
    contexts: [
      { name: "b", context: { cluster: "b", user: "b" } },
      { name: "a: b", context: { cluster: "a: b", user: "a: b" } },
    ],
    "current-context": "b",
  });
});

test("the same connections give the same bytes", () => {
  const connections = new Map([["b", of("thr1")]]);
  expect(kubeconfigOf(connections)).toBe(kubeconfigOf(connections));
});
