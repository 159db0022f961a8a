/** Everything that is tried, noun by noun. */
import { access } from "./access";
import type { Table } from "./attempt";
import { bandwidth } from "./bandwidth";
import { claims } from "./claims";
import { grant } from "./grant";
import { hardware } from "./hardware";
import { needs } from "./needs";
import { networks } from "./networks";
import { others } from "./others";
import { pods } from "./pods";
import { podSecurity } from "./podSecurity";
import { roles } from "./roles";
import { routes } from "./routes";
import { servers } from "./servers";
import { services } from "./services";
import { status } from "./status";
import { strangers } from "./strangers";
import { system } from "./system";

export const tables: readonly Table[] = [
  pods,
  podSecurity,
  claims,
  bandwidth,
  services,
  routes,
  networks,
  others,
  access,
  roles,
  grant,
  status,
  hardware,
  servers,
  system,
  strangers,
  needs,
];
