import { sizeMessenger } from "../../lib/sizing/size";
import { calendar, messengerOf } from "./messenger";

const tera = 2 ** 40 / 1e12;

describe("the worked figure", () => {
  const profile = { tlsAtGateway: true, size_photo: 100, size_video: 2000 };
  const size = (stackClass: "A" | "B" | "C") => sizeMessenger(messengerOf({ profile, stackClass }), calendar);
  const { load, roles, total } = size("B");

  test("the audience at peak", () => {
    expect(load.dailyActive).toBe(3_000_000);
    expect(load.peakConcurrent).toBe(1_260_000);
    expect(load.messagesInPerSecond).toBeCloseTo(5208, 0);
    expect(load.messagesOutPerSecond).toBe(10_937.5);
    expect(load.loginsPerSecond).toBe(4200);
  });

  test("the gateways", () => {
    expect(roles.gateway.threadsUsed).toBeCloseTo(17.6, 1);
    expect(load.loginsPerSecond / 2000).toBeCloseTo(2.1, 9);
    expect(roles.gateway.processes).toBe(9);
  });

  test.each([
    ["A", 189],
    ["B", 756],
    ["C", 3150],
  ] as const)("the whole fleet of class %s has %d threads", (stackClass, threads) => {
    expect(size(stackClass).total.threads).toBeCloseTo(threads, 6);
  });

  test("storage and bandwidth", () => {
    expect(total.nvmeTiB * tera).toBeCloseTo(54.75, 6);
    expect(total.objectTiB * tera).toBeCloseTo(334.65, 6);
    expect(total.objectTiB).toBeCloseTo(304.4, 1);
    expect(roles.object.egressGbps).toBeCloseTo(3.904, 3);
  });
});
