/** Every admission rule of a site. */
import { attachmentsRule } from "./attachments";
import { bandwidthRule } from "./bandwidth";
import { deletionsRule } from "./deletions";
import { hostsRule } from "./hosts";
import { nodesRule } from "./nodes";
import { podsRule } from "./pods";
import type { AdmissionRule } from "./policy";
import { servicesRule } from "./services";

/** In order of names. */
export const admissionRules: readonly AdmissionRule[] = [
  attachmentsRule,
  bandwidthRule,
  deletionsRule,
  hostsRule,
  nodesRule,
  podsRule,
  servicesRule,
];
