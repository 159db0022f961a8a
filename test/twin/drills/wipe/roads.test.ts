/** A road is tried as if before it is tried for real, and only the guard's own refusal counts. */
import type { Answer, Api, Ask } from "../../../../lib/twin/api";
import { guardOf, tryAsIf, tryRoad } from "../../../../lib/twin/drills/wipe/roads";

const words = "deleting a granted host wipes its server; take its label off first";
const refusal = `baremetalhosts "s1" is forbidden: ValidatingAdmissionPolicy 'zirsakht-hosts' with binding 'zirsakht-hosts' denied request: ${words}`;
const refused: Answer = { status: 403, body: { message: refusal } };

/** An API server with one answer for what is asked as if and one for what is asked for real, and what it was asked. */
function server(asIf: Answer, real: Answer): { readonly api: Api; readonly asked: Ask[] } {
  const asked: Ask[] = [];
  const request = (_method: string, _path: string, ask: Ask = {}): Promise<Answer> => {
    asked.push(ask);
    const isDry = ask.query?.dryRun !== undefined || JSON.stringify(ask.body ?? {}).includes("dryRun");
    return Promise.resolve(isDry ? asIf : real);
  };
  return { api: { request } as unknown as Api, asked };
}

test("what is refused as if is tried for real", async () => {
  const { api, asked } = server(refused, refused);
  await expect(tryRoad(api, { method: "DELETE", path: "/host" })).resolves.toEqual({ refused: true, said: words });
  expect(asked).toEqual([{ query: { dryRun: "All" } }, {}]);
});

test("what is allowed as if is never tried for real", async () => {
  const { api, asked } = server({ status: 200, body: {} }, { status: 200, body: {} });
  const said = "a dry run was allowed; it was not done for real";
  await expect(tryRoad(api, { method: "PATCH", path: "/host", ask: { body: { spec: {} } } })).resolves.toEqual({ refused: false, said });
  expect(asked).toEqual([{ body: { spec: {} }, query: { dryRun: "All" } }]);
});

test("a deletion with options is asked as if among them, for the API server does not read its query then", async () => {
  const { api, asked } = server(refused, refused);
  await tryAsIf(api, { method: "DELETE", path: "/host", ask: { body: { gracePeriodSeconds: 0 } } });
  expect(asked).toEqual([{ body: { gracePeriodSeconds: 0, dryRun: ["All"] } }]);
});

test.each([
  [{ status: 500, body: { message: "etcd is gone" } }, "etcd is gone"],
  [
    { status: 403, body: { message: 'hosts "s1" is forbidden: User "x" cannot delete' } },
    'hosts "s1" is forbidden: User "x" cannot delete',
  ],
])("%j is not the guard's refusal", async (answer, said) => {
  const { api } = server(answer, answer);
  await expect(tryRoad(api, { method: "DELETE", path: "/host" })).resolves.toEqual({
    refused: false,
    said: `not the guard's refusal: ${said}`,
  });
});

test("the guard's words are read out of the API server's", () => {
  expect(guardOf(refusal)).toBe(words);
  expect(guardOf(refusal.replace("zirsakht-hosts", "somebody-elses"))).toBeUndefined();
});
