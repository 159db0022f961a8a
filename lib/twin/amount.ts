/** Kubernetes quantities as numbers, for what an API server says; what is written is made by lib/cluster/quantity.ts. */
import type { Json } from "../manifests/apiObject";

const suffixes: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number that a quantity such as `63500m`, `512Gi` or `12k` stands for; 0 of nothing. Throws where it is no quantity. */
export function amountOf(quantity: Json | undefined): number {
  if (quantity === undefined) return 0;
  const text = typeof quantity === "number" ? String(quantity) : quantity;
  const match = typeof text === "string" ? /^(\d+(?:\.\d+)?)(?:[eE](\d+))?([A-Za-z]*)$/.exec(text) : null;
  const suffix = suffixes[match?.[3] ?? ""];
  if (match?.[1] === undefined || suffix === undefined) throw new Error(`${JSON.stringify(quantity)} is no quantity`);
  return Number(match[1]) * 10 ** Number(match[2] ?? 0) * suffix;
}
