/** The clouds of Azure that have services of their own. Sign-in knows more of them (`login-hosts.ts`). */
export type AzureCloud = 'public' | 'usgov' | 'china';

export const AZURE_CLOUDS: readonly AzureCloud[] = ['public', 'usgov', 'china'];

/**
 * Who answers below a service's hosts. `microsoft`: the service alone. `mixed`: the service, and listeners of its
 * customers, which may be handed the caller's headers: a token for that very host is at home there, and the user is asked
 * about one that is good for the whole service. `customers`:
 * what its customers run, so that an audience there is a customer's own API.
 */
export type Listeners = 'microsoft' | 'mixed' | 'customers';

/** What a service has in one cloud. */
export interface ServicePlace {
  /** Host names, in lower case; `*.` stands for one or more names in front, `?.` for one. The most exact of all services counts. */
  hosts: readonly string[];
  /** Resources to ask tokens for, the usual one first; with a slash at the end only where the scope needs it. */
  audiences: readonly string[];
  /** Those of both that no source has settled: Microsoft's all the same, but nothing to tell a user for certain. */
  unconfirmed?: readonly string[];
}

/** What the gates call a target at the service's hosts. */
export type ServiceTarget =
  | 'apim'
  | 'appService'
  | 'arm'
  | 'dataPlane'
  | 'graph'
  | 'keyVault'
  | 'logicApp'
  | 'staticWebApp'
  | 'storage';

/** A service of Microsoft's. Its login host in a cloud is that cloud's (`login-hosts.ts`). */
export interface AzureService {
  name: string;
  /** Application ids that its tokens may have as audience. The same in every cloud. */
  appIds?: readonly string[];
  listeners: Listeners;
  target?: ServiceTarget;
  /** Services whose tokens it takes as well, by id. */
  alsoTakes?: readonly string[];
  places: Readonly<Partial<Record<AzureCloud, ServicePlace>>>;
  /** Where hosts and audiences are from, by the tags of `sources.ts`. */
  source: string;
}
