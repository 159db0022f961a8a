import { run } from "../../lib/cli/why";
import { edit } from "../support/root";
import { freshRoot } from "./freshRoot";
import { editLock, lockOf, ran } from "./run";

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
      /^- its file needs the most on 2027-01-05, by surge arrival-of-all \(all messengers\): 1,\d{3},\d{3} active users \(estate\.yaml:27\)$/,
    ),
    "- what is granted meets the most within 90 days from 2026-11-24 on (estate.yaml:4)",
    "- tier focus (messengers/soroush.yaml:4)",
    '- placement {"sites":{"thr1":"60%","mhd1":"40%"},"survives":"site","layout":"split"} (messengers/soroush.yaml:10)',
    "- stackClass B (messengers/soroush.yaml:6)",
    "",
    "What moves the threads, memory, storage and bandwidth that soroush needs for its group compute at thr1, and by how much the figure that it moves most grows where it is a tenth larger:",
    "",
    "  grows  what                                        from",
    expect.stringMatching(/^ *\+\d+\.?\d* % {2}estate surges\[0\]\.factor 2 \(arrival-of-all\) {2}estate\.yaml:27$/),
    expect.stringMatching(/^ *\+\d+\.?\d* % {2}audience\.active 500k +messengers\/soroush\.yaml:5$/),
    expect.stringMatching(/^ *\+\d+\.?\d* % {2}growth\.2027-03-01 600k +messengers\/soroush\.yaml:8$/),
    expect.stringMatching(/^ *-[\d.]+ % {2}profile\.size_photo 100 +messengers\/soroush\.yaml:7$/),
    ...Array.from({ length: 6 }, () => expect.stringMatching(/^ *[+-][\d.]+ % {2}coefficient \w+ [\d.,]+ {2,}\S/) as string),
    "",
    expect.stringMatching(/^and \d+ more; --format json has all$/),
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
  expect((await why("198.51.100.255")).out).toBe("198.51.100.255 is in 198.51.100.0/24 of thr1, and nobody holds it (estate.yaml:36).");
  expect(firstOf((await why("10.64.0.137")).out)).toMatch(/^10\.64\.0\.137 is the address of a server: thr1-r01-s01, /);
  const [vlan = ""] = Object.entries(thr1?.vlans ?? {}).find(([, line]) => "messenger" in line && line.messenger === "bale") ?? [];
  expect(firstOf((await why(vlan)).out)).toMatch(new RegExp(`^VLAN ${vlan} at thr1 is bale's \\(allocations\\.lock\\.json:\\d+\\)\\.$`));
});

test("a server that nobody holds, and one that does not work", async () => {
  expect((await why("thr1-r03-s08")).out).toBe("thr1-r03-s08, a compute-64 in rack r03 of thr1, is free.");
  expect((await why("thr1-r01-s07")).out.split("\n")).toEqual([
    "thr1-r01-s07, a compute-64 in rack r01 of thr1, is out of service, and nobody holds it.",
    "",
    "- estate sites.thr1.outOfService.thr1-r01-s07 memory errors (estate.yaml:56)",
  ]);
  const ordered = freshRoot();
  edit(ordered, "estate.yaml", { "asn: 64615}}": "asn: 64615}, inService: 2027-02-01}" });
  expect((await why("thr1-r03-s08", ordered)).out.split("\n")).toEqual([
    "thr1-r03-s08, a compute-64 in rack r03 of thr1, is ordered, and nobody holds it.",
    "",
    "- estate sites.thr1.racks.r03.inService 2027-02-01 (estate.yaml:48)",
  ]);
});

test("a server of the pool: its rack's line, and whom the pool serves", async () => {
  expect((await why("thr1-r08-s01")).out.split("\n").slice(2)).toEqual([
    "- rack r08 is a pool rack, pool: true, so the pool has every server of it that is in service (estate.yaml:53)",
    "- the pool serves 1 messenger there",
    inLock("bale has a quota of \\d+ threads, \\d+ GiB, \\d+ TiB NVMe, \\d+ TiB objects"),
  ]);
});

test("a VLAN that rests, one that nobody holds, and how reports write one", async () => {
  const rested = freshRoot();
  editLock(rested, (lock) => {
    const quarantine = lock.sites.thr1?.quarantine;
    if (quarantine) quarantine.vlans["1777"] = { from: "bale", until: "2026-12-24" };
  });
  const resting = /^VLAN 1777 rests at thr1 until 2026-12-24; bale held it \(allocations\.lock\.json:\d+\)\.$/;
  expect((await why("1777", rested)).out).toMatch(resting);
  expect((await why("VLAN 1777", rested)).out).toMatch(resting);
  expect((await why("VLAN 1777 at thr1", rested)).out).toMatch(resting);
  expect((await why("1500")).out).toBe("VLAN 1500 is in the range 1000-1999 of thr1, and nobody holds it (estate.yaml:37).");
  expect((await why("3500")).error).toContain('nothing here is called "3500"');
  expect((await why("VLAN 1500 at mhd1")).error).toContain("nothing here is called");
});

