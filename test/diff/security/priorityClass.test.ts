import { priorityClass } from "../../../lib/diff/security/priorityClass";
import type { JsonObject } from "../../../lib/manifests/apiObject";
import { between, clusterWide } from "./compared";

const made = (fields: JsonObject = {}) => clusterWide("PriorityClass", { value: 100, globalDefault: false, ...fields });

test.each([
  [
    { value: 200 },
    "value 100 -> 200: pods of it may now push off those below",
    "value 200 -> 100: pods of it may no longer push off those below",
  ],
  [
    { globalDefault: true },
    "globalDefault false -> true: every new pod that names no class has it",
    "globalDefault true -> false: new pods that name no class no longer have it",
  ],
])("%j widens, and back it narrows", (fields, widens, narrows) => {
  expect(between(priorityClass, made(), made(fields))).toEqual([`widens: ${widens}`]);
  expect(between(priorityClass, made(fields), made())).toEqual([`narrows: ${narrows}`]);
});

test("a class that never pushed off and now does", () => {
  expect(between(priorityClass, made({ preemptionPolicy: "Never" }), made())).toEqual([
    "widens: preemptionPolicy Never -> PreemptLowerPriority: pods of it may now push off those below",
  ]);
});

test("a new class is told, another description is nothing", () => {
  expect(between(priorityClass, undefined, made())).toEqual(["widens: is new: value 100: pods of it may now push off those below"]);
  expect(between(priorityClass, made(), made({ description: "x" }))).toEqual([]);
});
