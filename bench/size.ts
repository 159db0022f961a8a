/** Sizing, from process start to exit: reading and checking included. */
import { withFleet, type FleetSize } from "./fleet";
import { alternate, runZirsakht, within, type Figure } from "./measure";

const fleet: FleetSize = { messengers: 1000, sites: 2, racks: 20, kind: (index) => (index % 4 === 0 ? "own" : "pool") };

export function sizing(): Figure[] {
  return withFleet(fleet, (root) => {
    const [run] = alternate(3, [() => runZirsakht("size", "--root", root, "--format", "json")]);
    return [within(`zirsakht size of ${fleet.messengers} messengers`, run?.seconds ?? NaN, 3)];
  });
}
