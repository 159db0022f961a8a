/** A messenger's pods run on its own nodes or on the pool's, wait their turn by their tier, tolerate no other taint and keep nobody else's away. */
import { messengerLabel, nodesBeforeLabel, nodesLabel, tierLabel } from "../labels";
import type { AdmissionRule } from "./policy";

const onlyOnCreate = "request.operation != 'CREATE' || ";
/** Terms of affinity look at the pod's own namespace when they name no other. */
const ofOwnNamespace = (term: string) => `(!${term}.?namespaceSelector.hasValue() && ${term}.?namespaces.orValue([]).size() == 0)`;
const affinity = (kind: "podAffinity" | "podAntiAffinity") => {
  const terms = (when: string) => `object.spec.?affinity.?${kind}.?${when}DuringSchedulingIgnoredDuringExecution.orValue([])`;
  return `${terms("required")}.all(t, ${ofOwnNamespace("t")}) && ${terms("preferred")}.all(p, ${ofOwnNamespace("p.podAffinityTerm")})`;
};
const label = (key: string) => `namespaceObject.metadata.labels['${key}']`;

/** Pods of messengers keep to their nodes. The binding's selector makes sure that the namespace has labels. */
export const podsRule: AdmissionRule = {
  name: "pods",
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["pods"], operations: ["CREATE", "UPDATE"] }],
  variables: [
    {
      name: "nodes",
      expression: `['${nodesLabel}', '${nodesBeforeLabel}'].filter(key, key in namespaceObject.metadata.labels).map(key, namespaceObject.metadata.labels[key])`,
    },
  ],
  validations: [
    {
      expression: `${onlyOnCreate}object.spec.?nodeName.orValue('') == ''`,
      message: "a pod may not name its node: leave spec.nodeName out, the scheduler fills it in",
    },
    {
      expression: `${onlyOnCreate}object.spec.?nodeSelector[?'${messengerLabel}'].orValue('') in variables.nodes`,
      message: `spec.nodeSelector must have ${messengerLabel} with the value of the namespace's label ${nodesLabel}`,
    },
    {
      expression: `${onlyOnCreate}object.spec.?priorityClassName.orValue('') == 'zirsakht-' + ${label(tierLabel)}`,
      message: `spec.priorityClassName must be zirsakht-<tier>, the tier being the namespace's label ${tierLabel}`,
    },
    {
      expression: `object.spec.?tolerations.orValue([]).all(t, t.?key.orValue('').startsWith('node.kubernetes.io/') || (t.?key.orValue('') == '${messengerLabel}' && t.?operator.orValue('Equal') == 'Equal' && t.?value.orValue('') == ${label(messengerLabel)}))`,
      message: `spec.tolerations may hold node.kubernetes.io/* and ${messengerLabel} with the messenger's own id as its value, and none without a key`,
    },
    {
      // It works both ways: a pod that keeps away from others' pods keeps these away from all nodes of its topology, such as a whole site.
      expression: `${affinity("podAffinity")} && ${affinity("podAntiAffinity")}`,
      message: "spec.affinity may look at pods of its own namespace only: leave namespaces and namespaceSelector out",
    },
    {
      expression: `${onlyOnCreate}object.spec.?os.?name.orValue('linux') == 'linux'`,
      message: "spec.os.name must be linux or left out: of pods for another system Pod Security asks less",
    },
  ],
  inMessengerNamespaces: true,
};
