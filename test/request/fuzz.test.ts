/**
 * Damaged files are refused with places, or accepted; nothing else happens. Every run tries a few hundred; `npm run fuzz` tries
 * 10,000 (FUZZ_RUNS), others with FUZZ_SEED.
 */
import { existsSync, mkdtempSync, cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InputError } from "../../lib/request/problem";
import { readRequest } from "../../lib/request/read";
import { mutate, randomOf } from "./mutate";

const runs = Number(process.env.FUZZ_RUNS ?? 300);
const seed = Number(process.env.FUZZ_SEED ?? 1);
const shipped = join(__dirname, "../../stacks");

test(`${String(runs)} damaged copies of the shipped files end in problems or in a request`, () => {
  const root = mkdtempSync(join(tmpdir(), "zirsakht-"));
  const counts = { refused: 0, accepted: 0 };
  const others: string[] = [];
  try {
    for (const part of [
      "estate.yaml",
      "messengers",
      "allocations.lock.json",
      ...readdirSync(shipped).filter((name) => name.endsWith(".csv")),
    ]) {
      if (existsSync(join(shipped, part))) cpSync(join(shipped, part), join(root, part), { recursive: true });
    }
    const files = readdirSync(root, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(yaml|json|csv)$/.test(name))
      .sort();
    for (let run = 0; run < runs; run++) {
      const random = randomOf(seed * 1_000_003 + run);
      // Messengers are most files; the others deserve as many wounds.
      const rare = files.filter((name) => !name.startsWith("messengers"));
      const choice = random(2) === 0 ? rare : files;
      const file = choice[random(choice.length)] ?? "";
      const original = readFileSync(join(shipped, file));
      writeFileSync(join(root, file), mutate(original, !file.endsWith(".csv"), random));
      try {
        readRequest(root, file.startsWith("messengers") && run % 10 > 0 ? { messengers: [file.slice(11, -5)] } : {}).host("thr1-r01-s01");
        counts.accepted++;
      } catch (error) {
        const problems = error instanceof InputError ? error.problems : [];
        const placed =
          problems.length > 0 &&
          problems.every(({ position, message }) => position && position.line > 0 && position.column > 0 && !message.includes("\n"));
        if (placed) counts.refused++;
        else others.push(`run ${String(run)}, ${file}: ${error instanceof InputError ? error.message : String((error as Error).stack)}`);
      }
      writeFileSync(join(root, file), original);
    }
  } finally {
    rmSync(root, { recursive: true });
  }
  process.stdout.write(
    `fuzz, seed ${String(seed)}: ${String(counts.refused)} refused, ${String(counts.accepted)} accepted, ${String(others.length)} ended otherwise\n`,
  );
  expect(others.slice(0, 5)).toEqual([]);
}, 3_600_000);
