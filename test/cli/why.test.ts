import { run } from "../../lib/cli/why";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";
import { lockOf, ran } from "./run";

const root = freshRoot();
const why = (thing: string, from = root) => ran(from, (terminal) => run(thing, { root: from, format: "text" }, terminal));
const firstOf = (text: string): string => text.split("\n")[0] ?? "";

function firstLine<Line>(lines: Readonly<Record<string, Line>> = {}, wanted: (line: Line) => boolean = () => true): [string, Line] {
  const found = Object.entries(lines).find(([, line]) => wanted(line));
  if (!found) throw new Error("the lock has no such line");
  return found;
}

test("a server: whose, since when, the line of the lock, the need, and what moves the need", async () => {
  const { out, code } = await why("thr1-r01-s01");
  expect(code).toBe(0);
  expect(out.split("\n")).toEqual([
    "thr1-r01-s01, a compute-64 in rack r01 of thr1, is granted to soroush, group compute, since 2026-11-24 and runs node-1; its address is 10.64.0.137 (allocations.lock.json:68).",
    "",
    expect.stringMatching(
      /^- soroush has the group compute there because it uses [\d.]+ threads, .* at most 60% of its servers, 85% of what is left after a loss$/,
    ),
    expect.stringMatching(
      /^- its file needs the most on 2027-01-05, by surge arrival-of-all \(all messengers\): \d+ active users; what is granted meets the most from 2026-11-24 on within 90 days$/,
    ),
    "- tier focus (messengers/soroush.yaml:4)",
    '- placement {"sites":{"thr1":"60%","mhd1":"40%"},"survives":"site","layout":"split"} (messengers/soroush.yaml:10)',
    "",
    "What moves the threads, memory, storage and bandwidth that soroush needs for its group compute at thr1, and by how much the figure that it moves most grows where it is a tenth larger:",
    "",
    "  grows  what                         from",
    ...Array.from(
      { length: 8 },
      () => expect.stringMatching(/^ *[+-][\d.]+ % {2}(coefficient \w+ [\d.]+|[\w.[\]-]+ \S+) {2,}\S/) as string,
    ),
  ]);
});

test("what is strongest is what the size depends on: a tenth more daily users, a tenth more servers, rounded up", async () => {
  const { out } = await why("bale");
  expect(out).toMatch(/^\+11\.1 % {2}audience\.dailyActive 25k +messengers\/bale\.yaml:5$/m);
});

test("an address, a prefix and a VLAN", async () => {
  const { thr1 } = lockOf(root).sites;
  const [prefix, { messenger }] = firstLine(thr1?.vips);
  const address = prefix.replace(/\d+\/\d+$/, (end) => String(Number(end.split("/")[0]) + 1));
  expect(firstOf((await why(address)).out)).toMatch(
    new RegExp(
      `^${address} is in ${prefix}, public addresses of services of ${messenger} at thr1 \\(allocations\\.lock\\.json:\\d+\\)\\.$`,
    ),
  );
  expect(firstOf((await why(prefix)).out)).toContain(`public addresses of services of ${messenger} at thr1`);
  const [egress, { servers }] = firstLine(thr1?.egress, (line) => line.servers.length > 0);
  expect(firstOf((await why(egress)).out)).toContain(`they lie on ${servers.join(", ")}`);
  expect(firstOf((await why("198.51.100.255")).out)).toBe("198.51.100.255 is in 198.51.100.0/24 of thr1, and nobody holds it.");
  expect(firstOf((await why("10.64.0.137")).out)).toMatch(/^10\.64\.0\.137 is the address of a server: thr1-r01-s01, /);
  const [vlan = ""] = Object.entries(thr1?.vlans ?? {}).find(([, line]) => "messenger" in line && line.messenger === "bale") ?? [];
  expect(firstOf((await why(vlan)).out)).toMatch(new RegExp(`^VLAN ${vlan} at thr1 is bale's \\(allocations\\.lock\\.json:\\d+\\)\\.$`));
});

test("a server that nobody holds, and one that does not work", async () => {
  expect((await why("thr1-r01-s07")).out).toBe(
    "thr1-r01-s07, a compute-64 in rack r01 of thr1, is free; it is out of service: memory errors.",
  );
});

test("a quota is its messenger's, a stack its grant", async () => {
  expect(firstOf((await why("bale")).out)).toMatch(
    /^bale holds at thr1: a quota of \d+ threads, \d+ GiB, .*, VLAN \d+ \(allocations\.lock\.json:\d+\)\.$/,
  );
  expect(firstOf((await why("soroush.mhd1")).out)).toMatch(/^soroush holds at mhd1: \d+ compute servers, /);
  expect((await why("soroush")).out.match(/^soroush holds at /gm)).toHaveLength(2);
});

