/** `npm run schemas`: writes the JSON Schemas of the files anew. A test fails while a committed one is stale. */
import { join } from "node:path";
import { sync as writeFileAtomic } from "write-file-atomic";
import { jsonSchemas } from "./schemas";

const folder = join(__dirname, "../../../schemas");
for (const [name, text] of Object.entries(jsonSchemas())) writeFileAtomic(join(folder, name), text);
