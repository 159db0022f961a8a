import { requireDisk, requireMemory } from "../../../lib/twin/programs/buildRoom";

const gibibyte = 2 ** 30;
const places = { goCache: "/tmp/not/there/yet", programs: "/" };
const oneDisk = (free: number) => ({ diskOf: () => 1, freeOf: () => free });

test("memory that cannot link the largest program is said", () => {
  expect(() => requireMemory(2 * gibibyte)).not.toThrow();
  expect(() => requireMemory(1.5 * gibibyte)).toThrow(
    /^building the twin's programs takes 2\.0 GiB of memory, and there are 1\.5 GiB: build them on a larger machine of the same kind, and copy zirsakht of its user's cache$/,
  );
});

test("on one disk, what Go keeps and the programs are added up", () => {
  const work = { packages: 1024, programs: 8 };
  expect(() => requireDisk(work, places, oneDisk(1.5 * gibibyte))).not.toThrow();
  expect(() => requireDisk(work, places, oneDisk(1.5 * gibibyte - 1))).toThrow(
    "building the twin's programs takes 1.5 GiB of the disk of /tmp and /, and 1.5 GiB are free: make room, or set GOCACHE and XDG_CACHE_HOME to folders on another disk",
  );
});

test("of two disks, the one that is too small is named", () => {
  const disks = { diskOf: (folder: string) => folder.length, freeOf: (folder: string) => (folder === "/" ? gibibyte : 0) };
  expect(() => requireDisk({ packages: 2048, programs: 8 }, places, disks)).toThrow(
    /^building the twin's programs takes 2\.0 GiB of the disk of \/tmp, and 0\.0 GiB are free: /,
  );
});

test("where everything is compiled, this machine has the room", () => {
  expect(() => requireDisk({ packages: 0, programs: 0 }, places)).not.toThrow();
});
