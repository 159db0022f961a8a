/** The servers themselves: their hosts, the keys to them, their nodes, their drives and devices. */
import type { JsonObject } from "../../../manifests/apiObject";
import { messengerLabel } from "../../../cluster/labels";
import { hardwareNamespace } from "../../../hardware/namespace";
import { across, change, create, forbidden, inside, read, remove, type Call, type Refused, type Table } from "./attempt";
import type { Target } from "./target";
import { object } from "./wellFormed";

const metal = "metal3.io/v1alpha1";
const storage = "storage.k8s.io/v1";
const devices = "resource.k8s.io/v1";
const nfd = "nfd.k8s-sigs.io/v1alpha1";

const host = (server: string, ...more: readonly string[]): string => inside(hardwareNamespace, metal, "baremetalhosts", server, ...more);
const admin = (what: string, call: (target: Target) => Call): Refused => forbidden("admin", what, call);
/** An object of the whole site. */
const siteWide = (what: string, apiVersion: string, resource: string, kind: string, rest: JsonObject): Refused =>
  admin(what, () => create(across(apiVersion, resource), object(apiVersion, kind, rest)));

export const hardware: Table = {
  promise: "nobody but the company has a way to the servers, their keys, nodes and drives",
  attempts: [
    admin("lists the keys to the servers", () => read(inside(hardwareNamespace, "v1", "secrets"))),
    admin("reads the key to a server of its own", ({ bmcSecret }) => read(inside(hardwareNamespace, "v1", "secrets", bmcSecret))),
    forbidden("account", "reads the key to a server by a token", ({ bmcSecret }) =>
      read(inside(hardwareNamespace, "v1", "secrets", bmcSecret)),
    ),
    admin("lists the hosts", () => read(inside(hardwareNamespace, metal, "baremetalhosts"))),
    admin("lists the hosts of the whole site", () => read(across(metal, "baremetalhosts"))),
    admin("reads its own host", ({ server }) => read(host(server))),
    admin("makes a host", () =>
      create(inside(hardwareNamespace, metal, "baremetalhosts"), object(metal, "BareMetalHost", { spec: { online: false } })),
    ),
    admin("makes a host in its own namespace", ({ namespace, bmcSecret }) =>
      create(
        inside(namespace, metal, "baremetalhosts"),
        object(metal, "BareMetalHost", {
          spec: { online: true, bmc: { address: "redfish://10.0.0.1/redfish/v1/Systems/1", credentialsName: bmcSecret } },
        }),
      ),
    ),
    admin("powers off its own host", ({ server }) => change(host(server), { spec: { online: false } })),
    admin("powers off another's host", ({ foreignServer }) => change(host(foreignServer), { spec: { online: false } })),
    admin("gives its own host another image", ({ server }) =>
      change(host(server), { spec: { image: { url: "http://images.example/x" } } }),
    ),
    admin("restarts its own host", ({ server }) => change(host(server), { metadata: { annotations: { "reboot.metal3.io": "" } } })),
    admin("says in what state its host is", ({ server }) => change(host(server, "status"), { status: { errorMessage: "none" } })),
    admin("deletes its own host", ({ server }) => remove(host(server))),
    admin("puts a medium into a server", ({ server }) =>
      create(
        inside(hardwareNamespace, metal, "dataimages"),
        object(metal, "DataImage", { metadata: { name: server }, spec: { url: "http://images.example/x.iso" } }),
      ),
    ),
    admin("subscribes to a server's events", ({ server }) =>
      create(
        inside(hardwareNamespace, metal, "bmceventsubscriptions"),
        object(metal, "BMCEventSubscription", { spec: { hostName: server, destination: "https://events.example" } }),
      ),
    ),
    admin("lists the nodes", () => read(across("v1", "nodes"))),
    admin("reads its own node", ({ server }) => read(across("v1", "nodes", server))),
    admin("makes another's node its own", ({ foreignServer, messenger }) =>
      change(across("v1", "nodes", foreignServer), { metadata: { labels: { [messengerLabel]: messenger } } }),
    ),
    admin("takes the taint off another's node", ({ foreignServer }) =>
      change(across("v1", "nodes", foreignServer), { spec: { taints: [] } }),
    ),
    admin("lets no pods come to another's node", ({ foreignServer }) =>
      change(across("v1", "nodes", foreignServer), { spec: { unschedulable: true } }),
    ),
    admin("deletes another's node", ({ foreignServer }) => remove(across("v1", "nodes", foreignServer))),
    admin("says what its node has", ({ server }) =>
      change(across("v1", "nodes", server, "status"), { status: { capacity: { "example.com/x": "1" } } }),
    ),
    admin("speaks to a kubelet through the API server", ({ server }) => ({
      ...read(across("v1", "nodes", server, "proxy", "pods")),
      connects: true,
    })),
    admin("lets a node seem alive or dead", ({ server }) =>
      change(inside("kube-node-lease", "coordination.k8s.io/v1", "leases", server), { spec: { holderIdentity: "another" } }),
    ),
    siteWide("makes a volume of a server's folder", "v1", "persistentvolumes", "PersistentVolume", {
      spec: { capacity: { storage: "1Gi" }, accessModes: ["ReadWriteOnce"], hostPath: { path: "/" } },
    }),
    admin("lists the volumes", () => read(across("v1", "persistentvolumes"))),
    siteWide("makes a class of volumes", storage, "storageclasses", "StorageClass", { provisioner: "example.com/x" }),
    siteWide("makes a storage driver", storage, "csidrivers", "CSIDriver", { spec: {} }),
    admin("attaches a volume to another's node", ({ foreignServer }) =>
      create(
        across(storage, "volumeattachments"),
        object(storage, "VolumeAttachment", {
          spec: { attacher: "example.com", nodeName: foreignServer, source: { persistentVolumeName: "volume-of-another" } },
        }),
      ),
    ),
    siteWide("makes a class of runtimes", "node.k8s.io/v1", "runtimeclasses", "RuntimeClass", { handler: "host" }),
    siteWide("makes a class of devices", devices, "deviceclasses", "DeviceClass", { spec: {} }),
    admin("offers devices in a node's name", ({ foreignServer }) =>
      create(
        across(devices, "resourceslices"),
        object(devices, "ResourceSlice", {
          spec: { driver: "example.com", nodeName: foreignServer, pool: { name: "x", generation: 1, resourceSliceCount: 1 }, devices: [] },
        }),
      ),
    ),
    admin("claims a device", ({ namespace }) =>
      create(inside(namespace, devices, "resourceclaims"), object(devices, "ResourceClaim", { spec: {} })),
    ),
    admin("lets pods claim devices", ({ namespace }) =>
      create(inside(namespace, devices, "resourceclaimtemplates"), object(devices, "ResourceClaimTemplate", { spec: { spec: {} } })),
    ),
    siteWide("gives nodes more bandwidth than they have", nfd, "nodefeaturerules", "NodeFeatureRule", {
      spec: { rules: [{ name: "more", extendedResources: { "zirsakht.ir/egress-mbps": "9000" }, matchFeatures: [] }] },
    }),
    admin("takes the pool's bandwidth away", () => remove(across(nfd, "nodefeaturerules", "zirsakht-bandwidth"))),
    admin("says what a node's features are", ({ namespace }) =>
      create(
        inside(namespace, nfd, "nodefeatures"),
        object(nfd, "NodeFeature", { spec: { features: { flags: {}, instances: {}, attributes: {} } } }),
      ),
    ),
  ],
};
