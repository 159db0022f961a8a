/** Channels: one post reaches many. They carry most of the traffic of domestic messengers. */
import type { Messenger } from "../request/messenger";
import type { Values } from "./coefficient";
import { kilobyte, mediaSize, secondsOfDay } from "./media";

export type Channel = NonNullable<Messenger["profile"]["channels"]>[number];

/** What channels add at peak. */
export interface ChannelLoad {
  /** Posts delivered to subscribers, a second. */
  readonly deliveriesPerSecond: number;
  /** Bytes of media downloaded from posts, a second. */
  readonly mediaBytesPerSecond: number;
}

/** Where an audience stands: the share of it that is online at peak, and how much of the file's audience it is. */
export interface Presence {
  /** Peak concurrent / active users; the online share of a channel that states none. */
  readonly online: number;
  /** Active users / those of the messenger's file: subscribers grow with the audience. */
  readonly growth: number;
  /** Peak / mean of the day: posts come when people are there. */
  readonly peak: number;
}

/**
 * Deliveries and downloads of a messenger's channels at peak. A media post is downloaded by those who receive it while online.
 *
 * A channel that states no `mediaShare` posts media as often as people send them (share_photo + share_video + share_voice);
 * a medium of a post is as large as one that people send, on average.
 */
export function channelLoad(channels: readonly Channel[], values: Values, { online, growth, peak }: Presence): ChannelLoad {
  let deliveriesPerSecond = 0;
  let mediaBytesPerSecond = 0;
  const mediaShareOfPeople = values.share_photo + values.share_video + values.share_voice;
  for (const { subscribers, postsPerDay, mediaShare, onlineShare } of channels) {
    const readers = subscribers * growth * Math.min(1, onlineShare === undefined ? online : onlineShare / 1000);
    const deliveries = (postsPerDay / secondsOfDay) * peak * readers;
    deliveriesPerSecond += deliveries;
    mediaBytesPerSecond +=
      deliveries * (mediaShare === undefined ? Math.min(1, mediaShareOfPeople) : mediaShare / 1000) * mediaSize(values) * kilobyte;
  }
  return { deliveriesPerSecond, mediaBytesPerSecond };
}
