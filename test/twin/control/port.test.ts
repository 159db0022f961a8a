import { createServer, type AddressInfo } from "node:net";
import { choosePorts, isFree, portNames } from "../../../lib/twin/control/port";

test("a port is free until somebody listens on it, on any address", async () => {
  for (const host of ["127.0.0.1", "0.0.0.0"]) {
    const server = createServer();
    const port = await new Promise<number>((done) => server.listen(0, host, () => done((server.address() as AddressInfo).port)));
    await expect(isFree(port)).resolves.toBe(false);
    await new Promise((done) => server.close(done));
    await expect(isFree(port)).resolves.toBe(true);
  }
});

test("every name gets a port of its own, below those of outgoing connections; two choices share none", async () => {
  const taken = new Set<number>();
  const ports = [...Object.values(await choosePorts({}, taken)), ...Object.values(await choosePorts({}, taken))];
  expect(new Set(ports).size).toBe(2 * portNames.length);
  expect(ports.filter((port) => port < 20_000 || port >= 32_768)).toEqual([]);
  expect([...taken].sort()).toEqual(ports.sort());
});

test("known ports stay", async () => {
  const first = await choosePorts({}, new Set());
  await expect(choosePorts(first, new Set())).resolves.toEqual(first);
  const { kwok, ...rest } = first;
  await expect(choosePorts(rest, new Set([kwok]))).resolves.toEqual({ ...rest, kwok: expect.any(Number) as number });
});
