import { figure, renderPage, type Block } from "../../lib/page/page";
import { coefficientBook } from "../../lib/sizing/coefficient";
import { sizeMessenger } from "../../lib/sizing/size";
import { expectUpToDate, withPart } from "../support/upToDate";
import { calendar, messengerOf } from "./messenger";
import { comparisons } from "./published";

const page = "docs/sizing.md";

function worked(): Block {
  const [a, b, c] = (["A", "B", "C"] as const).map((stackClass) =>
    sizeMessenger(messengerOf({ stackClass, profile: { tlsAtGateway: true, size_photo: 100, size_video: 2000 } }), calendar),
  );
  if (!a || !b || !c) throw new Error("three classes, three sizes");
  const { load, roles, total } = b;
  const decimal = (tebibytes: number) => `${figure((tebibytes * 2 ** 40) / 1e12)} TB, ${figure(tebibytes)} TiB`;
  return {
    head: ["result", "figure"],
    numbers: [1],
    rows: [
      ["daily active users", figure(load.dailyActive)],
      ["connections at once", figure(load.peakConcurrent)],
      ["messages in, a second", figure(load.messagesInPerSecond)],
      ["messages out, a second", figure(load.messagesOutPerSecond)],
      ["logins, a second", figure(load.loginsPerSecond)],
      ["threads that gateways use", figure(roles.gateway.threadsUsed)],
      ["threads of the whole fleet, class A", figure(a.total.threads)],
      ["threads of the whole fleet, class B (unvalidated)", figure(total.threads)],
      ["threads of the whole fleet, class C", figure(c.total.threads)],
      ["messages of 365 days, raw", decimal(total.nvmeTiB)],
      ["media of 30 days, raw", decimal(total.objectTiB)],
      ["egress of media, Gbit/s", figure(roles.object.egressGbps)],
    ],
  };
}

function published(): Block {
  return {
    head: ["", "deployment", "figure", "published", "model", "ratio", "how"],
    numbers: [3, 4, 5],
    rows: comparisons.map(({ id, what, figure: of, published: found, model, how }) => [
      id,
      what,
      of,
      figure(found),
      figure(model),
      (model / found).toFixed(2),
      how,
    ]),
  };
}

function coefficients(): Block {
  return {
    head: ["coefficient", "what it is", "value", "low", "high", "kind", "source"],
    numbers: [2, 3, 4],
    rows: Object.entries(coefficientBook().coefficients).map(([name, { unit, value, low, high, kind, source }]) => [
      `\`${name}\``,
      unit,
      figure(value),
      figure(low),
      figure(high),
      kind,
      source,
    ]),
  };
}

test("docs/sizing.md says what the model and its coefficients say", () => {
  const parts = { worked: worked(), published: published(), coefficients: coefficients() };
  const ignore = (table: string) => `\n<!-- prettier-ignore-start -->\n${table}\n<!-- prettier-ignore-end -->\n`;
  let text: string | undefined;
  for (const [name, block] of Object.entries(parts)) text = withPart(page, name, ignore(renderPage([block], "markdown")), text);
  expectUpToDate(page, text ?? "");
});
