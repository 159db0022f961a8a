/** A plain cdktf program, as cdktf's documentation writes one: constructs in stacks in an app, and `app.synth()`. */
import { readRequest } from "../../lib/request/read";
import { buildApp } from "../../lib/stacks/app";

const [root = "", outdir = ""] = process.argv.slice(2);
const { lock, ...request } = readRequest(root);
if (!lock) throw new Error(`${root} has no lock`);
buildApp({ ...request, lock }, { outdir }).synth();
