/** Judges admission requests by a rule's own CEL, as the API server does: it fails closed, and variables are computed when they are used. */
import type * as Cel from "@marcbachmann/cel-js" with { "resolution-mode": "import" };
import type { AdmissionRule } from "../../lib/cluster/admission/policy";
import { messengerLabel } from "../../lib/cluster/labels";

/** What somebody asks of the API server. */
export interface AdmissionRequest {
  readonly operation: "CREATE" | "UPDATE" | "DELETE";
  /** None on DELETE. */
  readonly object?: object;
  /** None on CREATE. */
  readonly oldObject?: object;
  /** The labels of the object's namespace. @default - cluster-scoped */
  readonly namespace?: Readonly<Record<string, string>>;
  /** The groups of who asks. @default system:authenticated */
  readonly groups?: readonly string[];
  /** @default somebody */
  readonly user?: string;
  /** The resources that the asker may update by RBAC. @default none */
  readonly mayUpdate?: readonly string[];
}

/** What RBAC says, as far as the rules ask: by resource, whoever's it is. */
class Authorizer {
  constructor(
    readonly mayUpdate: readonly string[],
    readonly resource = "",
    readonly allowed = false,
  ) {}
}

/** Kubernetes' CEL library for quantities, as far as the rules use it. */
class Quantity {
  static readonly factors: Readonly<Record<string, number>> = {
    m: 1e-3,
    "": 1,
    k: 1e3,
    M: 1e6,
    G: 1e9,
    T: 1e12,
    Ki: 2 ** 10,
    Mi: 2 ** 20,
    Gi: 2 ** 30,
  };
  readonly value: number;

  constructor(text: string) {
    const [, digits, suffix = ""] = /^(\d+(?:\.\d+)?)([A-Za-z]*)$/.exec(text) ?? [];
    const factor = Quantity.factors[suffix];
    if (digits === undefined || factor === undefined) throw new Error(`${text} is no quantity`);
    this.value = Number(digits) * factor;
  }

  static reads(text: string): boolean {
    try {
      return Number.isFinite(new Quantity(text).value);
    } catch {
      return false;
    }
  }
}

// An ECMAScript module, which jest compiles (jest.config.js).
const { Environment } = jest.requireActual<typeof Cel>("@marcbachmann/cel-js");

const cel = new Environment({ enableOptionalTypes: true, unlistedVariablesAreDyn: true })
  .registerType("kubernetes.Quantity", Quantity)
  .registerFunction("quantity(string): kubernetes.Quantity", (text: string) => new Quantity(text))
  .registerFunction("isQuantity(string): bool", (text: string) => Quantity.reads(text))
  .registerFunction("kubernetes.Quantity.isInteger(): bool", (amount: Quantity) => Number.isInteger(amount.value))
  .registerFunction("kubernetes.Quantity.asInteger(): int", (amount: Quantity) => BigInt(amount.value))
  .registerFunction("kubernetes.Quantity.compareTo(kubernetes.Quantity): int", (one: Quantity, other: Quantity) =>
    BigInt(Math.sign(one.value - other.value)),
  )
  .registerType("kubernetes.Authorizer", Authorizer)
  .registerFunction("kubernetes.Authorizer.group(string): kubernetes.Authorizer", (all: Authorizer) => all)
  .registerFunction(
    "kubernetes.Authorizer.resource(string): kubernetes.Authorizer",
    ({ mayUpdate }: Authorizer, resource: string) => new Authorizer(mayUpdate, resource),
  )
  .registerFunction(
    "kubernetes.Authorizer.check(string): kubernetes.Authorizer",
    ({ mayUpdate, resource }: Authorizer, verb: string) =>
      new Authorizer(mayUpdate, resource, verb === "update" && mayUpdate.includes(resource)),
  )
  .registerFunction("kubernetes.Authorizer.allowed(): bool", ({ allowed }: Authorizer) => allowed)
  .registerFunction("list.sum(): int", (amounts: bigint[]) => amounts.reduce((sum, each) => sum + each, 0n));

/** The messages with which the rule refuses the request; none where it admits it or does not apply. */
export function refusals(
  rule: AdmissionRule,
  { operation, object, oldObject, namespace, groups = ["system:authenticated"], user = "somebody", mayUpdate = [] }: AdmissionRequest,
): string[] {
  if (rule.inMessengerNamespaces && !(namespace && messengerLabel in namespace)) return [];
  if (!rule.resourceRules.some(({ operations }) => operations.includes(operation))) return [];
  const variables: Record<string, unknown> = {};
  const context = {
    request: { operation, userInfo: { username: user, groups: [...groups] } },
    object: object ?? null,
    oldObject: oldObject ?? null,
    namespaceObject: namespace ? { metadata: { labels: namespace } } : null,
    variables,
    authorizer: new Authorizer(mayUpdate),
  };
  for (const { name, expression } of rule.variables ?? [])
    try {
      variables[name] = cel.evaluate(expression, context);
    } catch {
      // Left out: whoever uses it fails, as on the API server.
    }
  const holds = (expression: string): boolean => {
    try {
      return cel.evaluate(expression, context) === true;
    } catch {
      return false;
    }
  };
  if (!(rule.matchConditions ?? []).every(({ expression }) => holds(expression))) return [];
  return rule.validations.filter(({ expression }) => !holds(expression)).map(({ message }) => message);
}
