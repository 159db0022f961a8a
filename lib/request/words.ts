/** The plain texts of the files, with what is allowed in each said in words. */
import { z } from "zod";

/** A text of its own: not empty, no white space around it, no control characters, at most 200 characters. */
export const text = z
  .string({ error: "expected a text" })
  .regex(
    /^[^\s\p{Cc}](?:[^\p{Cc}]{0,198}[^\s\p{Cc}])?$/u,
    "expected a text of 1 to 200 characters without spaces around it or control characters",
  );

/** What something is called, in English and Persian. */
export const name = z.strictObject({ en: text.describe("The name in English."), fa: text.describe("The name in Persian.") });

/** The key of a site, rack or class. Servers, stacks and objects are named after it. */
export const key = z
  .string({ error: "expected a name" })
  .regex(
    /^[a-z](?:[a-z0-9-]{0,18}[a-z0-9])?$/,
    "expected a name of 1 to 20 lower-case letters, digits and inner hyphens, starting with a letter",
  );

/** The id of a messenger. Namespaces, stacks and states are named after it. */
export const messengerId = z
  .string({ error: "expected an id" })
  .regex(
    /^[a-z](?:[a-z0-9-]{0,38}[a-z0-9])?$/,
    "expected an id of 1 to 40 lower-case letters, digits and inner hyphens, starting with a letter",
  );

/** The name of an image, such as `node-2026.11`. */
export const imageName = z
  .string({ error: "expected the name of an image" })
  .regex(
    /^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/,
    "expected a name of 1 to 63 lower-case letters, digits, dots and hyphens such as node-2026.11",
  );

/** Where an image lies. A user or password in it would be a secret in every plan and is refused. */
export const imageUrl = z
  .string({ error: "expected a URL" })
  .regex(
    /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?\/[^\s@?#]+$/,
    "expected a URL such as https://images.example/node.qcow2, without user, password or query",
  );

/** The digest of an image. */
export const checksum = z
  .string({ error: "expected a checksum" })
  .regex(/^sha256:[0-9a-f]{64}$/, "expected sha256: and 64 hexadecimal digits in lower case, as sha256sum prints them");

/** An IPv4 network in CIDR form, without host bits (check/prefixes). */
export const network = z
  .string({ error: "expected a network" })
  .regex(
    /^(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)\/(?:3[0-2]|[12]?\d)$/,
    "expected an IPv4 network such as 10.64.0.0/12",
  );

/** An IPv4 address. */
export const address = z
  .string({ error: "expected an address" })
  .regex(/^(?:(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)\.){3}(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)$/, "expected an IPv4 address such as 10.0.1.1");

/** The number of an autonomous system. */
export const asn = z
  .number({ error: "expected the number of an autonomous system, 1 to 4294967295" })
  .int("expected a whole number, 1 to 4294967295")
  .min(1, "expected the number of an autonomous system, 1 to 4294967295")
  .max(4294967295, "expected the number of an autonomous system, 1 to 4294967295");

/** A whole number of hardware threads, as milli-threads. */
export function threads(least: number): z.ZodType<number, number> {
  const expected = `expected a whole number of threads, ${String(least)} to 4096`;
  return z
    .number({ error: expected })
    .int(expected)
    .min(least, expected)
    .max(4096, expected)
    .transform((whole) => whole * 1000);
}

/** How much more: 1.4 is 40 % more than usual. */
export const factor = z
  .number({ error: "expected a factor above 0 and up to 100 such as 1.4" })
  .positive("expected a factor above 0 and up to 100 such as 1.4")
  .max(100, "expected a factor above 0 and up to 100 such as 1.4");

/** A truth value; `yes` and `no` are texts in YAML 1.2. */
export const flag = z.boolean({ error: "expected true or false" });
