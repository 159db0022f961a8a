/** What is allowed but probably not meant. */
import type { Lock } from "../lock";
import type { MessengerFile } from "../messenger";
import type { Finding } from "../source";

/** Warnings of a messenger's file. */
export function* warnOfMessenger({ growth, audience, load, lifecycle }: MessengerFile, lock: Lock | undefined): Generator<Finding> {
  const { state, since } = typeof lifecycle === "string" ? { state: lifecycle } : lifecycle;
  if (lock && since !== undefined && since > lock.asOf) {
    yield {
      path: ["lifecycle", "since"],
      message: `lifecycle.since: ${since} is after the book date ${lock.asOf}, and it is ${state} all the same; write the state once that day has come`,
    };
  }
  for (const day of Object.keys(growth)) {
    if (lock && day <= lock.asOf) {
      yield {
        path: ["growth", day],
        at: "key",
        message: `growth: ${day} has passed, the book date is ${lock.asOf}; move the figure to audience.active and remove this line`,
      };
    }
  }
  if (load?.peakConcurrent !== undefined && load.peakConcurrent > audience.active) {
    yield {
      path: ["load", "peakConcurrent"],
      message: `load.peakConcurrent: ${load.peakConcurrent} connections are more than the ${audience.active} active users; is one of them wrong?`,
    };
  }
}

/** A warning where lines of the lock are out of order, which no verb leaves behind. */
export function* warnOfLock({ sites }: Lock): Generator<Finding> {
  for (const [site, { servers, images, bandwidth, quotas, short }] of Object.entries(sites)) {
    for (const [section, lines] of Object.entries<object>({ servers, images, bandwidth, quotas, short })) {
      const names = Object.keys(lines);
      const late = names.find((name, index) => name < (names[index - 1] ?? ""));
      if (late === undefined) continue;
      const message = `${late} stands out of order: was the lock edited by hand? zirsakht allocate writes it in order`;
      yield { path: ["sites", site, section, late], at: "key", message };
    }
  }
}
