import { wordsOf } from "../../lib/cli/twinUp";

const site = { site: "thr1", context: "a b", server: "https://127.0.0.1:1", started: [], seconds: 1 };
const twin = { kubeconfig: "/w/kubeconfig", sites: [site], removed: [] };
const facts = { kubectl: "/c/kubectl", contexts: ["a b"], seconds: 6.54 };

test("says what stands, and how it is reached", () => {
  expect(wordsOf(twin, facts)).toBe(`The twin is up: 1 site in 6.5 s.
  kubectl     /c/kubectl
  kubeconfig  /w/kubeconfig
  contexts    a b
For example: /c/kubectl --kubeconfig /w/kubeconfig --context 'a b' get nodes
etcd does not wait for the disk here: after a power cut, take the twin down and up again.`);
});

test("says which sites of an earlier estate are gone", () => {
  expect(wordsOf({ ...twin, removed: ["mhd1", "tbz1"] }, facts).split("\n")[1]).toBe("  removed     mhd1, tbz1: not in this estate");
});
