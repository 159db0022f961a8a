/** How long the command line takes to be there at all. */
import { join } from "node:path";
import { alternate, runNode, runZirsakht, within, type Figure } from "./measure";

const stacks = join(__dirname, "../../stacks");

/** `zirsakht --version` and `validate` of the shipped data, beside a process that does nothing. */
export function start(): Figure[] {
  const [nothing = NaN, version = NaN, validate = NaN] = alternate(7, [
    () => runNode(["-e", "0"]),
    () => runZirsakht("--version"),
    () => runZirsakht("validate", "--root", stacks),
  ]).map(({ seconds }) => seconds);
  const against = (seconds: number) => ({ name: "  against node -e 0", value: `${(seconds / nothing).toFixed(1)} times` });
  return [
    within("zirsakht --version", version, 0.5),
    against(version),
    within("zirsakht validate, the shipped data", validate, 0.5),
    against(validate),
  ];
}
