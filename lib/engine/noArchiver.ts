/**
 * Keeps cdktf from loading its packer of zip files, about half of what loading cdktf takes. Its assets are packed by a process of their
 * own, so in this one the packer is asked for and never called: in its place cdktf finds nothing. Whoever else asks gets the packer.
 */
import Module, { createRequire } from "node:module";

const path = createRequire(require.resolve("cdktf/lib/private/fs")).resolve("archiver");
const isHidden = !(path in require.cache);
if (isHidden) require.cache[path] = Object.assign(new Module(path), { loaded: true });

/** To be called once cdktf is loaded. */
export function bringArchiverBack(): void {
  if (isHidden) Reflect.deleteProperty(require.cache, path);
}
