/** Invented reports: a small one with something of everything, one of nothing, one that is hostile, and one of a thousand stacks. */
import type { CapacityLine, GrantChange, Report } from "../../../lib/diff/report";
import type { Finding, SecurityFinding } from "../../../lib/diff/rule";
import { growth, host, row, smallChanges } from "./changeRows";

type Four = readonly [installed: number, promised: number, spare: number, free: number];

/** A line of capacity; the same before and after where only one side is given. */
export function capacityLine(
  what: string,
  unit: string,
  before: Four,
  after: Four = before,
  runsOut: CapacityLine["runsOut"] = { before: null, after: null },
): CapacityLine {
  const pair = (index: 0 | 1 | 2 | 3) => ({ before: before[index], after: after[index] });
  return { what, unit, installed: pair(0), promised: pair(1), spare: pair(2), free: pair(3), runsOut };
}

const risk = (stack: string, server: string): Finding => ({
  rule: "host-wiped",
  stack,
  address: `kubernetes_manifest.${server}`,
  object: `BareMetalHost zirsakht-hardware/${server}`,
  what: "is wiped: its image goes from debian-12.9 to debian-13.1",
  why: "The operator deprovisions the host and writes its disks anew; what ran there stops.",
});

const security = (direction: "widens" | "narrows", stack: string, what: string): SecurityFinding => ({
  rule: "role-rules",
  direction,
  stack,
  address: "kubernetes_role_v1.admin",
  object: `Role messenger-${stack.slice(0, -5)}/admin`,
  what,
  why: "Whoever is bound to the role may do this from now on.",
  bound: [`Group ${stack.slice(0, -5)}-admins`],
});

const grant: GrantChange = {
  messenger: "soroush",
  site: "thr1",
  resource: "compute servers",
  before: 42,
  after: 51,
  unit: "servers",
  added: Array.from({ length: 9 }, (_, index) => `thr1-r${String((index % 3) + 1).padStart(2, "0")}-s${String(10 + index)}`),
  removed: [],
  causes: growth,
};

/** Something of everything. */
export const small: Report = {
  version: 1,
  base: "origin/main (1f3a9c2)",
  head: "feature/soroush-growth (e07b114)",
  verdict:
    "RISK: host-wiped 3; access WIDENS in 2 places, narrows in 1 place; 6 stacks of 15 change (9 to create, 6 to update, 1 to replace, 1 to destroy).",
  stale: [],
  switchPlans: [],
  notes: ["Saved plans were not given: what was changed outside since the last apply is not known."],
  risk: [
    risk("soroush.thr1", "thr1-r01-s04"),
    {
      rule: "namespace-lost",
      stack: "dorna.thr1",
      address: "kubernetes_namespace_v1.namespace",
      object: "Namespace messenger-dorna",
      what: "is destroyed: 14 objects go with it",
      why: "All that runs in a namespace ends with it, and its claims' data are lost.",
    },
  ],
  security: [
    ...["gap.thr1", "soroush.thr1"].map((stack) =>
      security("widens", stack, `newly allows escalate on roles of messenger-${stack.slice(0, -5)}`),
    ),
    security("narrows", "homa.thr1", "no longer allows delete on pods"),
  ],
  capacity: {
    sites: [
      {
        site: "thr1",
        lines: [
          capacityLine("standard-2n", "servers", [96, 71, 6, 19], [96, 80, 6, 10], { before: "2027-09-21", after: "2027-03-14" }),
          capacityLine("nvme-24", "servers", [24, 20, 2, 2], [24, 23, 2, -1], { before: null, after: "2026-12-05" }),
          capacityLine("storage-36", "servers", [12, 6, 1, 5], [18, 6, 1, 11], { before: "2028-01-01", after: null }),
          capacityLine("bandwidth out", "Mbit/s", [400_000, 262_000, 0, 138_000], [400_000, 318_500, 0, 81_500], {
            before: "2028-02-10",
            after: "2027-06-30",
          }),
          capacityLine("public addresses", "addresses", [1022, 410, 0, 612]),
          capacityLine("VLANs", "VLANs", [900, 38, 0, 862]),
          capacityLine("memory of the pool", "GiB", [0, 0, 0, 0]),
        ],
        deficits: [
          {
            what: "soroush: law 4 is broken for database servers: the loss of rack r02 would take 9 of 23.",
            remedy: "Move one server of class nvme-24 from r02 to another rack, or add one.",
            isNew: true,
          },
          { what: "gap: the rack r05 is dark.", remedy: "Bring the rack back.", isNew: false },
        ],
      },
    ],
  },
  grants: [
    grant,
    { ...grant, resource: "bandwidth out", unit: "Mbit/s", before: 40_000, after: 56_500, added: [], causes: growth.slice(0, 1) },
    {
      ...grant,
      messenger: "dorna",
      resource: "VLANs",
      unit: "VLANs",
      before: 1,
      after: 0,
      added: [],
      removed: ["214"],
      causes: [{ what: "state: retired", place: "stacks/messengers/dorna.yaml:3" }],
    },
  ],
  changes: smallChanges,
  drift: [
    {
      ...row,
      stacks: ["gap.thr1"],
      count: 1,
      kind: "ResourceQuota",
      object: "ResourceQuota messenger-gap/quota",
      address: "kubernetes_resource_quota_v1.quota",
      attributes: [{ path: 'spec.hard["requests.cpu"]', before: "64", after: "96" }],
      causes: [],
      reverted: true,
    },
  ],
  unchanged: 9,
};

