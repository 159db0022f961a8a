/** `twin` and its verbs, with their options; a verb's own code loads only when it runs. */
import { Command, Option } from "commander";
import { finish, verb, type Common } from "./command";

export function twinCommand(): Command {
  const twin = new Command("twin").description("the estate on real control planes, on this machine alone");
  twin.addCommand(
    verb("up", "bring the programs, and raise one control plane a site").action((options: Common) =>
      finish(options, async (terminal) => (await import("./twinUp.js")).run(options, terminal)),
    ),
  );
  twin.addCommand(
    verb("status", "show what runs and what it holds; exit with 2 when something is down").action((options: Common) =>
      finish(options, async (terminal) => (await import("./twinStatus.js")).run(options, terminal)),
    ),
  );
  twin.addCommand(
    verb("down", "end every process of the twin and remove every file of it").action((options: Common) =>
      finish(options, async (terminal) => (await import("./twinDown.js")).run(options, terminal)),
    ),
  );
  twin.addCommand(
    verb("deploy", "bring the stacks to the twin, sites first, and wait until hosts and nodes are ready")
      .argument("[stack...]", "names such as soroush.thr1 or 'soroush.*'; all where none is named")
      .addOption(new Option("--by <way>", "how").choices(["manifests", "terraform", "cdktf"]).default("manifests"))
      .action((stacks: string[], options: Common & { by: "manifests" | "terraform" | "cdktf" }) =>
        finish(options, async (terminal) => (await import("./twinDeploy.js")).run(stacks, options, terminal)),
      ),
  );
  twin.addCommand(
    verb("rehearse", "run the drills on the twin, and say which promises are kept and which are broken")
      .argument("[drill...]", "names such as wipe or peak; all where none is named")
      .action((drills: string[], options: Common) =>
        finish(options, async (terminal) => (await import("./twinRehearse.js")).run(drills, options, terminal)),
      ),
  );
  return twin;
}
