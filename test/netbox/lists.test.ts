/** The pages of a list are one list, and an object that stands in several files is one object. */
import { parseList } from "../../lib/netbox/listFile";
import { together } from "../../lib/netbox/lists";
import { formatProblem } from "../../lib/request/problem";
import { csv, devices, racks } from "./lists";

interface Page {
  results: { id: number; name: string }[];
}
const all = JSON.parse(devices()) as Page;
const pageOf = (from: number, to: number): string => JSON.stringify({ ...all, results: all.results.slice(from, to) });
const taken = (...texts: string[]) => together(texts.map((text, index) => parseList(`list${String(index + 1)}`, text)));

test("the REST API's pages of a list are as good as the whole", () => {
  const { rows, problems, again } = taken(pageOf(3, 5), pageOf(0, 3));
  expect([rows.length, problems, again]).toEqual([5, [], 0]);
});

test("a page that is missing is told of, where pages overlap too", () => {
  const words = (has: number): string =>
    `list1:1:1: the list goes on: the files have ${String(has)} of its 5 devices; import its other pages too (?limit=1000, then ?limit=1000&offset=1000 and so on), as ?limit=0 gives no more than NetBox's MAX_PAGE_SIZE`;
  expect(taken(pageOf(0, 2)).problems.map(formatProblem)).toEqual([words(2)]);
  expect(taken(pageOf(0, 3), pageOf(1, 4)).problems.map(formatProblem)).toEqual([words(4)]);
});

test("an object of two files is one, with the fields of both", () => {
  const view = csv({
    ID: "1",
    Name: "thr1-r01-s01",
    Site: "Tehran 1",
    Rack: "R01",
    Role: "Server",
    Type: "X640",
    "Serial number": "S1",
    Status: "Offline",
  });
  const { rows, again } = taken(pageOf(0, 5), view, pageOf(1, 5));
  expect([rows.length, again]).toEqual([5, 5]);
  expect(rows[0]?.values.get("serial_number")).toBe("S1");
  expect(rows[0]?.values.get("status")).toBe("active");
});

test("the same id with another name is another NetBox's object, and without ids only equal rows are one", () => {
  expect(taken(racks(), racks().replace("R01", "R77")).rows).toHaveLength(4);
  const cells = { name: "r1", site: "s", u_height: "42" };
  expect(taken(csv(cells), csv(cells), csv({ ...cells, site: "t" })).rows).toHaveLength(2);
});
