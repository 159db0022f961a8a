/** Checks the sites' networks: proper, of the right kind, and apart from each other. */
import type { Estate } from "../estate";
import { addressOf, contains, formatPrefix, hasHostBits, overlapping, overlaps, parsePrefix, type Prefix } from "../prefix";
import type { Finding, Path } from "../source";

/** Networks that nobody announces: RFC 1918, and RFC 6598 for carriers. */
const privateRanges = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].map(parsePrefix);
/** Networks that are no public address of anybody, besides the private ones: RFC 6890. */
const specialRanges = ["0.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "224.0.0.0/3"].map(parsePrefix);

/** What is wrong with private supernets, public networks and switch addresses. */
export function* checkNetworks({ sites }: Estate): Generator<Finding> {
  const all: { path: Path; text: string; block: Prefix }[] = [];
  for (const [name, site] of Object.entries(sites)) {
    const path = ["sites", name];
    all.push({ path: [...path, "private"], text: site.private, block: parsePrefix(site.private) });
    for (const [index, text] of site.public.entries()) all.push({ path: [...path, "public", index], text, block: parsePrefix(text) });
  }
  for (const { path, text, block } of all) {
    const where = path.join(".");
    if (hasHostBits(text)) yield { path, message: `${where}: ${text} has host bits; did you mean ${formatPrefix(parsePrefix(text))}?` };
    const inside = privateRanges.some((known) => contains(known, block));
    if (path[2] === "private" && !inside) {
      yield {
        path,
        message: `${where}: ${text} is not private; expected a part of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`,
      };
    }
    if (path[2] === "public" && [...privateRanges, ...specialRanges].some((known) => overlaps(known, block))) {
      yield { path, message: `${where}: ${text} is not public; expected a network that the site announces` };
    }
  }
  for (const [one, other] of overlapping(all)) {
    yield {
      path: other.path,
      message: `${other.path.join(".")}: ${other.text} overlaps ${one.text} of ${one.path.join(".")}; every address belongs to one network`,
    };
  }
  for (const [name, site] of Object.entries(sites)) {
    for (const [rack, { switch: device }] of Object.entries(site.racks)) {
      const number = addressOf(device.address);
      const granted = all.find(({ block }) => contains(block, { start: number, size: 1 }));
      const path = ["sites", name, "racks", rack, "switch", "address"];
      if (granted)
        yield {
          path,
          message: `${path.join(".")}: ${device.address} lies in ${granted.text} of ${granted.path.join(".")}, whose addresses are granted to messengers`,
        };
    }
  }
}
