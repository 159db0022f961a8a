import { amountOf } from "../../lib/twin/amount";

describe("amountOf", () => {
  it.each([
    ["63500m", 63.5],
    ["64", 64],
    [110, 110],
    ["12k", 12_000],
    ["512Gi", 2 ** 39],
    ["1e3", 1000],
    [undefined, 0],
  ])("reads %p as %p", (text, amount) => expect(amountOf(text)).toBeCloseTo(amount, 9));

  it.each(["", "much", "12 k", "-1"])("refuses %p", (text) =>
    expect(() => amountOf(text)).toThrow(`${JSON.stringify(text)} is no quantity`),
  );
});
