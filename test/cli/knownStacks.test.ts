import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { synthesize } from "../../lib/cli/synthesize";
import { FileMemory } from "../../lib/memory/fileMemory";
import type { AllocatedRequest } from "../../lib/request/allocated";
import { MessengerStack } from "../../lib/stacks/messengerStack";
import { sampleEstate, sampleMessenger } from "../support/estate";
import { grantedLock, grantedRequest } from "../support/granted";
import { filesOf } from "./filesOf";

const parent = mkdtempSync(join(tmpdir(), "known-"));
afterAll(() => rmSync(parent, { recursive: true }));
const newFolder = () => mkdtempSync(join(parent, "f-"));

/** A synth with what is remembered in `folder`: the stacks that it made, and what it wrote and removed. */
function synth(request: AllocatedRequest, out: string, folder: string, options: object = {}) {
  const memory = new FileMemory(folder, () => "code");
  const { placed, stacks, objects, written, removed } = synthesize(request, { out, memory, ...options });
  memory.save();
  return { made: [...new Set(placed.map(({ stack }) => stack))], stacks, objects, written, removed };
}

function fresh(request: AllocatedRequest): Record<string, string> {
  const out = newFolder();
  synthesize(request, { out });
  return filesOf(out);
}

const request = grantedRequest();
const renamed = (id: "bale" | "hodhod" | "soroush", group: string): AllocatedRequest => ({
  ...request,
  messengers: request.messengers.map((messenger) =>
    messenger.messenger === id ? { ...messenger, access: { ...messenger.access, viewers: [group] } } : messenger,
  ),
});

/** The request where a list of hosts, not a rule, says how servers are wired. */
function byList(port: string): AllocatedRequest {
  const { estate, host } = request;
  const { thr1 } = estate.sites;
  if (!thr1) throw new Error("no thr1");
  return {
    ...request,
    estate: { ...estate, sites: { ...estate.sites, thr1: { ...thr1, hosts: "thr1-hosts.csv" } } },
    host: (server) =>
      server.startsWith("thr1") ? { ...host(server), nics: [{ mac: "02:00:00:00:00:01", port: `${port}1` }] } : host(server),
  };
}

test("makes what changed, and only that; the rest counts", () => {
  const [out, memory] = [newFolder(), newFolder()];
  const first = synth(request, out, memory);
  expect(first.made).toHaveLength(6);
  expect(synth(request, out, memory)).toEqual({ ...first, made: [], written: 0 });
  const changed = renamed("bale", "bale-readers");
  expect(synth(changed, out, memory)).toEqual({ ...first, made: ["bale.thr1"], objects: first.objects + 1, written: 2 });
  expect(filesOf(out)).toEqual(fresh(changed));
});

test("a stack alone is known too, and cdktf still lists all", () => {
  const [out, memory] = [newFolder(), newFolder()];
  synth(request, out, memory);
  const before = filesOf(out);
  expect(synth(request, out, memory, { stacks: ["bale.thr1"] })).toMatchObject({ made: [], stacks: 1, written: 0, removed: 0 });
  expect(filesOf(out)).toEqual(before);
});

test("another folder, or other bytes in it, are made anew", () => {
  const [out, memory] = [newFolder(), newFolder()];
  synth(request, out, memory);
  const before = filesOf(out);
  writeFileSync(join(out, "manifests/thr1/bale.thr1.yaml"), "changed by hand");
  rmSync(join(out, "stacks/soroush.mhd1/cdk.tf.json"));
  expect(synth(request, out, memory)).toMatchObject({ made: ["bale.thr1", "soroush.mhd1"], written: 2 });
  expect(filesOf(out)).toEqual(before);
  const other = newFolder();
  expect(synth(request, other, memory).made).toHaveLength(6);
  expect(filesOf(other)).toEqual(before);
});

