/** Where a site's stacks keep their state. What a backend needs to log in comes from the environment, so no key here can hold a secret. */
import { z } from "zod";
import { text } from "./words";

const url = z
  .string({ error: "expected a URL" })
  .regex(
    /^https?:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[^\s@?#]*)?$/,
    "expected a URL such as https://state.example/v1, without user, password or query",
  );
const name = z
  .string({ error: "expected a name" })
  .regex(/^[A-Za-z0-9](?:[A-Za-z0-9._-]{0,61}[A-Za-z0-9])?$/, "expected a name of 1 to 63 letters, digits, dots, hyphens and underscores");

const folder = z
  .string({ error: "expected a folder" })
  .regex(
    /^(?!(?:\.\/)*cdktf\.out(?:\/|$))[A-Za-z0-9._-]+(?:\/[A-Za-z0-9._-]+)*$/,
    "expected a relative folder outside cdktf.out such as state",
  )
  .regex(/^(?!.*(?:^|\/)\.\.(?:\/|$))/, "expected a relative folder that does not leave the project, without ..");

const local = z.strictObject({
  path: folder.optional().describe("A folder beside the project, outside cdktf.out. Default: .zirsakht/state."),
});
const kubernetes = z.strictObject({
  namespace: name.optional().describe("The namespace of the Secrets that hold the states. Default: the backend's own."),
  context: text.optional().describe("The kubeconfig context of the cluster that holds the states; not the site's own, which may be lost."),
});
const pg = z.strictObject({ schema: name.optional().describe("The database schema. Default: the backend's own.") });
const s3 = z.strictObject({
  bucket: name.describe("The bucket."),
  region: name.describe("Its region."),
  endpoint: url.optional().describe("The service's address. Default: the backend's own."),
  prefix: text.optional().describe("What the states' keys start with. Default: nothing."),
});
const http = z.strictObject({ address: url.describe("The address under which the states lie.") });

/** The backends by name; a site has exactly one of them. */
export const stateSchema = z
  .union(
    [
      z.strictObject({ local: local.describe("In files of this machine; for the example only.") }),
      z.strictObject({ kubernetes: kubernetes.describe("In Secrets of a cluster.") }),
      z.strictObject({ pg: pg.describe("In a PostgreSQL database.") }),
      z.strictObject({ s3: s3.describe("In an object store.") }),
      z.strictObject({ http: http.describe("Behind an HTTP service.") }),
    ],
    { error: "expected exactly one of local, kubernetes, pg, s3, http" },
  )
  .describe(
    "Where its stacks keep their state: exactly one of local (for the example only), kubernetes, pg, s3, http. Credentials come from the environment.",
  );
