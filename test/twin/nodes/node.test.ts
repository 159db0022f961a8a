import { metaDataOf } from "../../../lib/hardware/hostIdentity";
import { joinUserData, registrationOf } from "../../../lib/twin/nodes/join";
import { featureOf, nodeOf, resourcesOf } from "../../../lib/twin/nodes/node";
import { sampleEstate } from "../../support/estate";

const { classes } = sampleEstate();
const [name = "", serverClass] = Object.entries(classes)[0] ?? [];
if (!serverClass) throw new Error("the estate has no class");

test("a node can allocate what its class says", () => {
  expect(resourcesOf({ ...serverClass, threads: 64000, memory: 512 * 1024, rootDevice: { minSize: 400 } })).toEqual({
    cpu: "64",
    memory: "512Gi",
    pods: "110",
    "ephemeral-storage": "400G",
  });
  expect(resourcesOf({ ...serverClass, threads: 1500, memory: 1536, rootDevice: {} })).toEqual({
    cpu: "1500m",
    memory: "1536Mi",
    pods: "110",
  });
});

test("a node is its server, as kubelet registers it", () => {
  const registration = registrationOf(
    joinUserData(),
    metaDataOf({ holder: "soroush", site: "thr1", rack: "r01", group: "compute", joins: true }),
  );
  const node = nodeOf({ server: "thr1-r01-s01", serverClass, registration, system: "https://images.example/node-1.qcow2" });
  expect(name).not.toBe("");
  expect(node).toEqual({
    apiVersion: "v1",
    kind: "Node",
    metadata: {
      name: "thr1-r01-s01",
      labels: {
        "kubernetes.io/arch": "amd64",
        "kubernetes.io/hostname": "thr1-r01-s01",
        "kubernetes.io/os": "linux",
        "topology.kubernetes.io/region": "thr1",
        "topology.kubernetes.io/zone": "r01",
        "zirsakht.ir/group": "compute",
        "zirsakht.ir/messenger": "soroush",
      },
      annotations: { "kwok.x-k8s.io/node": "fake" },
    },
    spec: { taints: [{ key: "zirsakht.ir/messenger", value: "soroush", effect: "NoSchedule" }] },
    status: {
      capacity: resourcesOf(serverClass),
      allocatable: resourcesOf(serverClass),
      nodeInfo: { architecture: "amd64", operatingSystem: "linux", osImage: "https://images.example/node-1.qcow2" },
    },
  });
});

test("a server that never ran the join user data registers plain", () => {
  const node = nodeOf({ server: "a-r1-s01", serverClass, registration: { labels: {}, taints: [] }, system: "adopted" });
  expect(node).not.toHaveProperty("spec");
  expect(Object.keys(node.metadata.labels ?? {})).toEqual(["kubernetes.io/arch", "kubernetes.io/hostname", "kubernetes.io/os"]);
});

test("its worker tells the name by which the site's rule finds it", () => {
  const feature = featureOf("thr1-r08-s01", "nfd");
  expect(feature.metadata.labels).toEqual({ "nfd.node.kubernetes.io/node-name": "thr1-r08-s01" });
  expect(feature).toHaveProperty(["spec", "features", "attributes", "system.name", "elements", "nodename"], "thr1-r08-s01");
});
