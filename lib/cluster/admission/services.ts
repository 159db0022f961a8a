/** A messenger's services take public addresses from its own pool only, and open no port on the nodes. */
import type { AdmissionRule } from "./policy";

/** No `externalIPs` (with them a namespace takes any address it likes), and load balancers without node ports. */
export const servicesRule: AdmissionRule = {
  name: "services",
  resourceRules: [{ apiGroups: [""], apiVersions: ["v1"], resources: ["services"], operations: ["CREATE", "UPDATE"] }],
  validations: [
    {
      expression: "object.spec.?externalIPs.orValue([]).size() == 0",
      message: "spec.externalIPs must be empty: public addresses come from the messenger's own pool, by type LoadBalancer",
    },
    {
      expression: "object.spec.?type.orValue('') != 'LoadBalancer' || !object.spec.?allocateLoadBalancerNodePorts.orValue(true)",
      message: "a LoadBalancer must have spec.allocateLoadBalancerNodePorts: false; its traffic comes through its own address",
    },
    {
      // Cilium's class io.cilium/node would open the service on the addresses of all nodes.
      expression: "!object.spec.?loadBalancerClass.hasValue()",
      message: "spec.loadBalancerClass must be left out: the site's load balancers serve services without one",
    },
    {
      // Said apart: the API server has given the ports before a policy sees the service, so nobody would know the one that is refused below.
      expression: "object.spec.?type.orValue('') != 'NodePort'",
      message: "node ports are not given, for nodes are shared: use type LoadBalancer, or ClusterIP inside the cluster",
    },
    {
      expression: "object.spec.?ports.orValue([]).all(p, p.?nodePort.orValue(0) == 0)",
      message: "spec.ports may not name a nodePort: nodes are shared",
    },
  ],
  inMessengerNamespaces: true,
};
