import { Attachment } from "../../lib/network/attachment";
import { synthIn } from "../support/synth";

const config = (taken?: string[]) => {
  const stack = synthIn(
    (scope) =>
      new Attachment(scope, "attachment", {
        namespace: "messenger-bale",
        vlan: 1005,
        prefixes: ["10.64.9.0/26", "10.64.10.0/26"],
        ...(taken && { taken }),
        dependsOn: [],
      }),
  );
  const { apiVersion, kind, metadata, spec } = stack.manifest("attachment");
  expect({ apiVersion, kind, metadata }).toEqual({
    apiVersion: "k8s.cni.cncf.io/v1",
    kind: "NetworkAttachmentDefinition",
    metadata: { name: "private", namespace: "messenger-bale" },
  });
  return JSON.parse(String(spec.config)) as object;
};

test("pods get an address of the messenger's own prefixes on its VLAN, never the gateway's, unique in the whole cluster", () => {
  expect(config()).toEqual({
    cniVersion: "1.0.0",
    name: "private",
    type: "macvlan",
    master: "bond0.1005",
    mode: "bridge",
    ipam: {
      type: "whereabouts",
      ipRanges: [
        { range: "10.64.9.0/26", exclude: ["10.64.9.1/32"] },
        { range: "10.64.10.0/26", exclude: ["10.64.10.1/32"] },
      ],
    },
  });
});

test("addresses that hosts already have are left out", () => {
  expect(config(["10.64.9.7"])).toMatchObject({
    ipam: { ipRanges: [{ exclude: ["10.64.9.1/32", "10.64.9.7/32"] }, { exclude: ["10.64.10.1/32"] }] },
  });
});
