import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Api } from "../../lib/twin/api";

/** An API server that answers each request with the next of these. */
async function answering(...answers: readonly { status: number; after?: string; body: object }[]) {
  const left = [...answers];
  const bodies: string[] = [];
  const server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (piece: string) => (text += piece));
    request.on("end", () => {
      bodies.push(`${request.method ?? ""} ${text}`);
      const { status, after, body } = left.shift() ?? { status: 500, after: undefined, body: {} };
      response.writeHead(status, { ...(after !== undefined && { "retry-after": after }) }).end(JSON.stringify(body));
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const api = new Api({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ca: "", cert: "", key: "" });
  const close = async (): Promise<void> => {
    await api.close();
    await new Promise((done) => server.close(done).closeAllConnections());
  };
  return { api, bodies, close };
}

const notReady = { status: 429, after: "1", body: { message: "storage is (re)initializing" } };

test("what the API server is not ready for is asked again when it says, whatever it is", async () => {
  const { api, bodies, close } = await answering(notReady, { status: 200, body: { items: [] } }, notReady, {
    status: 201,
    body: { made: true },
  });
  try {
    const began = performance.now();
    await expect(api.list("/api/v1/nodes")).resolves.toEqual([]);
    expect(performance.now() - began).toBeGreaterThan(900);
    await expect(api.request("POST", "/api/v1/nodes", { body: { a: 1 } })).resolves.toEqual({ status: 201, body: { made: true } });
    expect(bodies).toEqual(["GET ", "GET ", 'POST {"a":1}', 'POST {"a":1}']);
  } finally {
    await close();
  }
});

test("any other answer is an answer, and so is what is put off for longer than the patience, or than anybody waits", async () => {
  const putOff = (after: string) => ({ status: 429, after, body: { message: `in ${after} s` } });
  const { api, bodies, close } = await answering(
    { status: 503, after: "1", body: { message: "no leader" } },
    putOff("20"),
    putOff("3000000"),
  );
  try {
    await expect(api.request("GET", "/a")).resolves.toEqual({ status: 503, body: { message: "no leader" } });
    await expect(api.request("GET", "/a", { patience: 5000 })).resolves.toEqual({ status: 429, body: { message: "in 20 s" } });
    await expect(api.request("GET", "/a")).resolves.toEqual({ status: 429, body: { message: "in 3000000 s" } });
    expect(bodies).toHaveLength(3);
  } finally {
    await close();
  }
});

test("an answer that takes longer than it may is an error, a list's page too", async () => {
  // Begins to answer and never ends.
  const server = createServer((_, response) => response.write("{"));
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const api = new Api({ server: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, ca: "", cert: "", key: "" });
  try {
    await expect(api.request("GET", "/readyz", { patience: 100 })).rejects.toThrow("timeout");
    await expect(api.list("/api/v1/nodes", {}, { patience: 100 })).rejects.toThrow("timeout");
  } finally {
    await api.close();
    await new Promise((done) => server.close(done).closeAllConnections());
  }
});
