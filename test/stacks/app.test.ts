import { InputError } from "../../lib/request/problem";
import { buildApp, stackNames } from "../../lib/stacks/app";
import { sampleEstate, sampleMessenger } from "../support/estate";
import { grantedRequest } from "../support/granted";
import { written } from "../support/synth";

const request = grantedRequest();
const whole = written((outdir) => buildApp(request, { outdir }));

test("there is a stack a site, then one a messenger and site", () => {
  expect(stackNames(request)).toEqual(["site.mhd1", "site.thr1", "bale.thr1", "hodhod.mhd1", "soroush.mhd1", "soroush.thr1"]);
});

test("network alone has none", () => {
  const lock = { ...request.lock, sites: {} };
  expect(stackNames({ ...request, lock, messengers: [sampleMessenger("bale", { needs: ["network"] })] })).toEqual([
    "site.mhd1",
    "site.thr1",
  ]);
});

test.each(stackNames(request))("%s alone has the same bytes as among all", (name) => {
  const single = written((outdir) => buildApp(request, { outdir, stacks: [name] }));
  expect([...single.keys()]).toEqual([name]);
  expect(single.get(name)).toBe(whole.get(name));
});

test("the order of files, sites, racks and lines changes no byte", () => {
  const reversed = <T extends object>(value: T): T => Object.fromEntries(Object.entries(value).reverse()) as T;
  const estate = sampleEstate();
  const sites = Object.fromEntries(
    Object.entries(estate.sites)
      .reverse()
      .map(([name, site]) => [name, { ...site, racks: reversed(site.racks) }]),
  );
  const lockSites = Object.fromEntries(
    Object.entries(request.lock.sites).map(([name, site]) => [
      name,
      {
        ...site,
        servers: reversed(site.servers),
        vips: reversed(site.vips),
        egress: reversed(site.egress),
        private: reversed(site.private),
      },
    ]),
  );
  const shuffled = {
    ...grantedRequest({ estate: { ...estate, sites } }),
    messengers: [...request.messengers].reverse(),
    lock: { ...request.lock, sites: lockSites },
  };
  expect(written((outdir) => buildApp(shuffled, { outdir }))).toEqual(whole);
});

test("no path of the machine, no date and no environment is in what is written", () => {
  for (const text of whole.values()) {
    expect(text).not.toContain(process.cwd());
    expect(text).not.toMatch(/"\/(work|home|root|tmp|usr|var)\//);
    expect(text).not.toMatch(/\d{4}-\d{2}-\d{2}/);
  }
});

test("what cdktf adds is its version and the stack's name", () => {
  const { "//": metadata } = JSON.parse(whole.get("bale.thr1") ?? "{}") as { "//": object };
  expect(metadata).toEqual({ metadata: { backend: "local", stackName: "bale.thr1", version: "0.21.0" }, outputs: {} });
});

test("a name that no stack has is refused, with the nearest", () => {
  expect(() => buildApp(request, { stacks: ["soroush.thr", "site.thr1"] })).toThrow(
    new InputError([{ message: "there is no stack soroush.thr; did you mean soroush.thr1?" }]),
  );
});
