import { interruptible } from "../../lib/cli/interruption";

const listeners = (): number => process.listenerCount("SIGINT") + process.listenerCount("SIGTERM");

test("the first signal asks the work to end, the second ends the process at once", async () => {
  const exit = jest.spyOn(process, "exit").mockImplementation(() => {
    throw new Error("the process ended");
  });
  const [before, told] = [listeners(), jest.fn()];
  const seen = await interruptible(told, (signal) => {
    const states = [signal.aborted];
    process.emit("SIGTERM", "SIGTERM");
    states.push(signal.aborted);
    expect(exit).not.toHaveBeenCalled();
    expect(() => process.emit("SIGINT", "SIGINT")).toThrow("the process ended");
    return Promise.resolve(states);
  });
  expect({ seen, told: told.mock.calls.length, codes: exit.mock.calls }).toEqual({ seen: [false, true], told: 1, codes: [[130]] });
  expect(listeners()).toBe(before);
  exit.mockRestore();
});

test("nobody listens any more once the work has failed", async () => {
  const before = listeners();
  await expect(interruptible(jest.fn(), () => Promise.reject(new Error("failed")))).rejects.toThrow("failed");
  expect(listeners()).toBe(before);
});
