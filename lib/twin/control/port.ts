/** Ports on loopback: free ones, chosen once for a site and kept. */
import { createServer } from "node:net";
import { randomInt } from "node:crypto";

/** What listens at a site. */
export const portNames = ["apiServer", "controllerManager", "scheduler", "kwok", "hosts"] as const;
export type PortName = (typeof portNames)[number];
/** A site's ports by name. */
export type Ports = Readonly<Record<PortName, number>>;

export const loopback = "127.0.0.1";

/** Below the ranges from which Linux (32768), macOS and Windows (49152) take ports for outgoing connections, so that none is lost to one. */
const [lowest, highest] = [20_000, 32_000];
/** A machine on which so many ports in a row are taken has no use for a twin. */
const tries = 1000;

/** Whether nobody listens on a port of loopback. */
export function isFree(port: number): Promise<boolean> {
  return new Promise((answer) => {
    const server = createServer();
    server.once("error", () => {
      answer(false);
    });
    server.listen(port, loopback, () => server.close(() => answer(true)));
  });
}

/** Ports for every name: the known ones, and free ones for the rest. `taken` are others' and grows by what is given. */
export async function choosePorts(known: Partial<Ports>, taken: Set<number>): Promise<Ports> {
  const chosen: Partial<Record<PortName, number>> = {};
  for (const name of portNames) {
    const port = known[name] ?? (await freePort(taken));
    taken.add(port);
    chosen[name] = port;
  }
  return chosen as Ports;
}

async function freePort(taken: ReadonlySet<number>): Promise<number> {
  for (let count = 0; count < tries; count++) {
    const port = randomInt(lowest, highest);
    if (!taken.has(port) && (await isFree(port))) return port;
  }
  throw new Error(`no free port was found between ${lowest} and ${highest} on ${loopback}`);
}
