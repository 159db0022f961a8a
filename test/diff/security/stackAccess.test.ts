import { stackAccess } from "../../../lib/diff/security/stackAccess";
import type { ApiObject, JsonObject } from "../../../lib/manifests/apiObject";
import { clusterWide, compared, object, said } from "./compared";

const namespace = clusterWide("Namespace", { metadata: { labels: { "zirsakht.ir/nodes": "gap" } } }, "messenger-gap");
const messenger: readonly ApiObject[] = [
  namespace,
  object("Role", { rules: [{ apiGroups: [""], resources: ["pods"], verbs: ["get"] }] }, { name: "viewer" }),
  object(
    "RoleBinding",
    { roleRef: { kind: "Role", name: "viewer" }, subjects: [{ kind: "Group", name: "gap-viewers" }] },
    { name: "viewer" },
  ),
  object("NetworkPolicy", {
    spec: { podSelector: {}, policyTypes: ["Ingress"], ingress: [{ from: [{ ipBlock: { cidr: "0.0.0.0/0" } }] }] },
  }),
  object(
    "NetworkPolicy",
    { spec: { podSelector: {}, policyTypes: ["Egress"], egress: [{ to: [{ podSelector: {} }] }] } },
    { name: "within" },
  ),
  object("IPAddressPool", { spec: { addresses: ["192.0.2.0/28"], serviceAllocation: { namespaces: ["messenger-gap"] } } }),
  clusterWide("CiliumEgressGatewayPolicy", { spec: { egressGateway: { egressIP: "192.0.2.32" } } }),
  object("NetworkAttachmentDefinition", {
    spec: { config: JSON.stringify({ master: "bond0.7", ipam: { ipRanges: [{ range: "10.64.19.0/26" }] } }) },
  }),
];
const opens =
  "the namespace messenger-gap on the nodes of gap; Role viewer in messenger-gap to Group gap-viewers; the addresses 192.0.2.0/28 to namespace messenger-gap; leaving as 192.0.2.32; the network bond0.7 with 10.64.19.0/26; reaching every pod from 0.0.0.0/0 on every port";

test("a new stack is one finding that says what it opens", () => {
  expect(said(stackAccess, compared([], messenger, { added: ["gap.thr1"] }))).toEqual([`widens gap.thr1: is new and opens: ${opens}`]);
});

test("a stack that is no longer made takes back once its objects are gone", () => {
  expect(said(stackAccess, compared(messenger, [], { removed: ["gap.thr1"] }))).toEqual([
    `narrows gap.thr1: is no longer made; once its objects are gone, it takes back: ${opens}`,
  ]);
});

test("a stack whose namespace comes or goes is whole too", () => {
  expect(said(stackAccess, compared(messenger, []))).toEqual([`narrows gap.thr1: goes and takes back: ${opens}`]);
  expect(said(stackAccess, compared([], messenger))).toEqual([`widens gap.thr1: is new and opens: ${opens}`]);
  expect(said(stackAccess, compared([namespace], messenger))).toEqual([]);
  expect(said(stackAccess, compared(messenger, [namespace]))).toEqual([]);
  expect(said(stackAccess, compared(messenger.slice(1), [namespace]))).toEqual([
    "widens gap.thr1: is new and opens: the namespace messenger-gap on the nodes of gap",
  ]);
});

test("announcements are told where they name nothing", () => {
  const made = (spec: JsonObject) =>
    compared(
      [],
      [object("BGPAdvertisement", { spec: { ipAddressPools: ["gap"], nodeSelectors: [{ matchLabels: { a: "b" } }], ...spec } })],
      { added: ["gap.thr1"] },
    );
  expect(said(stackAccess, made({ peers: ["rack-r01"] }))).toEqual([]);
  expect(said(stackAccess, made({ peers: [], nodeSelectors: [] }))).toEqual([
    "widens gap.thr1: is new and opens: announcements of a to EVERY peer from EVERY node",
  ]);
});

test("a site's guards count the other way round", () => {
  const site = { stack: "site.thr1" };
  const policy = clusterWide("ValidatingAdmissionPolicy", {}, "zirsakht-pods");
  const binding = clusterWide("ValidatingAdmissionPolicyBinding", {}, "zirsakht-pods");
  expect(said(stackAccess, compared([], [policy, binding], { ...site, added: ["site.thr1"] }))).toEqual([
    "narrows site.thr1: is new and guards its site by 1 admission policy: zirsakht-pods",
  ]);
  expect(said(stackAccess, compared([policy, binding], [], { ...site, removed: ["site.thr1"] }))).toEqual([
    "widens site.thr1: is no longer made; once its objects are gone, it no longer guards its site by 1 admission policy: zirsakht-pods",
  ]);
  expect(said(stackAccess, compared([policy], [], site))).toEqual([]);
  expect(said(stackAccess, compared([], [policy, namespace], site))).toEqual([]);
});