/** Nothing differs. */
export const empty: Report = {
  version: 1,
  base: "origin/main",
  head: "HEAD",
  verdict: "Nothing differs in 15 stacks.",
  stale: [],
  switchPlans: [],
  notes: [],
  risk: [],
  security: [],
  capacity: { sites: [] },
  grants: [],
  changes: [],
  unchanged: 15,
};

/** What a pull request may try in every text that it has a hand in. */
export const attack = `</style></title><script>alert(1)</script><img src=x onerror=alert(2)>"'\`&amp; javascript:alert(3) \u202egnp.exe\u2066\u200b\u0007`;

/** The small report with the same text behind each of its texts, but for those that are a choice or a day. */
export function withEverywhere(text: string): Report {
  return mapped(small, "") as Report;

  function mapped(value: unknown, key: string): unknown {
    if (typeof value === "string") return /^(action|direction)$/.test(key) || /^\d{4}-\d\d-\d\d$/.test(value) ? value : value + text;
    if (Array.isArray(value)) return value.map((item) => mapped(item, ""));
    if (typeof value === "object" && value !== null)
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, mapped(item, name)]));
    return value;
  }
}

/** A report whose every text is an attack. */
export const hostile = withEverywhere(attack);

/** A thousand stacks, each with changes of its own, and many with the same finding. */
export function huge(stacks = 1_000): Report {
  const names = Array.from({ length: stacks }, (_, index) => `messenger${String(index).padStart(4, "0")}.thr1`);
  return {
    ...small,
    verdict: `RISK: host-wiped ${String(stacks)}; ${String(stacks)} stacks of ${String(stacks)} change.`,
    risk: names.map((stack, index) => risk(stack, `thr1-r${String(index)}-s01`)),
    security: names.map((stack) => security("widens", stack, `newly allows escalate on roles of messenger-${stack.slice(0, -5)}`)),
    grants: names.flatMap((stack) => [grant, ...small.grants.slice(1, 2)].map((each) => ({ ...each, messenger: stack.slice(0, -5) }))),
    changes: [
      { ...row, stacks: names, count: stacks },
      {
        ...row,
        action: "create",
        stacks: names,
        count: stacks,
        kind: "BareMetalHost",
        object: "BareMetalHost zirsakht-hardware/<server>",
        attributes: [],
        bodies: names.map((stack, index) => ({
          ...host(`thr1-r${String(index)}-s01`, `10.2.0.${String(index)}`),
          stacks: [stack],
          count: 1,
        })),
      },
      ...names.flatMap((stack, index) =>
        Array.from({ length: 6 }, (_, object) => ({
          ...row,
          stacks: [stack],
          count: 1,
          object: `LimitRange messenger-${stack.slice(0, -5)}/limits-${String(object)}`,
          attributes: [{ path: "spec.limits[0].max.memory", before: `${String(index)}Gi`, after: `${String(index + 1)}Gi` }],
          causes: growth,
        })),
      ),
    ],
    unchanged: 0,
  };
}
