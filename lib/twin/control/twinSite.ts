/** A site of a running twin, and everybody's way to its API server. */
import { Api, type Bearer } from "../api";
import { administrator, type Certificate, type Identity, issueClient } from "./authority";

/** What is known of a site's running control plane. */
export interface SiteAccess {
  readonly site: string;
  /** The API server's address. */
  readonly server: string;
  readonly authority: Certificate;
  /** The twin's folder for what is needed for a moment, keys too. */
  readonly temporary: string;
}

/** Connections to one site, one for each identity, made when first asked for. */
export class TwinSite {
  private readonly apis = new Map<string, Promise<Api>>();
  private readonly bearers: Api<Bearer>[] = [];

  constructor(readonly access: SiteAccess) {}

  get site(): string {
    return this.access.site;
  }

  /** The connection of whoever may do everything. */
  admin(): Promise<Api> {
    return this.as(administrator);
  }

  /** The connection of an identity, with a certificate that the site's authority signs for it. */
  as(identity: Identity): Promise<Api> {
    const key = JSON.stringify([identity.user, identity.groups]);
    const known = this.apis.get(key);
    if (known) return known;
    const { server, authority } = this.access;
    const made = issueClient(authority, identity).then((own) => new Api({ server, ca: authority.cert, ...own }));
    this.apis.set(key, made);
    return made;
  }

  /** The connection of whoever holds a ServiceAccount's token. */
  bearing(token: string): Api<Bearer> {
    const { server, authority } = this.access;
    const api = new Api({ server, ca: authority.cert, token });
    this.bearers.push(api);
    return api;
  }

  /** Ends all connections. */
  async close(): Promise<void> {
    for (const api of [...this.apis.values(), ...this.bearers]) await (await api).close();
    this.apis.clear();
    this.bearers.length = 0;
  }
}
