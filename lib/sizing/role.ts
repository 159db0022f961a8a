/** What each part of a messenger needs to carry a load. Threads and memory are provisioned: the load stands at u_target of them. */
import type { Messenger } from "../request/messenger";
import { relayThreads } from "./call";
import type { Values } from "./coefficient";
import type { DetailedLoad, Load, Traffic } from "./load";
import { kilobyte, mediaBytesPerDay } from "./media";

export const roleNames = ["gateway", "application", "database", "object", "relay"] as const;
export type Role = (typeof roleNames)[number];

/** Threads and memory to provide. */
export interface Provision {
  readonly threads: number;
  readonly memoryGiB: number;
}

/** Keeps the connections. */
export interface GatewayNeed extends Provision, Traffic {
  /** The load's own need, before the utilisation target. */
  readonly threadsUsed: number;
  readonly memoryUsedGiB: number;
  /** The fewest processes, so that the failure of one cuts off no more than conn_node connections. */
  readonly processes: number;
}

/** What a load needs, by role; raw storage, with replicas, erasure code and fill in it. */
export interface Roles {
  readonly gateway: GatewayNeed;
  readonly application: Provision;
  readonly database: Provision & { readonly nvmeTiB: number };
  readonly object: Provision & Traffic & { readonly objectTiB: number };
  readonly relay: Provision & Traffic;
}

/** What a load needs altogether. */
export interface Total extends Provision, Traffic {
  readonly nvmeTiB: number;
  readonly objectTiB: number;
}

const million = 1e6;
const gibibyte = 2 ** 30;
const tebibyte = 2 ** 40;
const hundredTerabytes = 100e12;

/** Threads that the connections, messages and handshakes of a load use in its gateways. */
export function gatewayThreads(load: Omit<Load, "dailyActive" | "egressGbps" | "ingressGbps">, values: Values): number {
  return (
    (load.peakConcurrent * values.c_idle) / million +
    load.messagesInPerSecond / values.c_in +
    load.messagesOutPerSecond / values.c_out +
    load.loginsPerSecond / values.tls_full
  );
}

/** GiB that connections use in their gateways, with TLS or without. */
export function gatewayMemory(connections: number, tls: boolean, values: Values): number {
  return (connections * (values.mem_conn + (tls ? values.mem_tls : 0)) * kilobyte) / gibibyte;
}

/** Raw bytes of databases that hold this many messages. */
export function messageBytes(messages: number, values: Values): number {
  return (messages * values.msg_bytes * values.rf) / values.db_fill;
}

/** Raw bytes of object stores that hold this many bytes of media. */
export function objectBytes(bytes: number, values: Values): number {
  return (bytes * values.ec_shards) / (values.ec_shards - values.ec_parity) / values.obj_fill;
}

/** Threads of the whole fleet of a messenger whose software is of this class. */
export function fleetThreads(connections: number, stackClass: Messenger["stackClass"], values: Values): number {
  return (values[`stack_eff_${stackClass}`] * connections) / million;
}

/** What the roles need to carry the load. */
export function rolesOf({ stackClass, profile }: Messenger, values: Values, { load, calls, traffic }: DetailedLoad): Roles {
  const { dailyActive, peakConcurrent } = load;
  const threadsUsed = gatewayThreads(load, values);
  const memoryUsedGiB = gatewayMemory(peakConcurrent, profile.tlsAtGateway, values);
  const raw = objectBytes(mediaBytesPerDay(dailyActive, values) * values.media_days, values);
  const gateway = threadsUsed / values.u_target;
  const database = (2 * load.messagesInPerSecond * values.ops_msg) / values.db_ops_core;
  const object = (raw / hundredTerabytes) * values.obj_threads;
  const relay = relayThreads(calls, values);
  const application = Math.max(0, fleetThreads(peakConcurrent, stackClass, values) - gateway - database - object - relay);
  return {
    gateway: {
      threads: gateway,
      memoryGiB: memoryUsedGiB / values.u_target,
      threadsUsed,
      memoryUsedGiB,
      processes: Math.ceil(peakConcurrent / values.conn_node),
      ...traffic.gateway,
    },
    application: { threads: application, memoryGiB: application * values.mem_app },
    database: {
      threads: database,
      memoryGiB: database * values.mem_db,
      nvmeTiB: messageBytes(dailyActive * values.msg_dau * values.message_days, values) / tebibyte,
    },
    object: { threads: object, memoryGiB: object * values.mem_obj, objectTiB: raw / tebibyte, ...traffic.object },
    relay: { threads: relay, memoryGiB: relay * values.mem_relay, ...traffic.relay },
  };
}

/** The sum of the roles. */
export function totalOf({ gateway, application, database, object, relay }: Roles): Total {
  return {
    threads: gateway.threads + application.threads + database.threads + object.threads + relay.threads,
    memoryGiB: gateway.memoryGiB + application.memoryGiB + database.memoryGiB + object.memoryGiB + relay.memoryGiB,
    nvmeTiB: database.nvmeTiB,
    objectTiB: object.objectTiB,
    egressGbps: gateway.egressGbps + object.egressGbps + relay.egressGbps,
    ingressGbps: gateway.ingressGbps + object.ingressGbps + relay.ingressGbps,
  };
}
