import { texts, valueAt } from "../../manifests/apiObject";
import { lostRule } from "./lost";

/** Services keep no address without their pool. */
export const poolLost = lostRule(
  "pool-lost",
  "IPAddressPool",
  "MetalLB takes the addresses of a deleted pool from the services that have them, and clients lose them.",
  ({ before }) => `services lose ${texts(valueAt(before?.object.spec, "addresses")).join(", ") || "their addresses"}`,
);
