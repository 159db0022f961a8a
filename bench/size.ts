/** Sizing, from process start to exit: reading and checking included. */
import { rmSync } from "node:fs";
import { cacheOf, withFleet, type FleetSize } from "./fleet";
import { aimedAt, alternate, runZirsakht, within, type Figure } from "./measure";

const fleet: FleetSize = { messengers: 1000, sites: 2, racks: 20, kind: (index) => (index % 4 === 0 ? "own" : "pool") };

export function sizing(): Figure[] {
  return withFleet(fleet, (root) => {
    const run = () => runZirsakht("size", "--root", root, "--format", "json");
    const fromNothing = () => {
      rmSync(cacheOf(root), { recursive: true, force: true });
      return run();
    };
    const [first, again] = alternate(3, [fromNothing, run]);
    return [
      within(`zirsakht size of ${fleet.messengers} messengers`, first?.seconds ?? NaN, 2),
      aimedAt("  again, their files known", again?.seconds ?? NaN, 0.5),
    ];
  });
}
