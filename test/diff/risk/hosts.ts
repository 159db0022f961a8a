/** Hosts that change, as a comparison, so that a test of a rule says only what it is about. */
import type { Comparison, ObjectChange, SideObject, StackObjects } from "../../../lib/diff/change";
import type { RiskRule } from "../../../lib/diff/rule";
import { differences } from "../../../lib/diff/semantics/differences";
import { masked } from "../../../lib/diff/semantics/sensitive";
import type { ApiObject, JsonObject } from "../../../lib/manifests/apiObject";

const stack = "soroush.thr1";

/** A host of soroush. @param spec beside a BMC, a MAC and being on; nothing else */
export function host(state: string, spec: JsonObject, annotations: JsonObject = {}, name = "s01"): ApiObject {
  return {
    apiVersion: "metal3.io/v1alpha1",
    kind: "BareMetalHost",
    metadata: {
      name,
      namespace: "zirsakht-hardware",
      labels: { "zirsakht.ir/state": state, "zirsakht.ir/messenger": "soroush" },
      annotations,
    },
    spec: {
      online: true,
      automatedCleaningMode: "disabled",
      bootMACAddress: "02:00:00:00:00:01",
      bmc: { address: "redfish://10.0.1.1/1", credentialsName: "bmc-s01" },
      ...spec,
    },
  };
}

/** A spec with an image. */
export const image = (name: string): JsonObject => ({ image: { url: `https://images.example/${name}`, checksum: name } });

const side = (address: string, object: ApiObject | undefined, guarded = false): SideObject | undefined =>
  object && { stack, site: "thr1", address, object, guarded };

/** A comparison of objects before and after, by name. */
export function compared(
  pairs: Readonly<Record<string, readonly [before: ApiObject | undefined, after: ApiObject | undefined]>>,
  {
    replaced = false,
    removed = [],
    sides = true,
    guarded = false,
  }: { replaced?: boolean; removed?: readonly string[]; sides?: boolean; guarded?: boolean } = {},
): Comparison {
  const changes = Object.entries(pairs).flatMap(([name, [before, after]]): ObjectChange[] => {
    const address = `kubernetes_manifest.${name}`;
    const attributes = before && after ? masked(differences(before, after), before, after) : [];
    if (before && after && attributes.length === 0) return [];
    const [was, is] = [side(address, before, guarded), side(address, after, guarded)];
    const action = !before ? "create" : !after ? "destroy" : replaced ? "replace" : "update";
    return [{ stack, site: "thr1", address, action, ...(was && { before: was }), ...(is && { after: is }), attributes }];
  });
  const all = (place: 0 | 1): ReadonlyMap<string, StackObjects> =>
    new Map([
      [
        stack,
        new Map(
          Object.entries(pairs).flatMap(([name, pair]): [string, SideObject][] => {
            const found = side(`kubernetes_manifest.${name}`, pair[place]);
            return found ? [[found.address, found]] : [];
          }),
        ),
      ],
    ]);
  return {
    changes,
    stacks: { added: [], removed },
    unchanged: 0,
    ...(sides && { sides: { before: all(0), after: all(1), areAll: true } }),
  };
}

/** What a rule says, without what a test of one host need not repeat. */
export function said(rule: RiskRule, comparison: Comparison): string[] {
  return rule.find(comparison).map(({ what }) => what);
}

/** What a rule says of one host that changes, is replaced, or goes. */
export function saidOf(rule: RiskRule, before: ApiObject, after?: ApiObject, replaced = false): string[] {
  return said(rule, compared({ s01: [before, after] }, { replaced }));
}
