/** Invented rows of changes, some with what their objects hold. */
import type { Body, Cause, ChangeRow } from "../../../lib/diff/report";

/** Why something of soroush grows. */
export const growth: Cause[] = [
  { what: "audience.active 5M -> 7M", place: "stacks/messengers/soroush.yaml:6" },
  { what: "coefficient threads_per_1k_connections 0.8 -> 0.9" },
];

/** A change in four stacks. */
export const row: ChangeRow = {
  action: "update",
  stacks: ["gap.thr1", "gap.mhd1", "soroush.thr1", "soroush.mhd1"],
  count: 4,
  kind: "LimitRange",
  object: "LimitRange messenger-<messenger>/limits",
  address: "kubernetes_limit_range_v1.limits",
  attributes: [
    { path: "spec.limits[0].max.memory", before: "8Gi", after: "16Gi" },
    { path: "spec.limits[0].default", after: { cpu: "500m", memory: "1Gi" } },
  ],
  causes: [{ what: "lib/cluster/limits: the toolkit's own default" }],
};

/** What a new server's host holds. */
export const host = (name: string, bmc: string): Omit<Body, "count"> => ({
  object: `BareMetalHost zirsakht-hardware/${name}`,
  stacks: ["soroush.thr1"],
  manifest: {
    apiVersion: "metal3.io/v1alpha1",
    kind: "BareMetalHost",
    metadata: { name, namespace: "zirsakht-hardware" },
    spec: { online: true, bmc: { address: `redfish://${bmc}/redfish/v1/Systems/1`, credentialsName: "bmc" } },
  },
});

/** One of each action; what objects hold, the same in many, alone, and with a long value. */
export const smallChanges: ChangeRow[] = [
  row,
  {
    ...row,
    action: "create",
    stacks: ["soroush.thr1"],
    count: 9,
    kind: "BareMetalHost",
    object: "BareMetalHost zirsakht-hardware/<server>",
    address: "kubernetes_manifest.<server>",
    attributes: [],
    bodies: [
      { ...host("thr1-r01-s10", "10.1.1.10"), count: 1 },
      { ...host("<server>", "10.1.1.11"), count: 8 },
    ],
    causes: growth,
  },
  {
    ...row,
    action: "replace",
    stacks: ["soroush.thr1"],
    count: 1,
    kind: "Service",
    object: "Service messenger-soroush/edge",
    address: "kubernetes_service_v1.edge",
    attributes: [{ path: "spec.clusterIP", before: "10.96.4.17", after: "" }],
  },
  {
    ...row,
    action: "destroy",
    stacks: ["dorna.thr1"],
    count: 1,
    kind: "Namespace",
    object: "Namespace messenger-dorna",
    address: "kubernetes_namespace_v1.namespace",
    attributes: [],
    bodies: [
      {
        object: "Namespace messenger-dorna",
        stacks: ["dorna.thr1"],
        count: 1,
        manifest: { apiVersion: "v1", kind: "Namespace", metadata: { name: "messenger-dorna", labels: { note: "x".repeat(300) } } },
      },
    ],
    causes: [],
  },
];
