import { knownAudience, readAudience } from '../azure/audience.ts';
import { FIRST_PARTY_APPS } from '../azure/first-party-apps.ts';
import { SERVICES, serviceOfApp } from '../azure/service-table.ts';
import { ownMember } from '../own-member.ts';

/** Name of a first-party Microsoft application by its id, in any letter case; undefined for any other. */
export function wellKnownAppName(appId: string): string | undefined {
  const id = appId.toLowerCase();
  const service = serviceOfApp(id);
  return service === undefined ? ownMember(FIRST_PARTY_APPS, id) : SERVICES[service].name;
}

/**
 * Name of the Microsoft API an audience means, by application id or resource URL; undefined for any other audience.
 * Letter case of id and host, trailing slashes and a `spn:` prefix do not matter: Entra issues all of these.
 * Only for naming: a validator compares audiences exactly, and where a token may go is for `token-destination.ts`.
 */
export function microsoftApiOf(audience: string): string | undefined {
  return knownAudience(readAudience(audience))?.name;
}
