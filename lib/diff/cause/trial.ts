/** Which changed input moved a need: each is tried alone on the base. */
import { needsOf, type SiteNeed } from "../../allocation/need";
import { estateSchema, type Estate } from "../../request/estate";
import { messengerSchema, type Messenger } from "../../request/messenger";
import { resolveMessenger } from "../../request/resolve";
import { valuesWith, type Values } from "../../sizing/coefficient";
import { demandOf } from "../../sizing/demand";
import { sizeWith } from "../../sizing/size";
import { calendarOf, timelineOf } from "../../sizing/timeline";
import type { Ground } from "../ground";
import { withChange } from "./changedValue";
import type { ChangedInput } from "./input";

/** Everything that a messenger's need is computed from. */
interface Setting {
  readonly estate: Estate;
  readonly messenger: Messenger;
  readonly asOf: string;
  readonly values: Values;
}

/** A messenger's needs by site. */
export type Needs = ReadonlyMap<string, SiteNeed>;

function needsIn({ estate, messenger, asOf, values }: Setting): Needs {
  const own = valuesWith(values, messenger.profile);
  const size = sizeWith(messenger, own, timelineOf(messenger, calendarOf(estate, asOf)));
  return new Map(needsOf(estate, messenger, demandOf(size, messenger)).map((need) => [need.site, need]));
}

function settingOf(ground: Ground, messenger: Messenger): Setting {
  return { estate: ground.estate, messenger, asOf: ground.lock.asOf, values: ground.coefficients.values };
}

/** The setting with one input changed; `undefined` where that alone makes no valid file. */
function changed(setting: Setting, base: Ground, id: string, input: ChangedInput): Setting | undefined {
  switch (input.of) {
    case "asOf":
      return { ...setting, asOf: String(input.after) };
    case "coefficient":
      return { ...setting, values: { ...setting.values, [String(input.path[0])]: input.after } };
    case "estate": {
      const read = estateSchema.safeParse(withChange(base.estateSource().value, input));
      return read.success ? { ...setting, estate: read.data } : undefined;
    }
    case "messenger": {
      const read = messengerSchema.safeParse(withChange(base.messengerSource(id)?.value, input));
      return read.success ? { ...setting, messenger: resolveMessenger(read.data, setting.estate) } : undefined;
    }
  }
}

/** The needs of one messenger on the base, and with each changed input alone. */
export class Trial {
  private readonly before: Needs;
  private readonly trials: readonly { readonly input: ChangedInput; readonly needs: Needs | undefined }[];

  constructor(base: Ground, messenger: Messenger, inputs: readonly ChangedInput[]) {
    const setting = settingOf(base, messenger);
    this.before = needsIn(setting);
    this.trials = inputs.map((input) => {
      const tried = changed(setting, base, messenger.messenger, input);
      return { input, needs: tried && needsIn(tried) };
    });
  }

  /** The inputs that alone move a part of the need at a site. @param part what of the need is meant; anything that can be compared as JSON */
  movers(site: string, part: (need: SiteNeed | undefined) => unknown): ChangedInput[] {
    const textOf = (needs: Needs): string => JSON.stringify([part(needs.get(site))]);
    const before = textOf(this.before);
    return this.trials.flatMap(({ input, needs }) => (needs && textOf(needs) !== before ? [input] : []));
  }
}
