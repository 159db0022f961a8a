/** A twin of a test's own with the small company deployed to it, ready for drills. */
import { mkdirSync } from "node:fs";
import { judged } from "../../../lib/cli/stale";
import { readRequest } from "../../../lib/request/read";
import type { Api } from "../../../lib/twin/api";
import { rehearsalLabel, type Stage, type Verdict } from "../../../lib/twin/drill";
import { openTwin } from "../../../lib/twin/control/twin";
import type { TwinSite } from "../../../lib/twin/control/twinSite";
import { Company } from "./company";
import { type Ended, run, runCli } from "./command";
import { OwnTwin } from "./twin";

/** Raise it before all tests of a file, and throw it away after them. */
export class Rehearsed {
  private readonly twin = new OwnTwin();
  private sites: ReadonlyMap<string, TwinSite> = new Map();

  get workingFolder(): string {
    return this.twin.workingFolder;
  }

  async raise(): Promise<void> {
    mkdirSync(this.workingFolder, { recursive: true });
    await new Company(this.workingFolder).allocate();
    await this.twin.raise();
    await this.deploy();
    this.sites = await openTwin(this.twin.folder);
  }

  deploy(): Promise<unknown> {
    return runCli(this.workingFolder, ["twin", "deploy"]);
  }

  /** `twin rehearse`, as a user runs it. */
  rehearse(...words: readonly string[]): Promise<Ended> {
    return run(this.workingFolder, ["twin", "rehearse", ...words]);
  }

  async throwAway(): Promise<void> {
    await Promise.all([...this.sites.values()].map((site) => site.close()));
    await this.twin.throwAway();
  }

  admin(): Promise<Api> {
    const site = this.sites.get("own1");
    if (!site) throw new Error("the twin has no site own1");
    return site.admin();
  }

  stage(signal = new AbortController().signal): Stage {
    const { lock, ...rest } = readRequest(`${this.workingFolder}/stacks`);
    if (!lock) throw new Error("the company has no lock");
    const request = { ...rest, lock };
    return { request, ...judged(request), sites: this.sites, progress: () => undefined, signal };
  }

  /** What a drill left of what it made. */
  async left(): Promise<string[]> {
    const api = await this.admin();
    const paths = ["/api/v1/pods", "/api/v1/services", "/api/v1/configmaps", "/apis/metal3.io/v1alpha1/baremetalhosts"];
    const found = await Promise.all(paths.map((path) => api.list(path, { labelSelector: rehearsalLabel })));
    return found.flat().map(({ metadata }) => metadata.name);
  }
}

export const brokenOf = (verdicts: readonly Verdict[]): Verdict[] => verdicts.filter(({ kept }) => !kept);
