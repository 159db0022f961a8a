import type { JsonObject } from "../../lib/manifests/apiObject";
import { noUnboundedEgress } from "../../lib/policy/noUnboundedEgress";
import { sampleEstate } from "../support/estate";
import { breaches, namespace, placed } from "./tree";

const supernets = Object.values(sampleEstate().sites).map((site) => site.private);
const labelled = { matchLabels: { "zirsakht.ir/egress": "true" } };
const world = { ipBlock: { cidr: "0.0.0.0/0", except: ["10.0.0.0/8"] } };
const policy = (to: readonly JsonObject[], podSelector: JsonObject = labelled) =>
  placed("NetworkPolicy", { spec: { podSelector, policyTypes: ["Egress"], egress: [{ to }] } });
const quota = placed("ResourceQuota", { spec: { hard: { "requests.zirsakht.ir/egress-mbps": "0" } } });

test("ways that are named pass: to pods, and out of the cluster for pods with the label and under a quota", () => {
  const pods = [
    { podSelector: {} },
    { namespaceSelector: { matchLabels: { "kubernetes.io/metadata.name": "kube-system" } } },
    { namespaceSelector: {}, podSelector: { matchLabels: { "k8s-app": "kube-dns" } } },
  ];
  expect(breaches(noUnboundedEgress, namespace(), quota, policy([world]), policy(pods, {}))).toEqual([]);
  expect(breaches(noUnboundedEgress, placed("NetworkPolicy", { spec: { podSelector: {}, policyTypes: ["Ingress", "Egress"] } }))).toEqual(
    [],
  );
});

test("a rule without a target is found", () => {
  expect(breaches(noUnboundedEgress, policy([]))).toEqual([
    "a: spec.egress[0].to: is empty, which means everywhere; name where the traffic goes",
  ]);
});

test("all namespaces as a target are found", () => {
  const found = [
    "a: spec.egress[0].to[0].namespaceSelector: selects the pods of every namespace; select the namespaces and pods that are needed",
  ];
  expect(breaches(noUnboundedEgress, policy([{ namespaceSelector: {} }]))).toEqual(found);
  expect(breaches(noUnboundedEgress, policy([{ namespaceSelector: {}, podSelector: {} }]))).toEqual(found);
});

test("a way out for pods without the label is found", () => {
  expect(breaches(noUnboundedEgress, policy([world], {}))).toEqual([
    'a: spec.podSelector.matchLabels: lets pods without zirsakht.ir/egress go to 0.0.0.0/0; select zirsakht.ir/egress: "true"',
  ]);
});

test("a way into a private network of any site is found", () => {
  const found = (except: string[]) => breaches(noUnboundedEgress, policy([{ ipBlock: { cidr: "0.0.0.0/0", except } }]));
  const said = (reachable: string[]) => [
    `a: spec.egress[0].to[0].ipBlock.except: lets traffic to 0.0.0.0/0 reach the private ${reachable.join(", ")}; except the private supernets of every site`,
  ];
  expect(supernets).toHaveLength(2);
  expect(found([])).toEqual(said(supernets));
  expect(found(supernets.slice(0, 1))).toEqual(said(supernets.slice(1)));
  expect(found(supernets)).toEqual([]);
});

test.each([[{ cidr: "::/0" }], [{}]])("%j as a target is found", (ipBlock) => {
  expect(breaches(noUnboundedEgress, policy([{ ipBlock }]))).toEqual([
    expect.stringMatching(/is no IPv4 prefix, and the estate grants no others; write an IPv4 prefix$/),
  ]);
});

test("a namespace with a way out and no quota of bandwidth is found", () => {
  expect(breaches(noUnboundedEgress, namespace(), policy([world]), placed("ResourceQuota", { spec: { hard: {} } }))).toEqual([
    "a: spec.hard: the pods of messenger-gap may leave the cluster without a quota of requests.zirsakht.ir/egress-mbps; set it to the granted bandwidth, or to 0",
  ]);
});