test("a site, by its books, and a rack, by its holders", async () => {
  expect((await why("thr1")).out.split("\n")).toEqual([
    "thr1 is a site, Tehran 1, with 10 racks (estate.yaml:30).",
    "",
    expect.stringMatching(/^- compute-64: \d+ of 24 servers held, \d+ free, 1 out of service$/),
    expect.stringMatching(/^- general-48: \d+ of 36 servers held(, \d+ free)?$/),
    expect.stringMatching(/^- bandwidth: [\d,]+ of 360,000 Mbit\/s out and [\d,]+ of 360,000 in are promised$/),
    expect.stringMatching(/^- public addresses: \d+ of 256 are given or rest$/),
    expect.stringMatching(/^- private addresses: [\d,]+ of 1,048,576 are given or rest$/),
    expect.stringMatching(/^- VLANs: \d+ of 1,000 are given or rest$/),
    expect.stringMatching(/^- the pool promises \d+ of \d+ threads, .* TiB objects$/),
    expect.stringMatching(/^- held by bale, .*the pool, .*soroush$/),
  ]);
  expect((await why("thr1-r08")).out.split("\n")).toEqual([
    "thr1-r08 is a pool rack of thr1 with 4 general-48 servers (estate.yaml:53).",
    "",
    "- 4 servers: the pool, group all",
  ]);
});

test("the active users are told where the daily ones stand in their place; JSON has every influence", async () => {
  const { out } = await ran(root, (terminal) => run("bale", { root, format: "json" }, terminal));
  const [{ influences }] = (JSON.parse(out) as { answers: [{ influences: { what: string; place?: string }[] }] }).answers;
  expect(influences.length).toBeGreaterThan(12);
  const files = influences.map(({ place }) => place !== undefined);
  expect(files).toEqual([...files].sort((a, b) => Number(b) - Number(a)));
  expect(influences.map(({ what }) => what.split(" ")[0])).toContain("audience.active");
});

test("own growth and an own surge that make the peak are told by their lines", async () => {
  const own = freshRoot();
  edit(own, "messengers/soroush.yaml", {
    "2027-03-18, to: 2027-03-25, factor: 1.4": "2027-01-18, to: 2027-01-25, active: 3M",
  });
  expect((await why("soroush.thr1", own)).out).toMatch(
    /^- its file needs the most on 2027-01-18, by surge new-year: 3,000,000 active users \(messengers\/soroush\.yaml:9\)$/m,
  );
  edit(own, "messengers/soroush.yaml", { "surges: [": "#surges: [" });
  edit(own, "estate.yaml", { "2026-12-20, to: 2027-01-05, factor: 2": "2028-12-20, to: 2028-12-30, factor: 2" });
  expect((await why("soroush.thr1", own)).out).toMatch(
    /^- its file needs the most on 2027-02-22, by growth: \d+,\d+ active users \(messengers\/soroush\.yaml:8\)$/m,
  );
});

test("a default of addresses is the estate's by its line, or else the toolkit's", async () => {
  const [prefix] = firstLine(lockOf(root).sites.thr1?.vips, ({ messenger }) => messenger === "bale");
  expect(await reasonsOf(prefix)).toContain(
    "- it needs 4 public addresses of services there: the toolkit's default without own servers in a cluster, as no file says how many",
  );
  const stated = freshRoot();
  edit(stated, "estate.yaml", { "surges:": "addresses:\n  vips: {own: 16,\n    pool: 4}\nsurges:" });
  expect((await why(prefix, stated)).out).toContain(
    "- it needs 4 public addresses of services there: the estate's default without own servers in a cluster (estate.yaml:28)\n",
  );
});

test("a quota is its messenger's, a stack its grant", async () => {
  expect(firstOf((await why("bale")).out)).toMatch(
    /^bale holds at thr1: a quota of [\d,]+ threads, [\d,]+ GiB, .*, VLAN \d+ \(allocations\.lock\.json:\d+\)\.$/,
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
      'nothing here is called "thr1-r01-s99"; did you mean thr1-r01-s01? It takes a server, a rack, a site, an address or prefix, a VLAN, a messenger, a stack, or an object as STACK/ADDRESS or KIND/NAME',
  });
});

test("a network that the file asks for is told by its line", async () => {
  const asked = freshRoot();
  edit(asked, "messengers/soroush.yaml", { "network: {vips: 32}": "network: {vips: 30}" });
  const [prefix = ""] = Object.keys(lockOf(asked).sites.thr1?.vips ?? {});
  const { out } = await why(prefix, asked);
  expect(out).toContain("- it needs 30 public addresses of services there, as its file says\n");
  expect(out).toMatch(/^- network\.vips 30 \(messengers\/soroush\.yaml:11\)$/m);
});
