import type { GrantedServer } from "../../lib/allocation/grant";
import { Host, type HostProps, type Provisioning } from "../../lib/hardware/host";
import { grantedRequest } from "../support/granted";
import { synthIn } from "../support/synth";

const server: GrantedServer = {
  name: "thr1-r01-s01",
  rack: "r01",
  class: "compute-64",
  messenger: "soroush",
  group: "compute",
  state: "granted",
  since: "2026-11-24",
  image: "node-1",
  address: "10.64.8.2",
};
const provisioning: Provisioning = {
  image: { url: "https://images.example/node-1.qcow2", checksum: `sha256:${"1".repeat(64)}` },
  joins: true,
  metaData: "soroush.r01.compute",
  networkData: "thr1-r01-s01.network",
};
const host = (props: Partial<HostProps> = {}) =>
  synthIn(
    (stack) =>
      new Host(stack, "host", {
        holder: "soroush",
        server,
        wiring: grantedRequest().host(server.name),
        rootDevice: { minSize: 400 },
        provisioning,
        dependsOn: [],
        ...props,
      }),
  );

test("a granted server is a host with its image, its data, its labels, and no cleaning", () => {
  const secret = (name: string) => ({ name, namespace: "zirsakht-hardware" });
  expect(host().manifest("host")).toEqual({
    apiVersion: "metal3.io/v1alpha1",
    kind: "BareMetalHost",
    metadata: {
      name: "thr1-r01-s01",
      namespace: "zirsakht-hardware",
      labels: {
        "zirsakht.ir/messenger": "soroush",
        "zirsakht.ir/group": "compute",
        "zirsakht.ir/rack": "r01",
        "zirsakht.ir/state": "granted",
      },
      annotations: { "argocd.argoproj.io/sync-options": "Prune=false,Delete=false", "kustomize.toolkit.fluxcd.io/prune": "disabled" },
    },
    spec: {
      online: true,
      bootMACAddress: "02:01:01:01:00:00",
      bmc: { address: "redfish-virtualmedia://10.10.1.1/redfish/v1/Systems/1", credentialsName: "bmc-thr1-r01-s01" },
      rootDeviceHints: { minSizeGigabytes: 372 },
      automatedCleaningMode: "disabled",
      image: { url: "https://images.example/node-1.qcow2", checksum: "1".repeat(64), checksumType: "sha256" },
      userData: secret("node-join"),
      metaData: secret("soroush.r01.compute"),
      networkData: secret("thr1-r01-s01.network"),
    },
  });
});

test("a granted host is protected, and a deletion gets the time that powering off takes", () => {
  expect(host().at("kubernetes_manifest.host")).toMatchObject({ lifecycle: { prevent_destroy: true }, timeouts: { delete: "30m" } });
});

test.each(["draining", "erasing", "rolling"] as const)("a %s host only says so: its protection is gone", (state) => {
  const moved = host({ server: { ...server, state } });
  expect(moved.manifest("host").metadata.labels).toMatchObject({ "zirsakht.ir/state": state });
  expect(moved.at("kubernetes_manifest.host")).not.toHaveProperty("lifecycle");
  expect(moved.manifest("host").metadata).not.toHaveProperty("annotations");
});

test("a host that does not join gets no join secret", () => {
  expect(host({ provisioning: { ...provisioning, joins: false } }).manifest("host").spec).not.toHaveProperty("userData");
});

test("an adopted host has no image, and nothing that only provisioning reads", () => {
  const { holder, wiring, rootDevice } = { holder: "soroush", wiring: grantedRequest().host(server.name), rootDevice: {} };
  const adopted = synthIn((stack) => new Host(stack, "host", { holder, server, wiring, rootDevice, dependsOn: [] }));
  expect(adopted.manifest("host").spec).toEqual({
    online: true,
    bootMACAddress: "02:01:01:01:00:00",
    bmc: { address: "redfish-virtualmedia://10.10.1.1/redfish/v1/Systems/1", credentialsName: "bmc-thr1-r01-s01" },
    rootDeviceHints: {},
    automatedCleaningMode: "disabled",
    externallyProvisioned: true,
  });
});

test("a class's other hints are passed on", () => {
  const hints = { rotational: false, deviceName: "/dev/disk/by-path/x", model: "m", vendor: "v", serialNumber: "s", wwn: "w" };
  expect(host({ rootDevice: hints }).manifest("host").spec).toMatchObject({ rootDeviceHints: hints });
});
