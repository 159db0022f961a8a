import { privateNetworks } from "../../lib/network/privateNetworks";
import { sampleEstate } from "../support/estate";

const reserved = ["10.0.0.0/8", "100.64.0.0/10", "169.254.0.0/16", "172.16.0.0/12", "192.168.0.0/16"];

test("supernets in a reserved network add nothing", () => {
  expect(privateNetworks(sampleEstate())).toEqual(reserved);
});

test.each([
  ["25.0.0.0/12", [reserved[0], "25.0.0.0/12", ...reserved.slice(1)]],
  ["100.0.0.0/8", [reserved[0], "100.0.0.0/8", ...reserved.slice(1)]],
])("the supernet %s is private too, in whole", (supernet, networks) => {
  const { sites } = sampleEstate();
  const moved = Object.entries(sites).map(([name, site], index) => [name, index === 0 ? { ...site, private: supernet } : site] as const);
  expect(privateNetworks({ sites: Object.fromEntries(moved) })).toEqual(networks);
});
