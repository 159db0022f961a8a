import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Api } from "../../lib/twin/api";

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
