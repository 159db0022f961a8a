/** Checks what one messenger's file says, by itself and against the estate. */
import type { Estate } from "../estate";
import { needNames, type MessengerFile } from "../messenger";
import type { Finding, Path } from "../source";
import { checkPlacement } from "./placement";
import { checkDays } from "./surge";

/** What is wrong with the file. Without an estate, which has problems of its own, its placement is left aside. */
export function* checkMessenger(file: MessengerFile, estate: Estate | undefined): Generator<Finding> {
  yield* checkAudience(file);
  yield* checkNeeds(file);
  yield* checkSurges(file);
  yield* checkProfile(file);
  yield* checkAccess(file);
  if (typeof file.lifecycle !== "string" && file.lifecycle.sector !== undefined && file.lifecycle.state !== "repurposed") {
    yield {
      path: ["lifecycle", "sector"],
      message: `lifecycle.sector: only a repurposed messenger has a sector, and this one is ${file.lifecycle.state}; remove it`,
    };
  }
  if (estate) yield* checkPlacement(file, estate);
}

function* checkAudience({ audience: { registered, active, dailyActive } }: MessengerFile): Generator<Finding> {
  if (active > registered)
    yield { path: ["audience", "active"], message: `audience.active: ${active} are active, more than the ${registered} registered` };
  if (dailyActive !== undefined && dailyActive > active) {
    yield {
      path: ["audience", "dailyActive"],
      message: `audience.dailyActive: ${dailyActive} are active on a day, more than the ${active} of a month`,
    };
  }
}

function* checkNeeds({ tier, needs, image }: MessengerFile): Generator<Finding> {
  const repeated = (needs ?? []).find((need, index, all) => all.indexOf(need) < index);
  if (repeated) yield { path: ["needs"], message: `needs: ${repeated} stands twice; keep one` };
  const missing = needNames.filter((need) => needs && !needs.includes(need));
  if (tier === "focus" && missing.length > 0) {
    yield {
      path: ["needs"],
      message: `needs: tier focus has all three needs, ${missing.join(" and ")} left out here; remove needs, or make the tier on-request`,
    };
  }
  const bare = tier === "on-request" && needs?.includes("hardware") === true && !needs.includes("cluster");
  if (bare && !image)
    yield {
      path: ["image"],
      message: "missing key image: hardware without cluster takes the messenger's own image, {name, url, checksum}",
    };
  if (image && !bare)
    yield { path: ["image"], at: "key", message: "image: only hardware without cluster takes an image of the messenger's own; remove it" };
}

function* checkSurges({ surges }: MessengerFile): Generator<Finding> {
  yield* checkDays(surges);
  for (const [index, { factor, active }] of surges.entries()) {
    if ((factor === undefined) === (active === undefined)) {
      yield {
        path: ["surges", index],
        message: `surges.${index}: expected either factor or active, got ${factor === undefined ? "neither" : "both"}`,
      };
    }
  }
}

function* checkProfile({
  profile: { ec_shards: shards, ec_parity: parity, u_target: target, u_degraded: degraded },
}: MessengerFile): Generator<Finding> {
  if ((shards === undefined) !== (parity === undefined)) {
    const given = shards === undefined ? "ec_parity" : "ec_shards";
    yield { path: ["profile", given], message: `profile.${given}: shards and parity belong together; give both ec_shards and ec_parity` };
  }
  if (shards !== undefined && parity !== undefined && parity >= shards) {
    yield {
      path: ["profile", "ec_parity"],
      message: `profile.ec_parity: ${parity} of ${shards} shards are parity, which leaves none for data`,
    };
  }
  if (target !== undefined && degraded !== undefined && target > degraded) {
    yield {
      path: ["profile", "u_target"],
      message: `profile.u_target: ${target} is more than u_degraded ${degraded}, which is what a loss may raise it to`,
    };
  }
}

function* checkAccess({ access }: MessengerFile): Generator<Finding> {
  for (const [role, groups] of Object.entries(access)) {
    for (const [index, group] of groups.entries()) {
      const path: Path = ["access", role, index];
      if (group.startsWith("system:"))
        yield {
          path,
          message: `access.${role}: ${group} is a group of Kubernetes itself and holds more than your people; name a group of the identity provider`,
        };
      if (groups.indexOf(group) < index) yield { path, message: `access.${role}: ${group} stands twice; keep one` };
    }
  }
}
