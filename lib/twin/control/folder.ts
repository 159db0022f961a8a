/** Where a twin keeps its things: all of them below one folder, so that nothing is left when it is gone. */
import { mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { byCodeUnit } from "../../manifests/apiObject";

/** The folder of the twin that belongs to a working folder. */
export const twinFolderOf = (workingFolder: string): string => resolve(workingFolder, ".zirsakht", "twin");

/** A new folder of this name, which only its owner reads, in a folder for what is needed for a moment. */
export function temporaryFolder(temporary: string, name: string): string {
  mkdirSync(temporary, { recursive: true, mode: 0o700 });
  return mkdtempSync(join(temporary, `${name}-`));
}

/** One site's part of a twin's folder. */
export class SiteFolder {
  constructor(
    readonly site: string,
    readonly path: string,
    /** The twin's folder for what is needed for a moment. */
    readonly temporary: string,
  ) {}

  /** What must be remembered of the site: its context and ports. */
  get record(): string {
    return join(this.path, "site.json");
  }

  /** The API server's objects. */
  get etcd(): string {
    return join(this.path, "etcd");
  }

  /** How the API server reaches pods and services: not at all. */
  get egress(): string {
    return join(this.path, "egress.json");
  }

  /** What kwok does to nodes and pods. */
  get stages(): string {
    return join(this.path, "stages.yaml");
  }

  /** A key, a certificate or a kubeconfig with one in it. */
  pki(name: string): string {
    return join(this.path, "pki", name);
  }

  /** What a program of the site prints. */
  log(program: string): string {
    return join(this.path, "log", `${program}.log`);
  }
}

/** A twin's folder. The path is absolute: the twin's processes are found by it. */
export class TwinFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = resolve(path);
  }

  /** The file by which people reach all sites, one context a site. */
  get kubeconfig(): string {
    return join(this.path, "kubeconfig");
  }

  /** What a command needs for a moment, keys too; the next one removes what a killed one left. */
  get temporary(): string {
    return join(this.path, "tmp");
  }

  site(site: string): SiteFolder {
    return new SiteFolder(site, join(this.path, "sites", site), this.temporary);
  }

  /** The sites that have a folder here, sorted. */
  sites(): SiteFolder[] {
    try {
      return readdirSync(join(this.path, "sites"))
        .sort(byCodeUnit)
        .map((site) => this.site(site));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === "ENOENT") return [];
      throw error;
    }
  }
}
