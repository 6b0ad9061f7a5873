import { FAMILIAR_APPS } from './familiar-apps.ts';
import { FIRST_PARTY_LIST } from './first-party-list.ts';
import { SERVICES, serviceOfApp } from './service-table.ts';

/**
 * Applications of Microsoft's own that are no service of the table, by id in lower case: those a user meets, and all that
 * the public lists have. Loaded with what decides about tokens and sign-in; for naming alone there is `familiar-apps.ts`.
 */
export const FIRST_PARTY_APPS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(FIRST_PARTY_LIST.split('\n').map((line) => [line.slice(0, 36), line.slice(37)])),
  ...FAMILIAR_APPS,
};

/** Listed somewhere as one of Microsoft's, under no name that is certain. */
const UNNAMED: readonly string[] = [
  'c8623e40-e6ab-4d2b-b123-2ca193542c65',
  'c26550d6-bc82-4484-82ca-ac1c75308ca3',
  '61350e1d-1b87-4cb6-a6f8-480cd74278ea',
  '8be96db4-55f3-4e06-83f1-0216ad47fa8a',
  '0d973830-135d-4ffa-92cd-4c57650dc220',
];

/** `00000003-0000-0000-c000-000000000000` and its like: ids of the first days, which only Microsoft has. */
const OF_THE_FIRST_DAYS = /^0{4}[0-9a-f]{4}-0000-(?:0000-c000|0ff1-ce00)-0{12}$/;

/** True for the id, in lower case, of an application of Microsoft's, as a client or as an API. */
export function isFirstPartyApp(id: string): boolean {
  return (
    serviceOfApp(id) !== undefined ||
    Object.hasOwn(FIRST_PARTY_APPS, id) ||
    UNNAMED.includes(id) ||
    OF_THE_FIRST_DAYS.test(id)
  );
}

/** The name of the application of Microsoft's with this id, in any letter case; undefined where it is none. */
export function firstPartyAppName(appId: string): string | undefined {
  const id = appId.toLowerCase();
  if (!isFirstPartyApp(id)) return undefined;
  const service = serviceOfApp(id);
  if (service !== undefined) return SERVICES[service].name;
  return Object.hasOwn(FIRST_PARTY_APPS, id) ? FIRST_PARTY_APPS[id] : `Microsoft's application ${id}`;
}
