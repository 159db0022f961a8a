import { boundText, foldFindings, serverIn } from "../../../lib/diff/render/foldedFinding";

const finding = (stack: string, what: string, rule = "role-rules") => ({
  rule,
  stack,
  address: "",
  object: `Role messenger-${stack.slice(0, -5)}/admin`,
  what,
  why: "",
});
const countsOf = (...findings: Parameters<typeof foldFindings>[0]): number[] => foldFindings(findings).map(({ all }) => all.length);

test("what is said of many stacks alike is one, but for their names", () => {
  const alike = ["gap", "soroush", "a.b"].map((id) => finding(`${id}.thr1`, `Adds secrets to messenger-${id}/admin at thr1.`));
  expect(countsOf(...alike)).toEqual([3]);
  expect(foldFindings(alike)[0]?.finding.stack).toBe("gap.thr1");
});

test("a server's name is its host's", () => {
  const wiped = ["thr1-r01-s04", "thr1-r02-s11"].map((server) => ({
    ...finding("gap.thr1", `${server} is wiped.`),
    object: `BareMetalHost zirsakht-hardware/${server}`,
  }));
  expect(countsOf(...wiped)).toEqual([2]);
});

/** A server's networkData that differs. */
const network = (stack: string, server: string, key = "networkData") => ({
  ...finding(stack, `${key} changes, for 1 host (${server}) only when they are provisioned again`),
  object: `Secret zirsakht-hardware/${server}.network`,
});

test("the networkData of many servers is one, at any site", () => {
  const all = [network("homa.mhd1", "mhd1-r05-s03"), network("homa.thr1", "thr1-r09-s02"), network("soroush.thr1", "thr1-r05-s03")];
  expect(countsOf(...all)).toEqual([3]);
  expect(countsOf(...all, network("homa.thr1", "thr1-r09-s03", "metaData"))).toEqual([3, 1]);
});

test.each([
  ["BareMetalHost zirsakht-hardware/thr1-r01-s04", "thr1-r01-s04"],
  ["Secret zirsakht-hardware/thr1-r01-s04.network", "thr1-r01-s04"],
  ["Secret zirsakht-hardware/gap.thr1-r01.compute", undefined],
  ["Role messenger-gap/admin", undefined],
])("%s is of the server %s", (object, server) => {
  expect(serverIn({ ...finding("gap.thr1", ""), object })).toBe(server);
});

test.each([
  ["another value", finding("homa.thr1", "Quota 9 -> 8.")],
  ["another rule", finding("homa.thr1", "Quota 9 -> 7.", "quota-lifted")],
  ["another object", { ...finding("homa.thr1", "Quota 9 -> 7."), object: "Role messenger-homa/viewer" }],
])("stays apart: %s", (_, other) => {
  expect(countsOf(finding("gap.thr1", "Quota 9 -> 7."), other)).toEqual([1, 1]);
});

test("a name is a whole word: what only holds it stays apart", () => {
  expect(countsOf(finding("gap.thr1", "allows gapless"), finding("homa.thr1", "allows homaless"))).toEqual([1, 1]);
});

test("whom a role is bound to keeps equal findings of 1,000 messengers one, and is named shortly", () => {
  const ids = Array.from({ length: 1000 }, (_, index) => `m${String(index)}`);
  const findings = ids.map((id) => ({
    ...finding(`${id}.thr1`, "may now get secrets"),
    bound: [`Group ${id}-deployers`, `User ops-of-${id}`],
  }));
  const folded = foldFindings(findings);
  expect(folded.map(({ all }) => all.length)).toEqual([1000]);
  expect(folded.map(({ all }) => boundText(all))).toEqual([
    "; bound to Group m0-deployers, User ops-of-m0, Group m1-deployers and 1997 more",
  ]);
});

test("a few are named all, each once; none is nothing", () => {
  const bound = (...names: string[]) => ({ ...finding("gap.thr1", ""), bound: names });
  expect(boundText([bound("Group a", "Group b"), bound("Group b", "Group c", "Group d")])).toBe(
    "; bound to Group a, Group b, Group c, Group d",
  );
  expect(boundText([finding("gap.thr1", "")])).toBe("");
});
