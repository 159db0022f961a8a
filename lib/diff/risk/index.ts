/** The risks that every report looks for. A new one is one file, its test, and one line here. */
import type { RiskRule } from "../rule";
import { guardLifted } from "./guardLifted";
import { hostIgnoredUntilProvisioned } from "./hostIgnoredUntilProvisioned";
import { hostLost } from "./hostLost";
import { hostPoweredOff } from "./hostPoweredOff";
import { hostRefused } from "./hostRefused";
import { hostWiped } from "./hostWiped";
import { idRenamed } from "./idRenamed";
import { namespaceLost } from "./namespaceLost";
import { poolLost } from "./poolLost";
import { quotaLost } from "./quotaLost";
import { stackLost } from "./stackLost";

/** Every rule, the gravest first. */
export const riskRules: readonly RiskRule[] = [
  hostWiped,
  hostLost,
  hostPoweredOff,
  namespaceLost,
  stackLost,
  idRenamed,
  quotaLost,
  poolLost,
  guardLifted,
  hostRefused,
  hostIgnoredUntilProvisioned,
];
