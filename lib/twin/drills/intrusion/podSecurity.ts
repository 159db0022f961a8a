/** What a pod may have of the server that it runs on: nothing. */
import type { JsonObject } from "../../../manifests/apiObject";
import { byPodSecurity, change, create, inside, type Refused, type Table } from "./attempt";
import { podRefused } from "./pods";
import type { Target } from "./target";
import { pod, standing, type Change } from "./wellFormed";

const makes = (what: string, named: string, changed: Change): Refused =>
  podRefused(`makes a pod with ${what}`, byPodSecurity(named), () => changed);
const secured = (securityContext: JsonObject): Change => ({ container: { securityContext } });
const volume = (source: JsonObject): Change => ({ spec: { volumes: [{ name: "data", ...source }] } });

/** A debugging container in a pod that runs. */
const debugging = (target: Target, securityContext: JsonObject) =>
  change(inside(target.namespace, "v1", "pods", standing, "ephemeralcontainers"), {
    spec: {
      ephemeralContainers: [
        {
          name: "debug",
          image: "images.example/debug:1",
          securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ["ALL"] }, ...securityContext },
        },
      ],
    },
  });

const debugs = (what: string, named: string, securityContext: JsonObject): Refused => ({
  what: `debugs a running pod with ${what}`,
  who: "admin",
  want: "refused",
  by: byPodSecurity(named),
  request: (target) => debugging(target, securityContext),
  control: (target) => debugging(target, {}),
});

export const podSecurity: Table = {
  promise: "a messenger's pods have nothing of the servers that they run on",
  attempts: [
    makes("a folder of the server", "hostPath", volume({ hostPath: { path: "/" } })),
    makes("a share of a file server", "restricted volume types", volume({ nfs: { server: "10.0.0.1", path: "/" } })),
    makes(
      "a block device of the network",
      "restricted volume types",
      volume({ iscsi: { targetPortal: "10.0.0.1", iqn: "iqn.2001-04.example:x", lun: 0 } }),
    ),
    makes("the server's network", "hostNetwork=true", { spec: { hostNetwork: true } }),
    makes("the server's processes", "hostPID=true", { spec: { hostPID: true } }),
    makes("the server's memory segments", "hostIPC=true", { spec: { hostIPC: true } }),
    makes("a port of the server", "hostPort", { container: { ports: [{ containerPort: 80, hostPort: 80 }] } }),
    makes("a probe of somebody else's address", "probe or lifecycle host", {
      container: { livenessProbe: { httpGet: { host: "10.0.0.1", port: 6443 } } },
    }),
    makes("all privileges", "privileged", secured({ privileged: true, allowPrivilegeEscalation: null })),
    makes("room to gain privileges", "allowPrivilegeEscalation != false", secured({ allowPrivilegeEscalation: null })),
    makes("capabilities kept", "unrestricted capabilities", secured({ capabilities: null })),
    makes("a capability added", "unrestricted capabilities", secured({ capabilities: { add: ["SYS_ADMIN"] } })),
    makes("the root user", "runAsUser=0", secured({ runAsUser: 0 })),
    makes("any user at all", "runAsNonRoot != true", { spec: { securityContext: { runAsNonRoot: null } } }),
    makes("no filter of system calls", "seccompProfile", secured({ seccompProfile: { type: "Unconfined" } })),
    makes("no AppArmor profile", "forbidden AppArmor profile", secured({ appArmorProfile: { type: "Unconfined" } })),
    makes("SELinux options of its choice", "seLinuxOptions", secured({ seLinuxOptions: { type: "spc_t" } })),
    makes("an unmasked /proc", "procMount", { container: { securityContext: { procMount: "Unmasked" } }, spec: { hostUsers: false } }),
    makes("a kernel parameter of its choice", "forbidden sysctls", {
      spec: { securityContext: { sysctls: [{ name: "kernel.msgmax", value: "1" }] } },
    }),
    makes("a process of a Windows server", "hostProcess", {
      spec: { hostNetwork: true, securityContext: { windowsOptions: { hostProcess: true, runAsUserName: "x" } } },
    }),
    debugs("all privileges", "privileged", { privileged: true, allowPrivilegeEscalation: true }),
    debugs("the root user", "runAsUser=0", { runAsUser: 0 }),
    debugs("a capability added", "unrestricted capabilities", { capabilities: { add: ["NET_ADMIN"], drop: ["ALL"] } }),
    {
      what: "makes a Deployment's pod privileged by its own hand, as its controller would",
      who: "account",
      want: "refused",
      by: byPodSecurity("privileged"),
      request: (target) =>
        create(inside(target.namespace, "v1", "pods"), pod(target, secured({ privileged: true, allowPrivilegeEscalation: null }))),
      control: (target) => create(inside(target.namespace, "v1", "pods"), pod(target)),
    },
  ],
};
