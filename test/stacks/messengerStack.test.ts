import { parse } from "yaml";
import type { Construct } from "../../lib/engine/terraform";
import { ServiceAccountV1 } from "../../lib/engine/kubernetes";
import type { Messenger } from "../../lib/request/messenger";
import { buildApp } from "../../lib/stacks/app";
import { MessengerStack, type MessengerStackProps } from "../../lib/stacks/messengerStack";
import { sampleMessenger } from "../support/estate";
import { grantedLock, grantedRequest } from "../support/granted";
import { Synthesized, written, type Attributes } from "../support/synth";

/** The stack of a messenger alone in the shared estate. */
function stackOf(messenger: Messenger, site = "thr1", lock = grantedLock()): Synthesized {
  const request = grantedRequest({ messengers: [messenger], lock });
  const name = `${messenger.messenger}.${site}`;
  return new Synthesized(JSON.parse(written((outdir) => buildApp(request, { outdir, stacks: [name] })).get(name) ?? "{}") as Attributes);
}
const kinds = (stack: Synthesized) => [...new Set(stack.addresses.map((address) => address.slice(0, address.indexOf("."))))];
const noun = (stack: Synthesized) => [...new Set(stack.addresses.map((address) => /\.([a-z]+)/.exec(address)?.[1] ?? ""))].sort();

test("all three needs: own servers in the cluster, network, a namespace", () => {
  expect(noun(stackOf(sampleMessenger()))).toEqual(["access", "addresses", "egress", "hosts", "isolation", "limits", "namespace", "quota"]);
});

test("cluster without hardware: a share of the pool, and its VLAN as an attachment", () => {
  const stack = stackOf(sampleMessenger("bale"));
  expect(noun(stack)).toEqual(["access", "addresses", "attachment", "egress", "isolation", "limits", "namespace", "quota"]);
  expect(stack.manifest("addresses_advertisement").spec).toMatchObject({
    peers: ["rack-r08", "rack-r09"],
    nodeSelectors: [{ matchLabels: { "zirsakht.ir/messenger": "pool" } }],
  });
  expect(stack.manifest("attachment").spec.config).toContain('"master":"bond0.1005"');
});

test("hardware without cluster: hosts with its own image and nothing in the cluster", () => {
  const stack = stackOf(sampleMessenger("hodhod"), "mhd1");
  expect(noun(stack)).toEqual(["hosts"]);
  expect(stack.manifest("hosts_mhd1-r04-s01").spec).not.toHaveProperty("userData");
});

test("cluster without network: no address, no load balancer, no way out", () => {
  const lock = grantedLock(({ thr1 }) => {
    for (const section of [thr1.vlans, thr1.private, thr1.vips, thr1.egress] as Record<string, { messenger?: string }>[])
      for (const [key, line] of Object.entries(section)) if (line.messenger === "bale") Reflect.deleteProperty(section, key);
    Reflect.deleteProperty(thr1.bandwidth, "bale");
  });
  const stack = stackOf(sampleMessenger("bale", { needs: ["cluster"] }), "thr1", lock);
  expect(noun(stack)).toEqual(["access", "isolation", "limits", "namespace", "quota"]);
  expect(stack.at("kubernetes_resource_quota_v1.quota").spec).toMatchObject({
    hard: { "services.loadbalancers": "0", "requests.zirsakht.ir/egress-mbps": "0" },
  });
  expect(stack.addresses.filter((address) => /isolation_(egress|from-load-balancers)/.test(address))).toEqual([]);
});

test("retired: no access, no guard, no protection; the servers and the quota stay until they are released", () => {
  const stack = stackOf(sampleMessenger("bale", { lifecycle: "retired" }));
  expect(noun(stack)).toEqual(["addresses", "attachment", "egress", "isolation", "limits", "namespace", "quota"]);
  const namespace = stack.at("kubernetes_namespace_v1.namespace");
  expect(namespace).not.toHaveProperty("lifecycle");
  expect(JSON.stringify(namespace)).not.toContain("guarded");
});

