import { withTexts } from "../../../lib/diff/semantics/hostData";
import { maskedObject } from "../../../lib/diff/semantics/sensitive";
import type { ApiObject, JsonObject } from "../../../lib/manifests/apiObject";
import { toObjects } from "../../../lib/manifests/objects";
import { realStacks } from "../../manifests/realStacks";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const secret = (data: JsonObject, rest: JsonObject = {}): ApiObject => ({
  apiVersion: "v1",
  kind: "Secret",
  metadata: { name: "gap.r01.compute", namespace: "zirsakht-hardware", labels: { "environment.metal3.io": "baremetal" } },
  ...rest,
  data,
});
const shown = (object: ApiObject): JsonObject => {
  const { data, stringData } = withTexts(maskedObject(object));
  return { ...(data !== undefined && { data }), ...(stringData !== undefined && { stringData }) };
};

test("what hosts are told is text, under the key where the API takes text", () => {
  expect(shown(secret({ metaData: base64('zirsakht_failure_domain: "r01"\n'), networkData: base64('{"links":[]}') }))).toEqual({
    stringData: { metaData: 'zirsakht_failure_domain: "r01"\n', networkData: '{"links":[]}' },
  });
});

test("what is masked stays masked, and so does all of a text of which one line looks like a secret", () => {
  const data = {
    metaData: base64("zone: r01\npassword: opensesame\n"),
    networkData: base64("links: []\n"),
    userData: base64("opensesame"),
  };
  expect(shown(secret(data))).toEqual({
    data: { metaData: "(sensitive)", userData: "(sensitive)" },
    stringData: { networkData: "links: []\n" },
  });
  for (const line of ["psk: opensesame", "join: abcdef.0123456789abcdef", "auth: |\n  opensesame", "url: https://u:opensesame@a.example/"])
    expect(shown(secret({ metaData: base64(`zone: r01\n${line}\n`) }))).toEqual({ data: { metaData: "(sensitive)" } });
});

test("a secret that stands there as text stays masked", () => {
  expect(shown(secret({ metaData: base64("a: 1\n") }, { stringData: { other: "opensesame" } }))).toEqual({
    stringData: { metaData: "a: 1\n", other: "(sensitive)" },
  });
});

test.each([
  ["another kind", { ...secret({ metaData: base64("a") }), kind: "ConfigMap" }],
  ["a Secret without data", { ...secret({}), data: "(sensitive)" }],
  ["bytes that are no text", secret({ metaData: Buffer.from([0xff, 0xfe]).toString("base64") })],
  ["what is no base64", secret({ metaData: "(known after apply)" })],
])("%s stays as it is", (_, object) => {
  expect(withTexts(object)).toEqual(object);
});

test("every host's data of the example and of the shared request is shown", () => {
  const secrets = realStacks().flatMap(([stack, config]) => toObjects(stack, config).filter(({ object }) => object.kind === "Secret"));
  expect(secrets.length).toBeGreaterThan(10);
  const hidden = secrets.filter(({ object }) => shown(object).data !== undefined);
  expect(hidden.map(({ object }) => object.metadata.name)).toEqual([]);
});
