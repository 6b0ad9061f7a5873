/** The clouds of Azure that are open: those that one can sign in to. */
export type AzureCloud = 'public' | 'usgov' | 'china' | SovereignCloud;

/** Bleu, Delos and Singapore's: run by partners, built alike. */
type SovereignCloud = 'sovereign-fr' | 'sovereign-de' | 'sovereign-sg';

type Country = 'fr' | 'de' | 'sg';

export const AZURE_CLOUDS: readonly AzureCloud[] = [
  ...(['public', 'usgov', 'china'] as const),
  ...(['sovereign-fr', 'sovereign-de', 'sovereign-sg'] as const),
];

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
  /** Clouds whose Entra issues tokens for it beside its own: agencies in GCC have US services and sign in at the public cloud. */
  signsInAt?: readonly AzureCloud[];
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
  /** Further hosts of one resource: what to write for a part of such a host's name, for the name that tokens have as audience. */
  furtherHosts?: readonly (readonly [part: RegExp, instead: string])[];
  places: Readonly<Partial<Record<AzureCloud, ServicePlace>>>;
  /** Where hosts and audiences are from, by the tags of `sources.ts`. */
  source: string;
}

/** The same place in each sovereign cloud. `settled`: the countries whose place a source names; elsewhere all is unconfirmed. */
export function sovereignPlaces(
  settled: readonly Country[],
  placeOf: (country: Country) => Pick<ServicePlace, 'hosts' | 'audiences' | 'unconfirmed'>,
): Partial<Record<SovereignCloud, ServicePlace>> {
  const places = (['fr', 'de', 'sg'] as const).map((country) => {
    const place = placeOf(country);
    const unconfirmed = settled.includes(country) ? place.unconfirmed : [...place.hosts, ...place.audiences];
    return [`sovereign-${country}`, { ...place, ...(unconfirmed ? { unconfirmed } : {}) }] as const;
  });
  return Object.fromEntries(places);
}
