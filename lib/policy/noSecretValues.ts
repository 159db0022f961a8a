import { isObject, valueAt } from "../manifests/apiObject";
import type { Json } from "../manifests/apiObject";
import type { Breach, PlacedObject, Rule } from "./rule";

/** What a host's config drive holds, by the operator's contract; it goes to state and to review in full. */
const open = ["metaData", "networkData"];
const openLabel = "environment.metal3.io";
/** Keys under which people keep secrets. */
const secretKey = /(^|[\s"'_-])(passw(or)?d|passphrase|secret|token|api[_-]?key|private[_-]?key|credentials?)["']?\s*[:=]/i;
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----/;
/** A user and password inside an address. */
const userInfo = /\w:\/\/[^/\s:@]+:[^/\s@]+@/;

function ofText(at: PlacedObject, field: string, text: string): Breach[] {
  const what = privateKey.test(text) ? "holds a private key" : userInfo.test(text) ? "holds an address with a password" : undefined;
  return what ? [{ at, field, what, remedy: "place it at the site by hand, and name it here" }] : [];
}

/** What is wrong with any text of an object, by its path, which is made only where something is. */
function ofTexts(at: PlacedObject, value: Json): Breach[] {
  const found: Breach[] = [];
  const visit = (inner: Json, pathOf: () => string): void => {
    if (typeof inner === "string") {
      if (privateKey.test(inner) || userInfo.test(inner)) found.push(...ofText(at, pathOf(), inner));
    } else if (Array.isArray(inner)) (inner as readonly Json[]).forEach((item, index) => visit(item, () => `${pathOf()}[${index}]`));
    else if (isObject(inner))
      for (const key of Object.keys(inner)) visit(inner[key] ?? null, () => [pathOf(), key].filter(Boolean).join("."));
  };
  visit(value, () => "");
  return found;
}

function ofSecret(at: PlacedObject): Breach[] {
  const { data, metadata, type } = at.object;
  const isOpen = valueAt(metadata, "labels", openLabel) === "baremetal" && (type ?? "Opaque") === "Opaque";
  return Object.entries(isObject(data) ? data : {}).flatMap(([key, value]) => {
    const field = `data.${key}`;
    if (!isOpen || !open.includes(key))
      return {
        at,
        field,
        what: "is the value of a Secret",
        remedy: `place the Secret at the site by hand; only ${open.join(" and ")} of hosts may stand here`,
      };
    const text = Buffer.from(typeof value === "string" ? value : "", "base64").toString();
    if (secretKey.test(text))
      return {
        at,
        field,
        what: `holds the key ${JSON.stringify(secretKey.exec(text)?.[2])}`,
        remedy: "leave it out: this data is no secret",
      };
    return ofText(at, field, text);
  });
}

/** No secret value stands in a stack, a state or an output; secrets are placed at the site and named. */
export const noSecretValues: Rule = {
  name: "no-secret-values",
  protects: "Secrets: what stands in a stack is in the repository, the plan and the state, for everybody who reads one of them.",
  check: (tree) => tree.objects.flatMap((at) => [...(at.object.kind === "Secret" ? ofSecret(at) : []), ...ofTexts(at, at.object)]),
};
