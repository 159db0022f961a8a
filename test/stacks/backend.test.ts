import fc from "fast-check";
import { Testing } from "../../lib/engine/testing";
import type { Site } from "../../lib/request/estate";
import { backendOf, stateNameOf } from "../../lib/stacks/backend";
import { ClusterStack } from "../../lib/stacks/clusterStack";
import { sampleEstate } from "../support/estate";

const attributes = (state: Site["state"], stack = "soroush.thr1") => backendOf(state, "thr1", stack);

test.each<[Site["state"], ReturnType<typeof backendOf>]>([
  [{ local: {} }, { type: "local", attributes: { path: "../../../.zirsakht/state/soroush.thr1.tfstate" } }],
  [{ local: { path: "states" } }, { type: "local", attributes: { path: "../../../states/soroush.thr1.tfstate" } }],
  [
    { kubernetes: {} },
    {
      type: "kubernetes",
      attributes: { secret_suffix: "soroush.thr1", namespace: "default", config_path: "~/.kube/config", config_context: "thr1" },
    },
  ],
  [
    { kubernetes: { namespace: "states", context: "management" } },
    {
      type: "kubernetes",
      attributes: { secret_suffix: "soroush.thr1", namespace: "states", config_path: "~/.kube/config", config_context: "management" },
    },
  ],
  [{ pg: {} }, { type: "pg", attributes: { schema_name: "zirsakht.soroush.thr1" } }],
  [{ pg: { schema: "infra" } }, { type: "pg", attributes: { schema_name: "infra.soroush.thr1" } }],
  [
    { s3: { bucket: "states", region: "thr" } },
    { type: "s3", attributes: { bucket: "states", region: "thr", key: "soroush.thr1.tfstate", encrypt: true, use_lockfile: true } },
  ],
  [
    { s3: { bucket: "states", region: "thr", endpoint: "https://s3.example", prefix: "zirsakht/" } },
    {
      type: "s3",
      attributes: {
        bucket: "states",
        region: "thr",
        key: "zirsakht/soroush.thr1.tfstate",
        encrypt: true,
        use_lockfile: true,
        endpoints: { s3: "https://s3.example" },
        use_path_style: true,
        skip_credentials_validation: true,
        skip_metadata_api_check: true,
        skip_region_validation: true,
        skip_requesting_account_id: true,
        skip_s3_checksum: true,
      },
    },
  ],
  [
    { http: { address: "https://state.example/v1/" } },
    {
      type: "http",
      attributes: {
        address: "https://state.example/v1/soroush.thr1",
        lock_address: "https://state.example/v1/soroush.thr1/lock",
        lock_method: "POST",
        unlock_address: "https://state.example/v1/soroush.thr1/lock",
        unlock_method: "DELETE",
      },
    },
  ],
])("the state of %j is kept under the stack's own name, with no login", (state, backend) => {
  expect(attributes(state)).toEqual(backend);
});

test("a stack has its backend and no other, and its local path is no machine's", () => {
  const stack = new ClusterStack(Testing.app(), "site.thr1", { estate: sampleEstate(), site: "thr1" });
  const { terraform } = JSON.parse(Testing.synth(stack, true)) as { terraform: { backend: object } };
  expect(terraform.backend).toEqual({ local: { path: "../../../.zirsakht/state/site.thr1.tfstate" } });
});

test.each([
  ["soroush.thr1", "soroush.thr1"],
  ["soroush.site-1", "soroush.site-1.state"],
  ["a-1.thr1", "a-1.thr1"],
])("the stack %s keeps its state as %s", (stack, name) => {
  expect(stateNameOf(stack)).toBe(name);
});

/** Ids of messengers and sites, often as long as they may be. */
const word = (longest: number) =>
  fc
    .tuple(
      fc.constantFrom("a", "b"),
      fc.string({ unit: fc.constantFrom("a", "1", "-"), maxLength: longest - 2, size: "max" }),
      fc.constantFrom("a", "1"),
    )
    .map((parts) => parts.join(""));
const stackName = fc.tuple(word(40), word(32)).map((parts) => parts.join("."));

test("every stack's name is one that every backend holds", () => {
  fc.assert(
    fc.property(stackName, (stack) => {
      const name = stateNameOf(stack);
      expect(name.length).toBeLessThanOrEqual(63);
      expect(name).not.toMatch(/-\d+$/);
      expect(name).toMatch(/^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*$/);
    }),
  );
});

test("no two stacks keep their states under one name, cut or not", () => {
  fc.assert(
    fc.property(fc.uniqueArray(stackName, { minLength: 2, maxLength: 30 }), (stacks) => {
      expect(new Set(stacks.map(stateNameOf)).size).toBe(stacks.length);
    }),
  );
  const long = `${"a".repeat(40)}.${"b".repeat(31)}`;
  expect(stateNameOf(`${long}b`)).not.toBe(stateNameOf(`${long}c`));
  expect(stateNameOf(`${long}b`)).toHaveLength(63);
});

test("a database schema of one's own counts towards the name", () => {
  const { schema_name: name } = attributes({ pg: { schema: "s".repeat(63) } }).attributes;
  expect(name).toMatch(/^s{46}\.0[0-9a-f]{15}$/);
  expect(attributes({ pg: { schema: "s".repeat(63) } }, "gap.thr1").attributes).not.toEqual({ schema_name: name });
});
