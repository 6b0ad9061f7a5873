import { FAMILIAR_APPS } from '../azure/familiar-apps.ts';
import { knownAudience, readAudience } from '../azure/read-audience.ts';
import { SERVICES, serviceOfApp } from '../azure/service-table.ts';
import { ownMember } from '../own-member.ts';

/**
 * Name of a first-party Microsoft application that users meet, by its id, in any letter case; undefined for any other. Only
 * for naming: whether an application is Microsoft's is for `first-party-apps.ts`.
 */
export function wellKnownAppName(appId: string): string | undefined {
  const id = appId.toLowerCase();
  const service = serviceOfApp(id);
  return service === undefined ? ownMember(FAMILIAR_APPS, id) : SERVICES[service].name;
}

/**
 * Name of the Microsoft API an audience means, by application id or resource URL; undefined for any other audience.
 * Letter case of id and host, trailing slashes and a `spn:` prefix do not matter: Entra issues all of these.
 * Only for naming: a validator compares audiences exactly, and where a token may go is for `token-destination.ts`.
 */
export function microsoftApiOf(audience: string): string | undefined {
  return knownAudience(readAudience(audience))?.name;
}
