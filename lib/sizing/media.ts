/** Photos, videos and voice messages that people send each other. */
import type { Values } from "./coefficient";

export const secondsOfDay = 86_400;
/** KB are decimal. */
export const kilobyte = 1000;

/** KB of media that the average message brings: most messages bring none. */
export function mediaPerMessage(values: Values): number {
  return values.share_photo * values.size_photo + values.share_video * values.size_video + values.share_voice * values.size_voice;
}

/** KB of the average medium. */
export function mediaSize(values: Values): number {
  const share = values.share_photo + values.share_video + values.share_voice;
  return share > 0 ? mediaPerMessage(values) / share : 0;
}

/** Bytes of media that `dailyActive` people send in a day. */
export function mediaBytesPerDay(dailyActive: number, values: Values): number {
  return dailyActive * values.msg_dau * mediaPerMessage(values) * kilobyte;
}
