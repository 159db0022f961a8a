/** A plain cdktf program, as cdktf's documentation writes one: data in, constructs in stacks in an app, and `app.synth()`. */
import { readFileSync } from "node:fs";
import type { AllocatedRequest } from "../../lib/request/allocated";
import { hostOf } from "../../lib/request/host";
import { buildApp } from "../../lib/stacks/app";

const [file = "", outdir = ""] = process.argv.slice(2);
const request = JSON.parse(readFileSync(file, "utf8")) as Omit<AllocatedRequest, "host">;
buildApp({ ...request, host: (server) => hostOf(request.estate, () => new Map(), server) }, { outdir }).synth();
