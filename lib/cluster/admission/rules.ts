/** Every admission rule of a site. */
import { attachmentsRule } from "./attachments";
import { bandwidthRule } from "./bandwidth";
import { claimsRule } from "./claims";
import { deletionsRule } from "./deletions";
import { hostsRule } from "./hosts";
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
  hostsRule,
  mirrorsRule,
  nodesRule,
  podsRule,
  servicesRule,
];
