/** Allocation, from process start to exit: law 7. */
import { copyFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { cacheOf, idOf, serversPerRack, withFleet, writeMessenger, type FleetSize } from "./fleet";
import { aimedAt, alternate, runZirsakht, within, type Figure } from "./measure";

const fleet: FleetSize = {
  messengers: 1000,
  sites: 5,
  racks: 250,
  kind: (index) => (index % 5 === 0 ? "focus" : index % 5 < 3 ? "own" : "pool"),
};

/** Computes the fleet's first lock. */
export const allocateAll = (root: string) => runZirsakht("allocate", "--root", root, "--as-of", "2026-11-24");

export function allocation(): Figure[] {
  return withFleet(fleet, (root) => {
    const lock = join(root, "allocations.lock.json");
    const before = join(root, "before.json");
    const [all] = alternate(3, [
      () => {
        for (const path of [lock, cacheOf(root)]) rmSync(path, { recursive: true, force: true });
        return allocateAll(root);
      },
    ]);
    copyFileSync(lock, before);
    const grown = 1;
    writeMessenger(root, grown, fleet, { audience: { registered: 4_000_000, active: 2_000_000, source: "made up" }, growth: {} });
    const ofOne = () => {
      copyFileSync(before, lock);
      return runZirsakht("allocate", idOf(grown), "--root", root);
    };
    const fromNothing = () => {
      rmSync(cacheOf(root), { recursive: true, force: true });
      return ofOne();
    };
    const [unknown, one] = alternate(3, [fromNothing, ofOne]);
    const servers = fleet.sites * fleet.racks * serversPerRack;
    return [
      within(`zirsakht allocate, ${servers} servers, ${fleet.messengers} messengers`, all?.seconds ?? NaN, 5),
      within("zirsakht allocate of one of them that grew", one?.seconds ?? NaN, 1),
      aimedAt("  from nothing, no file known", unknown?.seconds ?? NaN, 1),
    ];
  });
}
