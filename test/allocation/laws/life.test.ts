/** The whole life of a lock: every verb, in any order, whatever happens to the estate meanwhile. */
import { bookOf } from "../../../lib/allocation/book";
import { Ground } from "./ground";
import { type Deed, live } from "./life";
import { life } from "./lifeGenerate";
import { judgeDeed } from "./lifeJudge";
import { EstateRecord } from "./record";
import { never } from "./runs";

/** A day on which nothing rests any more. */
const later = "2039-01-01";

/** Free are, in the end, those servers that nobody holds: what was erased and has rested came back. */
function comesBack({ input: { estate }, after }: Deed, record: EstateRecord): string[] {
  const ground = new Ground(estate, later);
  const alive = [...ground.servers.values()].filter(({ alive: lives }) => lives).map(({ name }) => name);
  const free = record.freeOf(alive, later).map((name) => ground.servers.get(name));
  return bookOf(estate, { ...after, asOf: later }).flatMap(({ site, servers }) =>
    Object.entries(servers).flatMap(([name, book]) => {
      const known = free.filter((server) => server?.site === site && server.class === name).length;
      return book.free === known ? [] : [`${book.free} ${name} servers of ${site} are free, and ${known} are held by nobody`];
    }),
  );
}

test("every verb moves only what it names, along the table, and breaks no promise; what is erased comes back", () => {
  never(
    life,
    (lived) => {
      const record = new EstateRecord();
      const deeds = live(lived);
      const findings = deeds.flatMap((deed) => [...record.take(deed), ...judgeDeed(deed)]);
      return [...findings, ...deeds.slice(-1).flatMap((last) => comesBack(last, record))];
    },
    0.04,
  );
});
