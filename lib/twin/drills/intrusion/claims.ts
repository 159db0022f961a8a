/** Which drives a messenger's claims take: those of the servers that its pods run on, as much as was granted. */
import type { JsonObject } from "../../../manifests/apiObject";
import { byPolicy, byQuota, change, create, inside, type Call, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { claim, pod, standing, type Change } from "./wellFormed";

const selectedNode = "volume.kubernetes.io/selected-node";

const makes = (what: string, by: Refused["by"], changed: (target: Target) => Change): Refused => ({
  what: `makes a claim ${what}`,
  who: "deployer",
  want: "refused",
  by,
  request: (target) => create(inside(target.namespace, "v1", "persistentvolumeclaims"), claim(changed(target))),
  control: (target) => create(inside(target.namespace, "v1", "persistentvolumeclaims"), claim()),
});

const amongClaims = ({ namespace }: Target): string => inside(namespace, "v1", "persistentvolumeclaims", standing);
const alters = (what: string, words: string, body: (target: Target) => Parameters<typeof change>[1]): Refused => ({
  what: `lets a claim that waits ${what}`,
  who: "deployer",
  want: "refused",
  by: byPolicy("claims", words),
  request: (target) => change(amongClaims(target), body(target)),
  control: (target) => change(amongClaims(target), { metadata: { annotations: { other: "true" } } }),
});

const asking = (target: Target, requests: JsonObject): Call =>
  create(inside(target.namespace, "v1", "pods"), pod(target, { container: { resources: { requests } } }));

const noVolume = "spec.volumeName must be left out";
const noNode = `the annotation ${selectedNode} must be left out`;

export const claims: Table = {
  promise: "a messenger's claims take drives of its own servers or its share of the pool's",
  attempts: [
    makes("to a volume of its choice", byPolicy("claims", noVolume), () => ({ spec: { volumeName: "volume-of-another" } })),
    makes("to a drive of another's server", byPolicy("claims", noNode), ({ foreignServer }) => ({
      annotations: { [selectedNode]: foreignServer },
    })),
    makes("to more than the messenger was granted", byQuota("requests.storage"), () => ({
      spec: { resources: { requests: { storage: "900Pi" } } },
    })),
    alters("take a volume of its choice", noVolume, () => ({ spec: { volumeName: "volume-of-another" } })),
    alters("take a drive of another's server", noNode, ({ foreignServer }) => ({
      metadata: { annotations: { [selectedNode]: foreignServer } },
    })),
    {
      what: "makes a pod that asks for more of a server's own drive than the messenger was granted",
      who: "deployer",
      want: "refused",
      by: byQuota("requests.ephemeral-storage"),
      request: (target) => asking(target, { "ephemeral-storage": "900Ti" }),
      control: (target) => asking(target, { "ephemeral-storage": "1Mi" }),
    },
    {
      what: "makes a pod that asks for more threads than the messenger was granted",
      who: "deployer",
      want: "refused",
      by: byQuota("requests.cpu"),
      request: (target) => asking(target, { cpu: "1M" }),
      control: (target) => asking(target, { cpu: "1m" }),
    },
    {
      what: "makes a pod that asks for more memory than the messenger was granted",
      who: "deployer",
      want: "refused",
      by: byQuota("requests.memory"),
      request: (target) => asking(target, { memory: "900Ti" }),
      control: (target) => asking(target, { memory: "1Mi" }),
    },
  ],
};
