import { differences, type LiveServer, wordsOf } from "../../lib/cli/liveServers";
import type { LockServer } from "../../lib/request/lock";
import { liveHostOf } from "../../lib/twin/nodes/liveHost";

const url = "https://images.example/node-1.qcow2";
const granted: LockServer = {
  messenger: "soroush",
  group: "compute",
  state: "granted",
  since: "2026-11-24",
  image: "node-1",
  address: "10.64.4.11",
};

interface Live {
  readonly state?: string;
  readonly phase?: string;
  readonly image?: string;
  readonly adopted?: boolean;
  readonly error?: string;
  readonly leaving?: boolean;
  readonly node?: LiveServer["node"];
}

function live({
  state = "granted",
  phase = "provisioned",
  image = url,
  adopted = false,
  error = "",
  leaving = false,
  node,
}: Live = {}): LiveServer {
  const host = liveHostOf({
    apiVersion: "metal3.io/v1alpha1",
    kind: "BareMetalHost",
    metadata: {
      name: "thr1-r01-s02",
      labels: { "zirsakht.ir/state": state },
      ...(leaving && { deletionTimestamp: "2026-11-24T00:00:00Z" }),
    },
    spec: adopted ? { externallyProvisioned: true } : { image: { url: image } },
    status: { errorMessage: error, provisioning: { state: phase, image: { url: image } } },
  });
  return { host, ...(node && { node }) };
}

const ready = { isReady: true, isOpen: true };
const closed = { isReady: true, isOpen: false };

test.each<[string, Partial<LockServer>, LiveServer, string[]]>([
  ["granted", {}, live({ node: ready }), []],
  ["adopted", { adopted: true }, live({ adopted: true, phase: "externally provisioned", image: "", node: ready }), []],
  ["draining", { state: "draining" }, live({ state: "draining", node: closed }), []],
  ["draining and deleted", { state: "draining" }, live({ state: "draining" }), []],
  ["erasing", { state: "erasing" }, live({ state: "erasing" }), []],
  ["detached", { state: "detached" }, {}, []],
  ["not there", {}, { node: ready }, ["it has no host"]],
  [
    "on its way",
    {},
    live({ phase: "inspecting", image: "" }),
    ["its host is inspecting, expected provisioned", `its host runs nothing, expected ${url}`, "it has no node"],
  ],
  [
    "ill",
    {},
    live({ error: "no power", node: { isReady: false, isOpen: false } }),
    ["the operator says: no power", "its node is not Ready", "its node is closed to new pods"],
  ],
  ["with another label", { state: "draining" }, live({ node: ready }), ["its host is labelled granted, expected draining"]],
  ["still a node", { state: "erasing" }, live({ state: "erasing", node: closed }), ["its node is still there"]],
  ["not gone", { state: "detached" }, live({ leaving: true }), ["its host is still there"]],
  ["leaving", {}, live({ leaving: true, node: ready }), ["its host is being deleted"]],
  ["provisioned though adopted", { adopted: true }, live({ node: ready }), ["its host is provisioned, expected externally provisioned"]],
])("%s", (_, line, seen, expected) => {
  expect(differences({ line: { ...granted, ...line }, joins: true, image: url }, seen)).toEqual(expected);
});

test("bare hosts have no node; a host that nobody holds is one too many", () => {
  expect(differences({ line: granted, joins: false, image: url }, live())).toEqual([]);
  expect(differences(undefined, live())).toEqual(["it has a host, though nobody holds it"]);
  expect(differences(undefined, {})).toEqual([]);
});

test("in words", () => {
  expect(wordsOf(live({ node: ready }))).toBe("provisioned, node Ready");
  expect(wordsOf(live({ node: { isReady: false, isOpen: false } }))).toBe("provisioned, node not Ready, closed to new pods");
  expect(wordsOf(live({ leaving: true }))).toBe("being deleted, no node");
  expect(wordsOf(live({ phase: "" }))).toBe("not looked at yet, no node");
  expect(wordsOf({})).toBe("no host, no node");
});
