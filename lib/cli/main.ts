#!/usr/bin/env node
/** The command line: names the verbs and their options; a verb's own code loads only when it runs. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Command, Option } from "commander";
import { finish, rootless, verb, type Common } from "./command";
import type { DiffOptions } from "./diff";
import type { ImportOptions } from "./importNetbox";
import { twinCommand } from "./twinCommand";

const collect = (value: string, before: string[]): string[] => [...before, value];
const set = new Option("--set <path=value>", "what if: a value of the named messenger's file, such as audience.active=10M")
  .argParser(collect)
  .default([]);

const { version } = JSON.parse(readFileSync(join(__dirname, "../../../package.json"), "utf8")) as { version: string };
const program = new Command("zirsakht")
  .description("From a messenger's users to servers, racks, addresses, bandwidth and quotas, in one reviewed change.")
  .version(version);

program.addCommand(
  verb("start", "size, check the lock, synthesize, and say in one screen what stands (npm start)")
    .option("--out <dir>", "where the stacks go", "cdktf.out")
    .action((options: Common & { out: string }) =>
      finish(options, async (terminal) => (await import("./start.js")).run(options, terminal)),
    ),
);
program.addCommand(
  verb("validate", "check every file and show all problems at once").action((options: Common) =>
    finish(options, async (terminal) => (await import("./validate.js")).run(options, terminal)),
  ),
);
program.addCommand(
  verb("size", "show what messengers need, and the basis of every number")
    .argument("[messenger...]")
    .addOption(set)
    .action((names: string[], options: Common & { set: string[] }) =>
      finish(options, async (terminal) => (await import("./size.js")).run(names, options, terminal)),
    ),
);
program.addCommand(
  verb("allocate", "bring the lock up to date, and show what changed and why")
    .argument("[messenger...]")
    .option("--check", "write nothing; exit with 2 when a messenger is stale")
    .option("--as-of <date>", "move the book date to this day (YYYY-MM-DD)")
    .option("--partial", "grant what fits, and record the rest as short")
    .addOption(set)
    .action((names: string[], options: Common & { check?: true; asOf?: string; partial?: true; set: string[] }) =>
      finish(options, async (terminal) => (await import("./allocate.js")).run(names, options, terminal)),
    ),
);
program.addCommand(
  verb("adopt", "take into the lock what messengers already use")
    .argument("<csv>", "columns: site,kind,resource,messenger,group,address,servers")
    .action((csv: string, options: Common) =>
      finish(options, async (terminal) => (await import("./adopt.js")).run(csv, options, terminal)),
    ),
);
const check = new Option("--check", "write nothing; exit with 2 when something would change");
program.addCommand(
  verb("release", "give back what a messenger no longer needs, or servers with others in their place")
    .argument("<messenger|server...>")
    .addOption(check)
    .action((names: string[], options: Common & { check?: true }) =>
      finish(options, async (terminal) => (await import("./release.js")).run(names, options, terminal)),
    ),
);
program.addCommand(
  verb("erase", "send drained servers to the eraser")
    .argument("<server...>")
    .addOption(check)
    .action((names: string[], options: Common & { check?: true }) =>
      finish(options, async (terminal) => (await import("./erase.js")).run(names, options, terminal)),
    ),
);
program.addCommand(
  verb("erased", "take erased servers back, into quarantine")
    .argument("<server...>")
    .requiredOption("--evidence <file>", "JSON that says of each server when, how and by whom its disks were erased")
    .addOption(check)
    .action((names: string[], options: Common & { check?: true; evidence: string }) =>
      finish(options, async (terminal) => (await import("./erased.js")).run(names, options, terminal)),
    ),
);
program.addCommand(
  verb("roll", "bring a messenger's servers, or the pool's, to the current image, one rack at a time")
    .argument("<messenger|pool>")
    .option("--ready <file>", "what status --format json says of the hosts that were rolled before")
    .addOption(check)
    .action((holder: string, options: Common & { check?: true; ready?: string }) =>
      finish(options, async (terminal) => (await import("./roll.js")).run(holder, options, terminal)),
    ),
);
program.addCommand(
  verb("status", "show how held servers stand in their clusters; exit with 2 when that is not as the lock says")
    .argument("[messenger|pool|site|server...]")
    .action((names: string[], options: Common) =>
      finish(options, async (terminal) => (await import("./status.js")).run(names, options, terminal)),
    ),
);
program.addCommand(
  verb("synth", "write the stacks, their Kubernetes YAML and the switch plans")
    .argument("[stack...]", "names such as soroush.thr1 or 'soroush.*'; all where none is named")
    .option("--out <dir>", "where they go", "cdktf.out")
    .action((stacks: string[], options: Common & { out: string }) =>
      finish(options, async (terminal) => (await import("./synth.js")).run(stacks, options, terminal)),
    ),
);
program.addCommand(
  new Command("comment")
    .description("keep the one comment on a pull request that says what it changes; for the CI of GitHub and GitLab (docs/ci.md)")
    .argument("[folder]", "in GitHub's workflow, the folder of the report")
    .option("--no-color", "print without colours")
    .action((folder: string | undefined, options: { color: boolean }) =>
      finish(options, async (terminal) => (await import("./comment.js")).run(folder, terminal)),
    ),
);

const words = (value: string, before: string[]): string[] => [...before, ...value.split(",").filter(Boolean)];
program.addCommand(
  new Command("diff")
    .description("show what a change does, without a cluster: risks, access, capacity, grants, objects; exit with 2 when something differs")
    .argument("[base]", "a git ref, or the folder of a synth; without one, the merge base with the default branch")
    .argument("[head]", "a git ref, or the folder of a synth; without one, the work tree")
    .addOption(new Option("--root <dir>", "the folder that holds estate.yaml, messengers/ and the lock").default("stacks"))
    .addOption(new Option("--format <format>", "how to print").choices(["text", "json", "markdown", "html"]).default("text"))
    .addOption(new Option("--lang <language>", "the language of the page, with --format html").choices(["en", "fa"]))
    .addOption(new Option("--plan <file...>", "what `terraform show -json` says of saved plans, in place of two sides"))
    .addOption(new Option("--security-only", "only who may do more or less than before"))
    .addOption(
      new Option(
        "--fail-on <words>",
        "exit with 3 when there is such a finding: stale, risk, deficit, widens, narrows or a rule's name, by commas",
      )
        .argParser(words)
        .default([]),
    )
    .option("--no-color", "print without colours")
    .showHelpAfterError("(add --help for the options)")
    .action((base: string | undefined, head: string | undefined, options: DiffOptions & { color: boolean }) =>
      finish(options, async (terminal) =>
        (await import("./diff.js")).run(
          [base, head].filter((name) => name !== undefined),
          options,
          terminal,
        ),
      ),
    ),
);

program.addCommand(
  verb("why", "show the lines and coefficients that something comes from")
    .argument("<thing>", "a server, a rack, a site, an address, a VLAN, a messenger, a stack, or an object as STACK/ADDRESS or KIND/NAME")
    .action((thing: string, options: Common) =>
      finish(options, async (terminal) => (await import("./why.js")).run(thing, options, terminal)),
    ),
);

const importing = new Command("import").description("make the estate's files from what another system exported");
importing.addCommand(
  rootless("netbox", "from NetBox's lists: sites, racks, device types, devices, interfaces, prefixes, VLANs, as CSV or JSON")
    .argument("<file...>", "lists as NetBox exports them; told apart by their columns or fields")
    .requiredOption("--out <dir>", "where estate.yaml and its CSV files go")
    .option("--root <dir>", "the folder that holds the estate.yaml to bring up to date")
    .action((files: string[], options: ImportOptions & { color: boolean }) =>
      finish(options, async (terminal) => (await import("./importNetbox.js")).run(files, options, terminal)),
    ),
);
program.addCommand(importing);

const exporting = new Command("export").description("write the estate as another system takes it");
exporting.addCommand(
  verb("netbox", "as CSV files for NetBox's bulk import: the estate, and who holds what of it")
    .requiredOption("--out <dir>", "where the CSV files go")
    .action((options: Common & { out: string }) =>
      finish(options, async (terminal) => (await import("./exportNetbox.js")).run(options, terminal)),
    ),
);
program.addCommand(exporting);

program.addCommand(twinCommand());

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // A reader such as `head` that has seen enough is no error of ours.
  if (error.code === "EPIPE") process.exit();
  throw error;
});
void program.parseAsync();
