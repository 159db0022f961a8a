/** Every admission rule of a site. */
import { attachmentsRule } from "./attachments";
import { bandwidthRule } from "./bandwidth";
import { claimsRule } from "./claims";
import { deletionsRule } from "./deletions";
import { hostKindRule } from "./hostKind";
import { hostsRule } from "./hosts";
import { hostStatusRule } from "./hostStatus";
import { mirrorsRule } from "./mirrors";
import { nodesRule } from "./nodes";
import { podsRule } from "./pods";
import type { AdmissionRule } from "./policy";
import { servicesRule } from "./services";

/** In order of names. */
export const admissionRules: readonly AdmissionRule[] = [
  attachmentsRule,
  bandwidthRule,
  claimsRule,
  deletionsRule,
  hostKindRule,
  hostStatusRule,
  hostsRule,
  mirrorsRule,
  nodesRule,
  podsRule,
  servicesRule,
];
