import { sampleEstate, sampleMessenger } from "./estate";

test("the shared estate has two sites of ten racks, three of them the pool", () => {
  const { sites } = sampleEstate();
  expect(Object.keys(sites)).toEqual(["thr1", "mhd1"]);
  for (const { racks } of Object.values(sites))
    expect(Object.values(racks).map(({ pool }) => pool)).toEqual([...Array<boolean>(7).fill(false), true, true, true]);
});

test("the shared messengers have own servers with a cluster, a share of the pool, and bare hosts", () => {
  expect(sampleMessenger().needs).toEqual(["hardware", "network", "cluster"]);
  expect(sampleMessenger("bale").needs).toEqual(["network", "cluster"]);
  expect(sampleMessenger("hodhod").needs).toEqual(["hardware"]);
  expect(sampleMessenger("bale", { tier: "focus", needs: undefined }).placement.layout).toBe("split");
});
