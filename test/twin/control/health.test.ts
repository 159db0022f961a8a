import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Api } from "../../../lib/twin/api";
import type { Component } from "../../../lib/twin/control/component";
import { ComponentError, isWell } from "../../../lib/twin/control/health";

const component: Component = { name: "etcd", args: [], ports: [] };
const message = (log: readonly string[], isNew = true): string =>
  new ComponentError("thr1", { component, pid: 1, isNew }, "ended with 1", log).message;

test("a death is told with its site, what it means where that is known, and the end of the log", () => {
  expect(message([])).toBe("etcd of thr1 ended with 1; its log is empty");
  expect(message(["one", "two"])).toBe("etcd of thr1 ended with 1; the last lines of its log:\n  one\n  two");
  expect(message(["write /x: no space left on device"])).toBe(
    "etcd of thr1 ended with 1; the disk is full: make room; the last lines of its log:\n  write /x: no space left on device",
  );
  expect(message(['"msg":"ignored file in WAL directory"', "panic: cannot use none as id"])).toContain("its data are damaged");
  expect(message(["file descriptor limit of etcd process is too low"])).toContain("raise the limit, such as with `ulimit -n 4096`");
});

test("another try is worth it where the port was taken, or where the program ran before we came", () => {
  const worth = (isNew: boolean, log: string[]): boolean =>
    new ComponentError("thr1", { component, pid: 1, isNew }, "died", log).isWorthAnotherTry;
  expect([worth(true, ["listen: address already in use"]), worth(false, []), worth(true, ["panic"])]).toEqual([true, true, false]);
});

test("well is who answers 200; nobody else is", async () => {
  let status = 200;
  const server = createServer((_, response) => response.writeHead(status).end("ok"));
  const port = await new Promise<number>((done) => server.listen(0, "127.0.0.1", () => done((server.address() as AddressInfo).port)));
  const api = new Api({ server: "https://127.0.0.1:1", ca: "", cert: "", key: "" });
  const asked: Component = { ...component, health: `http://127.0.0.1:${port}/healthz` };
  try {
    await expect(isWell(asked, api)).resolves.toBe(true);
    status = 500;
    await expect(isWell(asked, api)).resolves.toBe(false);
  } finally {
    await new Promise((done) => server.close(done).closeAllConnections());
  }
  await expect(isWell(asked, api)).resolves.toBe(false);
  await expect(isWell({ ...component, health: "https://127.0.0.1:1/healthz" }, api)).resolves.toBe(false);
  await api.close();
});
