import { judged } from "../../lib/cli/stale";
import { readRequest } from "../../lib/request/read";
import type { AllocatedRequest } from "../../lib/request/allocated";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";

function read(root: string): AllocatedRequest {
  const { lock, ...request } = readRequest(root);
  if (!lock) throw new Error("no lock");
  return { ...request, lock };
}

test("nobody is stale under a lock that meets every need, or records what it does not", () => {
  const request = read(freshRoot());
  expect(Object.keys(request.lock.sites.thr1?.short ?? {})).toEqual(["bale"]);
  expect(judged(request).judgement.stale).toEqual([]);
});

test("a messenger that grew is stale, and nobody else", () => {
  const root = freshRoot();
  edit(root, "messengers/soroush.yaml", { "active: 500k": "active: 900k" });
  const stale = judged(read(root)).judgement.stale;
  expect(new Set(stale.map(({ messenger }) => messenger))).toEqual(new Set(["soroush"]));
});
