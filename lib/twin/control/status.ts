/** How a twin is: its programs, and roughly what its API servers hold. */
import type { Json } from "../../manifests/apiObject";
import { type ApiObject, objects, valueAt } from "../../manifests/apiObject";
import type { Api } from "../api";
import { isReady } from "../condition";
import { findTwinProcesses } from "./component";
import { at } from "./controlPlane";
import { type SiteFolder, TwinFolder } from "./folder";
import { answerWithin, isWell } from "./health";
import { controlPlaneNode } from "./operators";
import { componentsOf } from "./settle";
import { accessOf, readRecord } from "./siteRecord";
import { TwinSite } from "./twinSite";

/** A program of a site. */
export interface ComponentStatus {
  readonly program: string;
  /** `silent`: it runs, and does not say that it is well. */
  readonly state: "runs" | "silent" | "down";
  readonly pid?: number;
  /** Resident memory in bytes. */
  readonly memory?: number;
}

/** Objects of a site by what became of them. */
export interface SiteCounts {
  readonly nodes: { readonly ready: number; readonly other: number };
  /** By the operator's provisioning state. */
  readonly hosts: Readonly<Record<string, number>>;
  /** By phase. */
  readonly pods: Readonly<Record<string, number>>;
  /** Services of type LoadBalancer. */
  readonly services: { readonly withAddress: number; readonly without: number };
}

/** A site of the twin. */
export interface SiteStatus {
  readonly site: string;
  readonly context: string;
  readonly server: string;
  readonly components: readonly ComponentStatus[];
  /** Missing while the API server does not answer. */
  readonly counts?: SiteCounts;
}

/** Looks at every site of a twin and changes nothing; no site where there is no twin. */
export async function twinStatus(path: string): Promise<SiteStatus[]> {
  const statuses = await Promise.all(new TwinFolder(path).sites().map(statusOf));
  return statuses.filter((status) => status !== undefined);
}

async function statusOf(folder: SiteFolder): Promise<SiteStatus | undefined> {
  const [record, access] = [readRecord(folder), accessOf(folder)];
  if (!record || !access) return undefined;
  const site = new TwinSite(access);
  try {
    const api = await site.admin();
    const running = await findTwinProcesses(folder.path);
    const components = await Promise.all(
      componentsOf(folder, record.ports).map(async (component): Promise<ComponentStatus> => {
        const process = running.find(({ program }) => program === component.name);
        if (!process) return { program: component.name, state: "down" };
        const well = component.health === undefined || (await isWell(component, api));
        return { program: component.name, state: well ? "runs" : "silent", pid: process.pid, memory: process.memory };
      }),
    );
    const answers = components.every(({ program, state }) => state === "runs" || (program !== "etcd" && program !== "kube-apiserver"));
    // It may stop to answer while it is asked.
    const counts = answers ? await countsOf(api, folder.site).catch(() => undefined) : undefined;
    return { site: folder.site, context: record.context, server: at(record.ports.apiServer), components, ...(counts && { counts }) };
  } finally {
    await site.close();
  }
}

async function countsOf(api: Api, site: string): Promise<SiteCounts> {
  const list = (path: string): Promise<ApiObject[]> => api.list(path, {}, { patience: answerWithin });
  const [nodes, hosts, pods, services] = await Promise.all([
    list("/api/v1/nodes"),
    list("/apis/metal3.io/v1alpha1/baremetalhosts"),
    list("/api/v1/pods"),
    list("/api/v1/services"),
  ]);
  const servers = nodes.filter(({ metadata }) => metadata.name !== controlPlaneNode(site));
  const ready = servers.filter(isReady).length;
  const balanced = services.filter((service) => valueAt(service, "spec", "type") === "LoadBalancer");
  const withAddress = balanced.filter((service) => objects(valueAt(service, "status", "loadBalancer", "ingress")).length > 0).length;
  return {
    nodes: { ready, other: servers.length - ready },
    hosts: countBy(hosts, (host) => valueAt(host, "status", "provisioning", "state")),
    pods: countBy(pods, (pod) => valueAt(pod, "status", "phase")),
    services: { withAddress, without: balanced.length - withAddress },
  };
}

function countBy(all: readonly ApiObject[], stateOf: (object: ApiObject) => Json | undefined): Record<string, number> {
  const states = all.map((object) => {
    const state = stateOf(object);
    return typeof state === "string" && state !== "" ? state : "new";
  });
  const counts: Record<string, number> = {};
  for (const state of states.sort()) counts[state] = (counts[state] ?? 0) + 1;
  return counts;
}