test("an object, by its stack and address or by its kind and name", async () => {
  const byName = await why("NetworkPolicy/messenger-bale/default-deny");
  expect(firstOf(byName.out)).toBe(
    "NetworkPolicy messenger-bale/default-deny is kubernetes_network_policy_v1.isolation_default-deny of the stack bale.thr1.",
  );
  expect((await why("bale.thr1/kubernetes_network_policy_v1.isolation_default-deny")).out).toBe(byName.out);
  expect((await why("BareMetalHost/zirsakht-hardware/thr1-r01-s01")).out).toContain(
    "- thr1-r01-s01, a compute-64 in rack r01 of thr1, is granted to soroush",
  );
});

const reasonsOf = async (thing: string) => (await why(thing)).out.split("\n").filter((line) => line.startsWith("- "));
const placing = [
  expect.stringMatching(/^- tier \S+ \(messengers\/\w+\.yaml:\d+\)$/),
  expect.stringMatching(/^- placement \{.*\} \(messengers\/\w+\.yaml:\d+\)$/),
] as string[];
const inLock = (line: string) => expect.stringMatching(new RegExp(`^- ${line} \\(allocations\\.lock\\.json:\\d+\\)$`)) as string;

test.each<readonly [address: string, reasons: readonly string[]]>([
  [
    "network_policy_v1.isolation_default-deny",
    ["- the toolkit makes it for every messenger with the need cluster, and the same for each", ...placing],
  ],
  [
    "role_v1.access_role-admin",
    [
      "- the toolkit makes it for every messenger with the need cluster, until it is retired; its rules are the toolkit's own, the same for each",
      ...placing,
    ],
  ],
  [
    "role_binding_v1.access_binding-deployer",
    [
      "- the file says which groups are deployers; the messenger's own ServiceAccount is one too",
      expect.stringMatching(/^- access\.deployers \["soroush-deployers"\] \(messengers\/soroush\.yaml:\d+\)$/) as string,
      ...placing,
    ],
  ],
  [
    "manifest.addresses_advertisement",
    [
      "- soroush holds public addresses of services",
      inLock("[\\d./]+ has the public addresses of services of soroush at thr1"),
      expect.stringMatching(/^- network\.vips \d+ \(messengers\/soroush\.yaml:\d+\)$/) as string,
      ...placing,
    ],
  ],
  [
    "secret_v1.hosts_network_thr1-r01-s01",
    [
      "- the server is told so how it is wired when it starts",
      inLock("thr1-r01-s01, a compute-64 in rack r01 of thr1, is granted to soroush, .*"),
      inLock("VLAN \\d+ at thr1 is soroush's"),
      inLock("[\\d./]+ has the private addresses of soroush at thr1"),
      expect.stringMatching(/^- estate sites\.thr1\.dns \[.*\] \(estate\.yaml:\d+\)$/) as string,
    ],
  ],
])("%s of a messenger comes from what makes it so, and from no need in figures", async (address, reasons) => {
  const thing = `soroush.thr1/kubernetes_${address}`;
  expect(await reasonsOf(thing)).toEqual(reasons);
  expect((await why(thing)).out).not.toContain("What moves");
});

test("an object that follows the need still says what moves it", async () => {
  expect((await why("ResourceQuota/messenger-bale/grant")).out).toContain(
    "What moves the threads, memory and bandwidth that bale needs of the pool at thr1, and by how much ",
  );
});

test("an object of a site comes from the estate", async () => {
  expect(await reasonsOf("site.thr1/kubernetes_manifest.peer_r01")).toEqual([
    "- every rack has one, for its switch",
    expect.stringMatching(/^- estate sites\.thr1\.racks\.r01 \(estate\.yaml:\d+\)$/),
    expect.stringMatching(/^- estate sites\.thr1\.asn \d+ \(estate\.yaml:\d+\)$/),
  ]);
  expect(await reasonsOf("site.thr1/kubernetes_manifest.policy_hosts")).toEqual([
    "- the toolkit makes it at every site of the estate",
    expect.stringMatching(/^- estate sites\.thr1 \(estate\.yaml:\d+\)$/),
  ]);
});

test("what is called nothing is refused with the nearest name", async () => {
  expect(await why("thr1-r01-s99")).toMatchObject({
    code: undefined,
    error:
      'nothing here is called "thr1-r01-s99"; did you mean thr1-r01-s01? It takes a server, an address or prefix, a VLAN, a messenger, a stack, or an object as STACK/ADDRESS or KIND/NAME',
  });
});

test("a network that the file asks for is told by its line", async () => {
  const asked = freshRoot();
  edit(asked, "messengers/soroush.yaml", { "network: {vips: 32}": "network: {vips: 30}" });
  const [prefix = ""] = Object.keys(lockOf(asked).sites.thr1?.vips ?? {});
  const { out } = await why(prefix, asked);
  expect(out).toMatch(/^- network\.vips 30 \(messengers\/soroush\.yaml:11\)$/m);
});
