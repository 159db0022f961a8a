/** What the API makes of a pod's fields, in every kind that holds pods. Keys are the `listMapKey`s and `patchMergeKey`s of its OpenAPI. */
import { fields, mapBy, plain, quantity, sequenceBy, setOf, valuesOf, type Shape } from "./shape";

/** Label selectors: all requirements must hold, in any order. */
export const labelSelector = fields({ matchLabels: valuesOf(plain), matchExpressions: setOf(fields({ values: setOf() })) });

const resources = fields({ requests: valuesOf(quantity), limits: valuesOf(quantity) });

const container = fields({
  // A variable may use those before it.
  env: sequenceBy("name"),
  ports: mapBy(["containerPort", "protocol"]),
  resources,
  volumeMounts: mapBy("mountPath"),
  volumeDevices: mapBy("devicePath"),
  securityContext: fields({ capabilities: fields({ add: setOf(), drop: setOf() }) }),
});

const nodeTerm = fields({ matchExpressions: setOf(fields({ values: setOf() })), matchFields: setOf(fields({ values: setOf() })) });
const podTerm = fields({ labelSelector, namespaceSelector: labelSelector, namespaces: setOf() });
const podAffinity = fields({
  requiredDuringSchedulingIgnoredDuringExecution: setOf(podTerm),
  preferredDuringSchedulingIgnoredDuringExecution: setOf(fields({ podAffinityTerm: podTerm })),
});

const podSpec = fields({
  containers: mapBy("name", container),
  // They run one after the other.
  initContainers: sequenceBy("name", container),
  volumes: mapBy("name", fields({ emptyDir: fields({ sizeLimit: quantity }) })),
  tolerations: setOf(),
  imagePullSecrets: mapBy("name"),
  topologySpreadConstraints: mapBy(["topologyKey", "whenUnsatisfiable"], fields({ labelSelector })),
  hostAliases: mapBy("ip", fields({ hostnames: setOf() })),
  nodeSelector: valuesOf(plain),
  overhead: valuesOf(quantity),
  affinity: fields({
    nodeAffinity: fields({
      requiredDuringSchedulingIgnoredDuringExecution: fields({ nodeSelectorTerms: setOf(nodeTerm) }),
      preferredDuringSchedulingIgnoredDuringExecution: setOf(fields({ preference: nodeTerm })),
    }),
    podAffinity,
    podAntiAffinity: podAffinity,
  }),
});

/** Of every object, and of a pod's template. The bandwidths are quantities to the CNI's bandwidth manager. */
export const metadata = fields({
  labels: valuesOf(plain),
  annotations: {
    values: plain,
    fields: { "kubernetes.io/egress-bandwidth": quantity, "kubernetes.io/ingress-bandwidth": quantity },
  },
  finalizers: setOf(),
  ownerReferences: mapBy("uid"),
});

const template = fields({ metadata, spec: podSpec });

/** A claim's spec. */
const claim = fields({ accessModes: setOf(), resources, selector: labelSelector });

/** Kinds that hold pods, by group and kind. */
export const podKinds: Readonly<Record<string, Shape>> = {
  "/Pod": fields({ spec: podSpec }),
  "/PersistentVolumeClaim": fields({ spec: claim }),
  "apps/DaemonSet": fields({ spec: fields({ selector: labelSelector, template }) }),
  "apps/Deployment": fields({ spec: fields({ selector: labelSelector, template }) }),
  "apps/StatefulSet": fields({
    spec: fields({ selector: labelSelector, template, volumeClaimTemplates: { element: fields({ metadata, spec: claim }) } }),
  }),
  "batch/CronJob": fields({ spec: fields({ jobTemplate: fields({ metadata, spec: fields({ template }) }) }) }),
  "batch/Job": fields({ spec: fields({ selector: labelSelector, template }) }),
};
