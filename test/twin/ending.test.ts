import { lastly, together } from "../../lib/twin/ending";

const fails = (words: string) => Promise.reject(new Error(words));

describe("together", () => {
  it("answers in order", () => expect(together([Promise.resolve(1), Promise.resolve(2)])).resolves.toEqual([1, 2]));

  it("waits for all before it throws", async () => {
    let ended = false;
    const slow = new Promise<void>((resolve) => setTimeout(resolve, 10)).then(() => void (ended = true));
    await expect(together<unknown>([fails("a"), slow])).rejects.toThrow("a");
    expect(ended).toBe(true);
  });

  it("throws an error as it is, and several as one", async () => {
    const error = new TypeError("a");
    await expect(together([Promise.reject(error)])).rejects.toBe(error);
    await expect(together([fails("a"), fails("b"), fails("a")])).rejects.toThrow(/^a; b$/);
  });
});

describe("lastly", () => {
  it("answers with the work, after what comes last", async () => {
    const order: string[] = [];
    const add = (what: string) => Promise.resolve(order.push(what));
    await expect(
      lastly(
        () => add("work"),
        () => add("last"),
      ),
    ).resolves.toBe(1);
    expect(order).toEqual(["work", "last"]);
  });

  it("hides no error behind another", async () => {
    await expect(
      lastly(
        () => fails("a"),
        () => Promise.resolve(),
      ),
    ).rejects.toThrow(/^a$/);
    await expect(
      lastly(
        () => Promise.resolve(),
        () => fails("b"),
      ),
    ).rejects.toThrow(/^b$/);
    await expect(
      lastly(
        () => fails("a"),
        () => fails("b"),
      ),
    ).rejects.toThrow(/^a; b$/);
  });
});
