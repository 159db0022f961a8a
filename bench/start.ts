/** How long the command line takes to be there at all. */
import { join } from "node:path";
import { aimedAt, alternate, runNode, runZirsakht, type Figure } from "./measure";

const stacks = join(__dirname, "../../stacks");

/** `zirsakht --version` and `validate` of the shipped data, beside a process that does nothing. */
export function start(): Figure[] {
  const [nothing = NaN, version = NaN, validate = NaN] = alternate(7, [
    () => runNode(["-e", "0"]),
    () => runZirsakht("--version"),
    () => runZirsakht("validate", "--root", stacks),
  ]).map(({ seconds }) => seconds);
  const against = (seconds: number, limit: number): Figure => ({
    name: "  against node -e 0",
    value: `${(seconds / nothing).toFixed(1)} times`,
    limit: `at most ${limit} times`,
    holds: seconds <= limit * nothing,
  });
  return [
    aimedAt("zirsakht --version", version, 0.5),
    against(version, 3),
    aimedAt("zirsakht validate, the shipped data", validate, 0.5),
    against(validate, 8),
  ];
}
