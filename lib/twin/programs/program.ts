/** The programs that a twin runs, and the files that it takes from their modules. The versions stand in modules/<module>/go.mod. */

/** A folder of lib/twin/modules: programs that build together, with the checksum of everything that they are built of. */
export type ModuleName = "kubernetes" | "baremetal" | "metallb" | "nfd" | "crds";

/** A program, built of a Go package. */
export interface Program {
  readonly name: string;
  readonly module: ModuleName;
  /** The Go module whose version is the program's. */
  readonly from: string;
  readonly package: string;
  /** The variables that are told the version when it is linked; without them some programs cannot say it, and kubectl cannot read it. */
  readonly version: readonly string[];
}

const kubernetes = {
  module: "kubernetes",
  from: "k8s.io/kubernetes",
  version: ["k8s.io/component-base/version.gitVersion", "k8s.io/client-go/pkg/version.gitVersion"],
} as const;
const kwok = { module: "kubernetes", from: "sigs.k8s.io/kwok", version: ["sigs.k8s.io/kwok/pkg/consts.Version"] } as const;

/** In the order in which they are built: what others share most is compiled first. */
export const programs = [
  { name: "etcd", module: "kubernetes", from: "go.etcd.io/etcd/server/v3", package: "go.etcd.io/etcd/server/v3", version: [] },
  { name: "kube-apiserver", ...kubernetes, package: "k8s.io/kubernetes/cmd/kube-apiserver" },
  { name: "kube-controller-manager", ...kubernetes, package: "k8s.io/kubernetes/cmd/kube-controller-manager" },
  { name: "kube-scheduler", ...kubernetes, package: "k8s.io/kubernetes/cmd/kube-scheduler" },
  { name: "kubectl", ...kubernetes, package: "k8s.io/kubernetes/cmd/kubectl" },
  { name: "kwok", ...kwok, package: "sigs.k8s.io/kwok/cmd/kwok" },
  { name: "kwokctl", ...kwok, package: "sigs.k8s.io/kwok/cmd/kwokctl" },
  {
    name: "baremetal-operator",
    module: "baremetal",
    from: "github.com/metal3-io/baremetal-operator",
    package: "github.com/metal3-io/baremetal-operator",
    version: ["github.com/metal3-io/baremetal-operator/pkg/version.Raw"],
  },
  {
    name: "metallb-controller",
    module: "metallb",
    from: "go.universe.tf/metallb",
    package: "go.universe.tf/metallb/controller",
    version: [],
  },
  {
    name: "nfd-master",
    module: "nfd",
    from: "sigs.k8s.io/node-feature-discovery",
    package: "sigs.k8s.io/node-feature-discovery/cmd/nfd-master",
    version: ["sigs.k8s.io/node-feature-discovery/pkg/version.version"],
  },
] as const satisfies readonly Program[];

export type ProgramName = (typeof programs)[number]["name"];

/** Files of a Go module that a twin takes as they are. */
export interface ModuleFiles {
  readonly module: ModuleName;
  readonly from: string;
  /** Files, or folders whose files are all taken. */
  readonly paths: readonly string[];
}

/** The definitions of every kind that the stacks use beside Kubernetes' own. */
export const crdFiles: readonly ModuleFiles[] = [
  { module: "baremetal", from: "github.com/metal3-io/baremetal-operator", paths: ["config/base/crds/bases"] },
  // Of a newer version than the controller, which does not mind: the API server refuses every BGPPeer of the older definition.
  { module: "crds", from: "go.universe.tf/metallb", paths: ["config/crd/bases"] },
  { module: "crds", from: "github.com/cilium/cilium", paths: ["pkg/k8s/apis/cilium.io/client/crds/v2/ciliumegressgatewaypolicies.yaml"] },
  {
    module: "crds",
    from: "github.com/k8snetworkplumbingwg/network-attachment-definition-client",
    paths: ["artifacts/networks-crd.yaml"],
  },
  { module: "nfd", from: "sigs.k8s.io/node-feature-discovery", paths: ["deployment/base/nfd-crds/nfd-api-crds.yaml"] },
];

/** What kwok does to nodes and pods; the twin's own stages, in lib/twin/stages, are added to them. */
export const stageFiles: ModuleFiles = {
  module: "kubernetes",
  from: "sigs.k8s.io/kwok",
  paths: [
    "kustomize/stage/node/fast/node-initialize.yaml",
    "kustomize/stage/node/heartbeat-with-lease/node-heartbeat-with-lease.yaml",
    "kustomize/stage/pod/fast/pod-ready.yaml",
    "kustomize/stage/pod/fast/pod-complete.yaml",
    "kustomize/stage/pod/fast/pod-delete.yaml",
  ],
};
