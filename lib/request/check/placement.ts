/** Checks where a messenger runs. */
import type { Estate } from "../estate";
import type { MessengerFile } from "../messenger";
import type { Finding } from "../source";
import { oneOf } from "./known";

/** Sites exist, shares are whole per cent and make up the whole, and what survives a site has two. */
export function* checkPlacement({ placement: { sites, survives } }: MessengerFile, estate: Estate): Generator<Finding> {
  const known = Object.keys(estate.sites);
  if (!sites) {
    if (known.length > 1)
      yield {
        path: ["placement", "sites"],
        message: `missing key placement.sites: the estate has several sites, so give the share of each, such as {${known[0] ?? ""}: 100%}`,
      };
    if (survives === "site")
      yield {
        path: ["placement", "survives"],
        message: "placement.survives: site takes exactly two sites with a share; give placement.sites",
      };
    return;
  }
  for (const [site, share] of Object.entries(sites)) {
    yield* oneOf(["placement", "sites", site], "site", site, estate.sites);
    if (share % 10 !== 0)
      yield { path: ["placement", "sites", site], message: `placement.sites.${site}: expected whole per cent, got ${share / 10}%` };
  }
  const sum = Object.values(sites).reduce((total, share) => total + share, 0);
  if (sum !== 1000) yield { path: ["placement", "sites"], message: `placement.sites: the shares are ${sum / 10}% together; expected 100%` };
  const carrying = Object.values(sites).filter((share) => share > 0).length;
  if (survives === "site" && carrying !== 2) {
    yield {
      path: ["placement", "survives"],
      message: `placement.survives: site takes exactly two sites with a share above 0%, got ${carrying}`,
    };
  }
}
