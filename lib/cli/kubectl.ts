/** Asks a site's cluster as people do: by kubectl, with their kubeconfig, their login and their rights. */
import { execFile } from "node:child_process";
import type { ApiObject } from "../manifests/apiObject";
import { InputError } from "../request/problem";

/** A site's host objects may be hundreds of megabytes of JSON. */
const maxBuffer = 2 ** 30;

/**
 * The objects of a kind, of one namespace or of those that are in none.
 * @throws InputError where there is no kubectl, or where it fails, with what it says
 */
export function listObjects(context: string, kind: string, namespace?: string): Promise<ApiObject[]> {
  const args = ["--context", context, ...(namespace === undefined ? [] : ["--namespace", namespace]), "get", kind, "--output", "json"];
  return new Promise((resolve, reject) => {
    execFile("kubectl", args, { env: process.env, maxBuffer }, (error, stdout, stderr) => {
      if (!error) resolve((JSON.parse(stdout) as { items: ApiObject[] }).items);
      else if (error.code === "ENOENT")
        reject(new InputError([{ message: "there is no kubectl on the PATH, and clusters are asked through it; install it" }]));
      else reject(new InputError([{ message: `kubectl ${args.join(" ")} failed: ${stderr.trim() || error.message}` }]));
    });
  });
}
