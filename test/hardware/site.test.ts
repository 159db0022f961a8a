import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { attachmentsRule } from "../../lib/cluster/admission/attachments";
import { bandwidthRule } from "../../lib/cluster/admission/bandwidth";
import { podsRule } from "../../lib/cluster/admission/pods";
import * as labels from "../../lib/cluster/labels";
import { priorityClassOf } from "../../lib/cluster/priority";
import { joinSecret } from "../../lib/hardware/host";
import { hardwareNamespace } from "../../lib/hardware/namespace";
import { loadBalancerNamespace } from "../../lib/cluster/siteNamespaces";
import { refusals } from "../support/admission";

const page = readFileSync(join(__dirname, "../../docs/site.md"), "utf8");

test.each([...Object.values(labels), joinSecret, hardwareNamespace, loadBalancerNamespace])("docs/site.md names `%s`", (name) => {
  expect(page).toContain(`\`${name}\``);
});

test("the pod of docs/site.md is admitted", () => {
  const pod = parse(/```yaml\n([^`]*)```/.exec(page)?.[1] ?? "") as { spec: { priorityClassName: string } };
  const request = {
    operation: "CREATE",
    // The API server hands quantities on as text.
    object: JSON.parse(JSON.stringify(pod), (_, value: unknown) => (typeof value === "number" ? String(value) : value)) as object,
    namespace: { [labels.messengerLabel]: "bale", [labels.nodesLabel]: "pool", [labels.tierLabel]: "on-request" },
  } as const;
  expect(pod.spec.priorityClassName).toBe(priorityClassOf("on-request"));
  expect([podsRule, bandwidthRule, attachmentsRule].flatMap((rule) => refusals(rule, request))).toEqual([]);
});