test("absent: backend and provider only", () => {
  const stack = stackOf(sampleMessenger("bale", { lifecycle: "absent" }));
  expect(stack.addresses).toEqual([]);
  expect(Object.keys(stack.json).sort()).toEqual(["//", "provider", "terraform", "variable"]);
});

test("from the pool to own servers: both kinds of nodes until the quota is released, and no address twice", () => {
  const lock = grantedLock(({ thr1 }) => {
    thr1.servers["thr1-r05-s01"] = {
      messenger: "bale",
      group: "all",
      state: "granted",
      since: "2026-11-24",
      image: "node-1",
      address: "10.64.9.9",
    };
  });
  const stack = stackOf(sampleMessenger("bale", { needs: ["hardware", "network", "cluster"] }), "thr1", lock);
  expect(stack.at("kubernetes_namespace_v1.namespace").metadata).toMatchObject({
    labels: { "zirsakht.ir/nodes": "bale", "zirsakht.ir/nodes-before": "pool" },
  });
  expect(stack.manifest("addresses_advertisement").spec.peers).toEqual(["rack-r05", "rack-r08", "rack-r09"]);
  expect(stack.manifest("attachment").spec.config).toContain("10.64.9.9/32");
});

test("everything in the namespace comes after it and goes before it", () => {
  const stack = stackOf(sampleMessenger("bale"));
  const inNamespace = stack.addresses.filter((address) => {
    const body = stack.at(address);
    const { metadata } = (body.manifest ?? body) as { metadata: { namespace?: unknown } };
    return [metadata].flat().some((each) => each.namespace === "messenger-bale");
  });
  expect(inNamespace.length).toBeGreaterThan(10);
  for (const address of inNamespace)
    expect([address, stack.at(address).depends_on]).toEqual([address, expect.arrayContaining(["kubernetes_namespace_v1.namespace"])]);
});

test("kinds with a type of their own use its first version; only custom resources are manifests", () => {
  const stack = stackOf(sampleMessenger());
  expect(kinds(stack).filter((type) => type !== "kubernetes_manifest" && !type.endsWith("_v1"))).toEqual([]);
  const groups = Object.values(stack.resources.kubernetes_manifest ?? {}).map(
    (body) => (body.manifest as { apiVersion: string }).apiVersion,
  );
  expect([...new Set(groups)].sort()).toEqual(["cilium.io/v2", "metal3.io/v1alpha1", "metallb.io/v1beta1"]);
});

test("no secret value: every Secret is data for a host's config drive, and names are all there is of the others", () => {
  const stack = stackOf(sampleMessenger());
  for (const secret of Object.values(stack.resources.kubernetes_secret_v1 ?? {})) {
    const [[key, text] = ["", ""]] = Object.entries(secret.data as Record<string, string>);
    expect(["metaData", "networkData"]).toContain(key);
    expect(Object.keys(parse(text) as object).filter((each) => !/^(zirsakht_|links$|networks$|services$)/.test(each))).toEqual([]);
  }
  expect(JSON.stringify(stack.json)).not.toMatch(/"(password|token|private_key)":|BEGIN /);
});

test("a stack of one's own adds to it, and changes no address of what is there", () => {
  class WithAccount extends MessengerStack {
    constructor(scope: Construct, id: string, props: MessengerStackProps) {
      super(scope, id, props);
      if (this.namespace)
        new ServiceAccountV1(this, "extra", { metadata: { name: "extra", namespace: "messenger-bale" }, dependsOn: [this.namespace] });
    }
  }
  const request = grantedRequest();
  const text =
    written((outdir) => buildApp(request, { outdir, stacks: ["bale.thr1"], messengerStack: WithAccount })).get("bale.thr1") ?? "{}";
  const extended = new Synthesized(JSON.parse(text) as Attributes);
  expect(extended.addresses.filter((address) => address !== "kubernetes_service_account_v1.extra")).toEqual(
    stackOf(sampleMessenger("bale")).addresses,
  );
  expect(extended.addresses).toContain("kubernetes_service_account_v1.extra");
});