test("what breaks a rule beside a known stack is found as it is from nothing", () => {
  const [out, memory] = [newFolder(), newFolder()];
  synth(request, out, memory);
  for (const id of ["bale", "soroush"] as const) {
    const other = id === "bale" ? "soroush-admins" : "bale-admins";
    const messageOf = (work: () => unknown): string => {
      try {
        work();
      } catch (error) {
        return (error as Error).message;
      }
      return "";
    };
    const changed = renamed(id, other);
    const expected = messageOf(() => fresh(changed));
    expect(expected).toContain("one-messenger-per-identity");
    expect(messageOf(() => synth(changed, out, memory))).toBe(expected);
  }
});

test("a class of stacks is code that no memory knows", () => {
  const [out, memory] = [newFolder(), newFolder()];

  class Own extends MessengerStack {}
  for (let time = 0; time < 2; time++) expect(synth(request, out, memory, { messengerStack: Own }).made).toHaveLength(6);
});

/** A memory's file that says of each input what is true of the one before it. */
function mistaken(text: string): string {
  const [digest = "", body = ""] = text.split("\n");
  const results = JSON.parse(body) as [string, unknown][];
  return `${digest}\n${JSON.stringify(results.map(([key], index) => [key, results.at(index - 1)?.[1]]))}`;
}

const requests = [
  request,
  renamed("bale", "readers"),
  renamed("soroush", "watchers"),
  grantedRequest({ estate: sampleEstate((file) => (file.image = "node-2026-05")) }),
  grantedRequest({
    lock: grantedLock(({ thr1 }) => {
      thr1.bandwidth = {};
    }),
  }),
  { ...request, messengers: request.messengers.slice(1) },
  grantedRequest({ messengers: [sampleMessenger("bale", { lifecycle: "retired" })] }),
  { ...request, messengers: [sampleMessenger("bale", { needs: ["network"] }), ...request.messengers.slice(1)] },
  byList("swp"),
  byList("eth"),
  {
    ...request,
    estate: {
      ...request.estate,
      sites: Object.fromEntries(Object.entries(request.estate.sites).map(([name, site]) => [name, { ...site, asn: 64999 }])),
    },
  },
];

test("each after each, every file that moves is made anew", () => {
  const [out, memory] = [newFolder(), newFolder()];
  const expected = requests.map(fresh);
  for (const [index, changed] of requests.entries())
    for (const [step, each] of [request, changed, byList("swp"), changed].entries()) {
      synth(each, out, memory);
      if (step % 2 === 1) expect(filesOf(out)).toEqual(expected[index]);
    }
});

test("whatever changes, is broken or is lost between two synths, the files are those of a synth from nothing", () => {
  const [out, memory] = [newFolder(), newFolder()];
  const expected = requests.map(fresh);
  const victims = ["manifest.json", ".zirsakht.json", "stacks/site.thr1/cdk.tf.json", "manifests/thr1/bale.thr1.yaml", "network/thr1.yaml"];
  const step = fc.record({
    request: fc.nat(requests.length - 1),
    breaks: fc.option(fc.constantFrom(...victims)),
    removes: fc.boolean(),
    poisons: fc.option(fc.constantFrom("stack.json", "switch-plan.json")),
  });
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
      for (const { request: index, breaks, removes, poisons } of steps) {
        // Without its record a folder is somebody else's: what was written before stays. So it is only ever broken whole.
        if (breaks === ".zirsakht.json") rmSync(out, { recursive: true, force: true });
        else if (breaks && removes) rmSync(join(out, breaks), { force: true });
        else if (breaks && readdirSync(out).length > 0 && breaks in filesOf(out)) writeFileSync(join(out, breaks), "broken");
        if (poisons && readdirSync(memory).includes(poisons)) {
          const text = readFileSync(join(memory, poisons), "utf8");
          writeFileSync(join(memory, poisons), removes ? text.slice(0, -1) : mistaken(text));
        }
        const changed = requests[index];
        if (!changed) throw new RangeError(String(index));
        synth(changed, out, memory);
        expect(filesOf(out)).toEqual(expected[index]);
      }
    }),
    { numRuns: 25 },
  );
});
