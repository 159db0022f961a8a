import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keyOf, merged, only, readDeployed, type Reference, without, writeDeployed } from "../../../lib/twin/deploy/deployed";
import { TwinFolder } from "../../../lib/twin/control/folder";
import { claim } from "../../../lib/twin/deploy/way";

const root = mkdtempSync(join(tmpdir(), "deployed-"));
afterAll(() => {
  rmSync(root, { recursive: true });
});
const folder = new TwinFolder(root).site("thr1");
mkdirSync(folder.path, { recursive: true });

const a: Reference = { apiVersion: "v1", kind: "Secret", name: "a", namespace: "n" };
const b: Reference = { apiVersion: "v1", kind: "Secret", name: "b", namespace: "n" };
const c: Reference = { apiVersion: "v1", kind: "Namespace", name: "n" };

test("nothing was deployed before the first time; then what was written, without empty stacks", () => {
  expect(readDeployed(folder)).toEqual(new Map());
  writeDeployed(folder, new Map([["s.thr1", [a, b]], ["e.thr1", []]])); // prettier-ignore
  expect(readDeployed(folder)).toEqual(new Map([["s.thr1", [a, b]]]));
});

test("an object is the same in every version of its kind, and another in another group", () => {
  expect(keyOf({ apiVersion: "g.io/v1", kind: "K", name: "x" })).toBe(keyOf({ apiVersion: "g.io/v1beta1", kind: "K", name: "x" }));
  expect(keyOf({ apiVersion: "g.io/v1", kind: "K", name: "x" })).not.toBe(keyOf({ apiVersion: "h.io/v1", kind: "K", name: "x" }));
});

test("records are put together, narrowed and compared", () => {
  const before = new Map([["s", [a, b]]]);
  expect(merged(before, new Map([["s", [b, c]], ["t", [c]]]))).toEqual(new Map([["s", [a, b, c]], ["t", [c]]])); // prettier-ignore
  expect(only(before, [b, c])).toEqual(new Map([["s", [b]]]));
  expect(without([a, b], [b])).toEqual([a]);
});

test("a site has one keeper", () => {
  claim(folder, "manifests");
  claim(folder, "manifests");
  expect(() => {
    claim(folder, "terraform");
  }).toThrow(
    "thr1 was deployed by manifests, and its objects stay with it; deploy by manifests again, or begin anew with `npx zirsakht twin down` and `up`",
  );
});
