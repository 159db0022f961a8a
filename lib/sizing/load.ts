/** What an audience does at peak, and the traffic that comes of it. */
import type { Messenger } from "../request/messenger";
import { relayBits, relayedCalls } from "./call";
import { channelLoad } from "./channel";
import type { Values } from "./coefficient";
import { mediaBytesPerDay, secondsOfDay } from "./media";

/** The audience of a moment. */
export interface Moment {
  /** Active users of a month. */
  readonly active: number;
  /** The active users whose bandwidth they use: more than there are in a surge, whose newcomers use more than others. */
  readonly bandwidth: number;
  /** Peak / mean of the day. @default the coefficient peak_avg */
  readonly peak?: number;
}

/** What an audience does at peak. */
export interface Load {
  readonly dailyActive: number;
  readonly peakConcurrent: number;
  readonly messagesInPerSecond: number;
  readonly messagesOutPerSecond: number;
  readonly loginsPerSecond: number;
  readonly egressGbps: number;
  readonly ingressGbps: number;
}

/** Traffic of one role at peak, Gbit/s. */
export interface Traffic {
  readonly egressGbps: number;
  readonly ingressGbps: number;
}

/** A load, and what the roles need to know beyond it. */
export interface DetailedLoad {
  readonly load: Load;
  /** Relayed calls at once. */
  readonly calls: number;
  /** Messages leave from gateways, media and channels from object stores, calls from relays. */
  readonly traffic: { readonly gateway: Traffic; readonly object: Traffic; readonly relay: Traffic };
}

const giga = 1e9;
const bits = 8;

/**
 * The load of a moment. What was measured holds at `audience.active`, and grows with active users from there; it replaces the
 * estimate of the same name. A measured total of traffic is split over the roles as the estimate is.
 */
export function loadAt({ audience, load: measured, profile }: Messenger, values: Values, moment: Moment): DetailedLoad {
  const { active } = moment;
  const peak = moment.peak ?? values.peak_avg;
  // Without active users in the file a measured figure has nothing to grow from: it holds as it is.
  const growth = audience.active > 0 ? active / audience.active : Math.sign(active);
  const atPeak = growth * (peak / values.peak_avg);
  const elastic = active > 0 ? moment.bandwidth / active : 0;

  const dailyActive = audience.dailyActive === undefined ? active * values.dau_mau : audience.dailyActive * growth;
  const peakConcurrent = measured?.peakConcurrent === undefined ? dailyActive * values.conc_dau : measured.peakConcurrent * growth;
  const channels = channelLoad(profile.channels ?? [], values, { online: active > 0 ? peakConcurrent / active : 0, growth, peak });
  const messagesInPerSecond =
    measured?.messagesInPerSecond === undefined
      ? ((dailyActive * values.msg_dau) / secondsOfDay) * peak
      : measured.messagesInPerSecond * atPeak;
  const messagesOutPerSecond =
    measured?.messagesOutPerSecond === undefined
      ? messagesInPerSecond * values.fanout_chat + channels.deliveriesPerSecond
      : measured.messagesOutPerSecond * atPeak;
  const loginsPerSecond = measured?.loginsPerSecond === undefined ? peakConcurrent / values.reconnect_s : measured.loginsPerSecond * growth;

  const calls = relayedCalls(dailyActive, peak, values);
  const mediaSent = (mediaBytesPerDay(dailyActive, values) / secondsOfDay) * peak;
  const estimate = {
    gateway: { out: messagesOutPerSecond * values.msg_bytes * bits, in: messagesInPerSecond * values.msg_bytes * bits },
    object: { out: (mediaSent * values.media_downloads + channels.mediaBytesPerSecond) * bits, in: mediaSent * bits },
    relay: { out: relayBits(calls, values), in: relayBits(calls, values) },
  };
  const egress = split([estimate.gateway.out, estimate.object.out, estimate.relay.out], measured?.egressGbps, atPeak);
  const ingress = split([estimate.gateway.in, estimate.object.in, estimate.relay.in], measured?.ingressGbps, atPeak);
  const of = (role: 0 | 1 | 2): Traffic => ({ egressGbps: egress[role] * elastic, ingressGbps: ingress[role] * elastic });
  return {
    load: {
      dailyActive,
      peakConcurrent,
      messagesInPerSecond,
      messagesOutPerSecond,
      loginsPerSecond,
      egressGbps: (egress[0] + egress[1] + egress[2]) * elastic,
      ingressGbps: (ingress[0] + ingress[1] + ingress[2]) * elastic,
    },
    calls,
    traffic: { gateway: of(0), object: of(1), relay: of(2) },
  };
}

type Three = readonly [number, number, number];

/** Estimated bit/s of gateway, object and relay as Gbit/s; scaled to a measured total where there is one. */
function split([gateway, object, relay]: Three, measuredGbps: number | undefined, growth: number): Three {
  if (measuredGbps === undefined) return [gateway / giga, object / giga, relay / giga];
  const estimated = gateway + object + relay;
  const total = measuredGbps * growth;
  // Traffic of a messenger whose estimate has none can only be messages.
  if (estimated === 0) return [total, 0, 0];
  return [(gateway / estimated) * total, (object / estimated) * total, (relay / estimated) * total];
}
