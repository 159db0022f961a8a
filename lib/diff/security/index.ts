/** The rules about who may do what. A new rule is one file, its test, and one line here. */
import type { SecurityRule } from "../rule";
import { accessForMany } from "./accessForMany";
import { addressPool } from "./addressPool";
import { admissionBinding } from "./admissionBinding";
import { admissionPolicy } from "./admissionPolicy";
import { advertisement } from "./advertisement";
import { aggregatedAccess } from "./aggregatedAccess";
import { attachment } from "./attachment";
import { bindingSubjects } from "./bindingSubjects";
import { defaultDeny } from "./defaultDeny";
import { egressGateway } from "./egressGateway";
import { limitRange } from "./limitRange";
import { namespaceNodes } from "./namespaceNodes";
import { networkFlows } from "./networkFlows";
import { networkIsolation } from "./networkIsolation";
import { nodeIdentity } from "./nodeIdentity";
import { podSecurity } from "./podSecurity";
import { priorityClass } from "./priorityClass";
import { privilege } from "./privilege";
import { quotaLifted } from "./quotaLifted";
import { roleRules } from "./roleRules";
import { serviceAccountToken } from "./serviceAccountToken";
import { stackAccess } from "./stackAccess";
import { wildcardAccess } from "./wildcardAccess";

/** Every rule, in the order in which a reviewer should read what they find: what reaches furthest first. */
export const securityRules: readonly SecurityRule[] = [
  accessForMany,
  privilege,
  wildcardAccess,
  aggregatedAccess,
  admissionPolicy,
  admissionBinding,
  podSecurity,
  nodeIdentity,
  namespaceNodes,
  networkIsolation,
  networkFlows,
  defaultDeny,
  attachment,
  addressPool,
  advertisement,
  egressGateway,
  bindingSubjects,
  roleRules,
  serviceAccountToken,
  quotaLifted,
  limitRange,
  priorityClass,
  stackAccess,
];
