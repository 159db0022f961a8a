/** `zirsakht validate`: checks every file and says what was checked. */
import { formatProblem } from "../request/problem";
import { readRequest } from "../request/read";
import type { Request } from "../request/request";
import { remembering } from "./remembering";
import type { CommonOptions, ExitCode, Terminal } from "./terminal";

/** Prints a line of what was checked, and warnings. Throws InputError with every problem of every file. */
export async function run(options: CommonOptions, terminal: Terminal): Promise<ExitCode> {
  const request = remembering(options.root, (memory) => readRequest(options.root, { memory }));
  const counts = countsOf(request);
  if (options.format === "json") {
    terminal.out(JSON.stringify({ version: 1, checked: counts, warnings: request.warnings }, null, 2));
  } else {
    terminal.out(sentence(counts));
    for (const warning of request.warnings) terminal.err(`warning: ${formatProblem(warning)}`);
  }
  return Promise.resolve(0);
}

/** How much of everything a request holds. */
function countsOf({ estate, messengers, lock }: Request) {
  const sites = Object.values(estate.sites);
  const racks = sites.flatMap((site) => Object.values(site.racks));
  return {
    files: 1 + messengers.length + (lock ? 1 : 0) + sites.filter(({ hosts }) => hosts !== undefined).length,
    sites: sites.length,
    racks: racks.length,
    servers: racks.reduce((sum, { servers }) => sum + servers, 0),
    messengers: messengers.length,
    lock: lock ? lock.asOf : null,
  };
}

function sentence({ files, sites, racks, servers, messengers, lock }: ReturnType<typeof countsOf>): string {
  const several = (number: number, word: string) => `${number} ${word}${number === 1 ? "" : "s"}`;
  const parts = [several(sites, "site"), several(racks, "rack"), several(servers, "server"), several(messengers, "messenger")];
  return `${several(files, "file")} checked: ${parts.join(", ")}; ${lock === null ? "no lock yet" : `book date ${lock}`}`;
}
