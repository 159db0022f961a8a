import { noSecretValues } from "../../lib/policy/noSecretValues";
import { breaches, placed } from "./tree";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const forHosts = { labels: { "environment.metal3.io": "baremetal" } };
const hosts = (data: Record<string, string>) =>
  placed("Secret", { metadata: forHosts, data: Object.fromEntries(Object.entries(data).map(([key, text]) => [key, base64(text)])) });
const byHand = "place the Secret at the site by hand; only metaData and networkData of hosts may stand here";

test("what hosts are told passes, and so does the name of a secret", () => {
  expect(
    breaches(
      noSecretValues,
      hosts({
        metaData: "zirsakht_node_labels: zirsakht.ir/messenger=gap\nzirsakht_node_taints: zirsakht.ir/messenger=gap:NoSchedule\n",
        networkData: "links: []\n",
      }),
      placed("BareMetalHost", {
        spec: { bmc: { address: "redfish://10.0.1.1/redfish", credentialsName: "bmc-1" }, userData: { name: "node-join" } },
      }),
      placed("Secret", {}),
    ),
  ).toEqual([]);
});

test("any other Secret with a value is found", () => {
  expect(breaches(noSecretValues, placed("Secret", { data: { metaData: "" } }))).toEqual([
    `a: data.metaData: is the value of a Secret; ${byHand}`,
  ]);
  expect(breaches(noSecretValues, hosts({ userData: "#cloud-config" }))).toEqual([`a: data.userData: is the value of a Secret; ${byHand}`]);
  expect(
    breaches(noSecretValues, placed("Secret", { metadata: forHosts, type: "kubernetes.io/tls", data: { metaData: "" } })),
  ).toHaveLength(1);
});

test.each(["password: x", "a: 1\njoin-token: x", '{"apiKey": "x"}', "admin_secret=x", "passphrase : x", "  credentials:\n  - x"])(
  "%j among what hosts are told is found",
  (text) => {
    expect(breaches(noSecretValues, hosts({ metaData: text }))).toEqual([
      expect.stringMatching(
        /^a: data\.metaData: holds the key "(password|token|apiKey|secret|passphrase|credentials)"; leave it out: this data is no secret$/,
      ),
    ]);
  },
);

test("a private key or a password in an address is found in any text", () => {
  const remedy = "place it at the site by hand, and name it here";
  expect(breaches(noSecretValues, placed("ConfigMap", { data: { "a.pem": "-----BEGIN EC PRIVATE KEY-----\n" } }))).toEqual([
    `a: data.a.pem: holds a private key; ${remedy}`,
  ]);
  expect(breaches(noSecretValues, placed("BareMetalHost", { spec: { list: ["redfish://root:calvin@10.0.1.1/"] } }))).toEqual([
    `a: spec.list[0]: holds an address with a password; ${remedy}`,
  ]);
  expect(breaches(noSecretValues, hosts({ networkData: "url: https://u:p@images.example/\n" }))).toEqual([
    `a: data.networkData: holds an address with a password; ${remedy}`,
  ]);
});
