/** Messengers for tests of sizing: what a file says beside the required keys, with every default that the reader would fill in. */
import type { Messenger } from "../../lib/request/messenger";
import type { Calendar } from "../../lib/sizing/timeline";

/** A focus messenger with own servers at one site; 10 M registered, 5 M active. */
export function messengerOf(changes: Partial<Messenger> = {}): Messenger {
  return {
    messenger: "soroush",
    name: { en: "Soroush", fa: "سروش" },
    tier: "focus",
    audience: { registered: 10e6, active: 5e6, source: "ISNA interview, 2018" },
    needs: ["hardware", "network", "cluster"],
    stackClass: "B",
    profile: { tlsAtGateway: true },
    growth: [],
    surges: [],
    placement: { sites: { thr1: 1000 }, survives: "rack", layout: "split" },
    network: {},
    access: { admins: [], deployers: [], viewers: [] },
    lifecycle: { state: "active" },
    ...changes,
  };
}

/** 90 days from 2026-11-24 without surges of all messengers. */
export const calendar: Calendar = { asOf: "2026-11-24", horizon: 90, surges: [] };
