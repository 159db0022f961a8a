/** What messengers need, remembered from run to run. */
import type { Memory } from "../memory/memory";
import type { Messenger } from "../request/messenger";
import { valuesWith, type Values } from "../sizing/coefficient";
import { demandOf, type Demand } from "../sizing/demand";
import { sizeWith } from "../sizing/size";
import { timelineOf, type Calendar } from "../sizing/timeline";

/** The needs of messengers by these coefficients. */
export class Demands {
  private readonly texts = new Map<Messenger, string>();
  /** By the calendar's text: sides of a comparison ask for the same. */
  private readonly known = new Map<string, Map<Messenger, Demand>>();
  private readonly valuesText: string;

  constructor(
    private readonly values: Values,
    private readonly memory: Memory,
  ) {
    this.valuesText = JSON.stringify(values);
  }

  /** What a messenger needs by a calendar. */
  of(messenger: Messenger, calendar: Calendar): Demand {
    const day = JSON.stringify(calendar);
    const known = this.known.get(day) ?? new Map<Messenger, Demand>();
    this.known.set(day, known);
    const demand = known.get(messenger) ?? this.recalled(messenger, calendar, day);
    known.set(messenger, demand);
    return demand;
  }

  private recalled(messenger: Messenger, calendar: Calendar, day: string): Demand {
    const text = this.texts.get(messenger) ?? JSON.stringify(messenger);
    this.texts.set(messenger, text);
    return this.memory.recall("demand", [this.valuesText, day, text], () =>
      demandOf(sizeWith(messenger, valuesWith(this.values, messenger.profile), timelineOf(messenger, calendar)), messenger),
    );
  }
}
