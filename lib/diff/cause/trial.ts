/** Which changed input moved a need: each is tried alone on the base. */
import type { SiteNeed } from "../../allocation/need";
import { estateSchema } from "../../request/estate";
import { messengerSchema, type Messenger } from "../../request/messenger";
import { resolveMessenger } from "../../request/resolve";
import type { Ground } from "../ground";
import { withChange } from "./changedValue";
import type { ChangedInput } from "./input";
import { needsIn, settingOf, type Needs, type Setting } from "./setting";

/** The setting with one input changed; `undefined` where that alone makes no valid file. @param ground what the setting was made from */
function changed(setting: Setting, ground: Ground, id: string, input: ChangedInput): Setting | undefined {
  switch (input.of) {
    case "asOf":
      return { ...setting, asOf: String(input.after) };
    case "coefficient":
      return { ...setting, values: { ...setting.values, [String(input.path[0])]: input.after } };
    case "estate": {
      const read = estateSchema.safeParse(withChange(ground.estateSource().value, input));
      return read.success ? { ...setting, estate: read.data } : undefined;
    }
    case "messenger": {
      const read = messengerSchema.safeParse(withChange(ground.messengerSource(id)?.value, input));
      return read.success ? { ...setting, messenger: resolveMessenger(read.data, setting.estate) } : undefined;
    }
  }
}

/** The needs on one side, and with each input as the other side has it. */
interface Side {
  readonly needs: Needs;
  readonly trials: readonly (Needs | undefined)[];
}

function sideOf(ground: Ground, messenger: Messenger, inputs: readonly ChangedInput[]): Side {
  const setting = settingOf(ground, messenger);
  const trials = inputs.map((input) => {
    const tried = changed(setting, ground, messenger.messenger, input);
    return tried && needsIn(tried);
  });
  return { needs: needsIn(setting), trials };
}

/** The needs of one messenger on both sides, with each changed input alone put into the base and taken from the head. */
export class Trial {
  private readonly sides: readonly Side[];

  constructor(
    base: { readonly ground: Ground; readonly messenger: Messenger },
    head: { readonly ground: Ground; readonly messenger: Messenger },
    private readonly inputs: readonly ChangedInput[],
  ) {
    const backward = inputs.map((input): ChangedInput => ({ ...input, before: input.after, after: input.before }));
    this.sides = [sideOf(base.ground, base.messenger, inputs), sideOf(head.ground, head.messenger, backward)];
  }

  /**
   * The inputs that move a part of the need at a site: put into the base alone, or, where it takes another to have an effect, by being
   * taken from the head. All of them where none does so alone and the need moves all the same.
   * @param part what of the need is meant; anything that can be compared as JSON
   */
  movers(site: string, part: (need: SiteNeed | undefined) => unknown): readonly ChangedInput[] {
    const textOf = (needs: Needs): string => JSON.stringify([part(needs.get(site))]);
    const texts = this.sides.map(({ needs }) => textOf(needs));
    const moves = (index: number): boolean =>
      this.sides.some(({ trials }, side) => {
        const needs = trials[index];
        return needs !== undefined && textOf(needs) !== texts[side];
      });
    const movers = this.inputs.filter((_, index) => moves(index));
    return movers.length > 0 || texts[0] === texts[1] ? movers : this.inputs;
  }
}
