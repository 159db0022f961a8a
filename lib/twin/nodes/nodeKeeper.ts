/** Makes, marks and removes the Nodes of servers, each step as whoever takes it at a real site. */
import { hardwareNamespace } from "../../hardware/namespace";
import { metaDataOf } from "../../hardware/hostIdentity";
import { type ApiObject, type JsonObject, objects, valueAt } from "../../manifests/apiObject";
import { type Estate, type Group, groupNames } from "../../request/estate";
import { serverOf } from "../../request/server";
import { type Answer, type Api, ApiError, isDone, messageOf } from "../api";
import { persistently } from "../apply";
import { nodeIdentity } from "../control/authority";
import { joinUserData, type Registration, registrationOf } from "./join";
import { isCordoned, type LiveHost } from "./liveHost";
import { featureOf, nodeOf } from "./node";
import { featureNamespace } from "../control/operators";
import type { TwinSite } from "../control/twinSite";

/** Under this name the set-up and the nodes' workers write. */
const fieldManager = "zirsakht-twin";
const [notFound, conflict] = [404, 409];
const nodePath = (server: string): string => `/api/v1/nodes/${server}`;
const features = `/apis/nfd.k8s-sigs.io/v1alpha1/namespaces/${featureNamespace}/nodefeatures`;
const nothing: Registration = { labels: {}, taints: [] };
const isGroup = (text: string): text is Group => groupNames.some((name) => name === text);
/** What a server says that it runs; an adopted one was installed by somebody else. */
const systemOf = ({ isAdopted, runs }: LiveHost): string => (isAdopted ? "adopted" : runs);

/** Keeps the Nodes of one site. What goes wrong is kept in `problems`; the next node is tried all the same. */
export class NodeKeeper {
  /** Nodes made and removed. */
  joined = 0;
  left = 0;
  readonly problems: string[] = [];
  private readonly texts = new Map<string, Promise<string>>();

  private constructor(
    private readonly site: TwinSite,
    private readonly estate: Pick<Estate, "sites" | "classes">,
    private readonly api: Api,
    /** The nodes whose worker has told their features. */
    private readonly told: Set<string>,
  ) {}

  static async of(site: TwinSite, estate: Pick<Estate, "sites" | "classes">): Promise<NodeKeeper> {
    const api = await site.admin();
    return new NodeKeeper(site, estate, api, new Set((await api.list(features)).map(({ metadata }) => metadata.name)));
  }

  /** Whether the Node is of what the server ran before: it registers anew with its new image. */
  isOutdated(node: ApiObject, host: LiveHost): boolean {
    return valueAt(node, "status", "nodeInfo", "osImage") !== systemOf(host);
  }

  /** Makes the Node of a settled host that joins, or brings the one that is there up to date. */
  async keep(host: LiveHost, node: ApiObject | undefined): Promise<void> {
    try {
      const there = node ?? (await this.register(host));
      if (!this.isAsItShould(host, there)) await this.mark(host, there);
      if (!this.told.has(host.name)) await this.tell(host.name);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      this.problems.push(`the node ${host.name}: ${error instanceof ApiError ? messageOf(error.answer) : error.message}`);
    }
  }

  /** Takes away the Node of a server that is none any more, as an administrator: a node may not remove itself. */
  async remove(server: string): Promise<void> {
    for (const path of [`${features}/${server}`, nodePath(server)]) {
      const answer = await persistently(() => this.api.request("DELETE", path));
      if (!isDone(answer) && answer.status !== notFound) this.problems.push(`the node ${server} is not removed: ${messageOf(answer)}`);
    }
    this.told.delete(server);
    this.left++;
  }

  /** Whether the Node is open or closed to pods as its server's state says, and an adopted one carries the set-up's marks. */
  isAsItShould(host: LiveHost, node: ApiObject): boolean {
    if ((valueAt(node, "spec", "unschedulable") === true) !== isCordoned(host)) return false;
    if (!host.isAdopted) return true;
    const { labels, taints } = this.marksOf(host);
    const has = objects(valueAt(node, "spec", "taints"));
    return (
      Object.entries(labels).every(([key, value]) => valueAt(node, "metadata", "labels", key) === value) &&
      taints.every((taint) => has.some((each) => each.key === taint.key && each.value === taint.value && each.effect === taint.effect))
    );
  }

  /** The server's kubelet registers it, with a certificate of its own. */
  private async register(host: LiveHost): Promise<ApiObject> {
    const { name, isAdopted, userData, metaData } = host;
    const serverClass = this.estate.classes[serverOf(this.estate, name)?.class ?? ""];
    if (!serverClass) throw new Error("the estate has no such server; put its rack back, or release it first");
    const registration = isAdopted ? nothing : registrationOf(await this.text(userData, "userData"), await this.text(metaData, "metaData"));
    const node = nodeOf({ server: name, serverClass, registration, system: systemOf(host) });
    const kubelet = await this.site.as(nodeIdentity(name));
    const answer = await persistently(() => kubelet.request("POST", "/api/v1/nodes", { body: node }));
    // An answer that was lost on its way: the Node is there all the same.
    if (answer.status === conflict) return (await this.api.demand("GET", nodePath(name))) as ApiObject;
    this.joined++;
    return demanded(answer) as ApiObject;
  }

  /** What the set-up does by hand: `kubectl label` and `taint` an adopted server's Node, `cordon` one that is to be drained. */
  private async mark(host: LiveHost, node: ApiObject): Promise<void> {
    const { labels, taints } = host.isAdopted ? this.marksOf(host) : nothing;
    const others = objects(valueAt(node, "spec", "taints")).filter(({ key }) => taints.every((taint) => taint.key !== key));
    const body = {
      metadata: { resourceVersion: node.metadata.resourceVersion ?? "", labels },
      spec: { unschedulable: isCordoned(host), taints: [...others, ...taints.map((taint): JsonObject => ({ ...taint }))] },
    };
    const answer = await this.api.request("PATCH", nodePath(host.name), { body });
    // Somebody else changed it in this moment: the next look tries again.
    if (answer.status !== conflict) demanded(answer);
  }

  /** The node's NFD worker tells its features. */
  private async tell(server: string): Promise<void> {
    demanded(await persistently(() => this.api.apply(featureOf(server, featureNamespace), fieldManager)));
    this.told.add(server);
  }

  private marksOf({ holder, rack, group }: LiveHost): Registration {
    if (!isGroup(group)) throw new Error(`its host's group is ${JSON.stringify(group)}`);
    return registrationOf(joinUserData(), metaDataOf({ holder, site: this.site.site, rack, group, joins: true }));
  }

  /** The text of a Secret of the hosts; asked for once. */
  private text(name: string, key: string): Promise<string> {
    const known = this.texts.get(name);
    if (known) return known;
    const asked = this.api.demand("GET", `/api/v1/namespaces/${hardwareNamespace}/secrets/${name}`).then((secret) => {
      const data = valueAt(secret, "data", key);
      if (typeof data !== "string") throw new Error(`the Secret ${name} has no ${key}`);
      return Buffer.from(data, "base64").toString();
    });
    this.texts.set(name, asked);
    return asked;
  }
}

function demanded(answer: Answer): JsonObject {
  if (!isDone(answer)) throw new ApiError("the node", answer);
  return answer.body;
}
