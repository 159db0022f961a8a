/** Ports of NetworkPolicies. */
import { texts, type JsonObject } from "../../manifests/apiObject";

export interface Port {
  /** `*` is every protocol. */
  readonly protocol: string;
  readonly first: number;
  readonly last: number;
  /** A port by its name in the pod. @default by number */
  readonly name?: string;
}

const highest = 65535;

/** Reads a port; one without a number is every port of its protocol, which is TCP where it does not say. */
export function portOf({ protocol, port, endPort }: JsonObject): Port {
  const [named = "TCP"] = texts([protocol ?? null]);
  if (typeof port === "string" && !/^\d+$/.test(port)) return { protocol: named, first: 0, last: highest, name: port };
  if (port === undefined || port === null) return { protocol: named, first: 0, last: highest };
  const first = Number(port);
  return { protocol: named, first, last: typeof endPort === "number" ? endPort : first };
}

/** Whether one port takes all of another in. Which number a name has, only the pod knows. */
export function takesIn(wide: Port, narrow: Port): boolean {
  if (wide.protocol !== "*" && wide.protocol !== narrow.protocol) return false;
  if (wide.name !== undefined) return wide.name === narrow.name;
  return wide.first <= narrow.first && narrow.last <= wide.last;
}

/** A port cut wherever another one begins or ends, so that each piece is in another one whole or not at all. */
export function segmentsOf(port: Port, others: readonly Port[]): Port[] {
  if (port.name !== undefined || port.first === port.last) return [port];
  const cuts = others
    .filter(({ name, protocol }) => name === undefined && protocol === port.protocol)
    .flatMap(({ first, last }) => [first, last + 1])
    .filter((cut) => cut > port.first && cut <= port.last);
  const starts = [...new Set([port.first, ...cuts])].sort((a, b) => a - b);
  return starts.map((first, index) => ({ ...port, first, last: (starts[index + 1] ?? port.last + 1) - 1 }));
}

/** `TCP 443`, `TCP 80-90`, `every TCP port`, `every port`. */
export function portText({ protocol, first, last, name }: Port): string {
  if (name !== undefined) return `${protocol} ${name}`;
  if (first === 0 && last === highest) return protocol === "*" ? "every port" : `every ${protocol} port`;
  return `${protocol} ${first === last ? String(first) : `${String(first)}-${String(last)}`}`;
}
