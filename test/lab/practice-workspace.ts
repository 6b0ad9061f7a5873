import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { APPS, CONTOSO, FABRIKAM } from './entra-tenant.ts';
import type { Lab } from './lab.ts';
import { type PracticeTokens, tourText } from './practice-tour.ts';

const DAY_SEC = 86_400;
const HOUR_SEC = 3600;

/** The files of a practice workspace, absolute paths when the folder was. */
export interface PracticeWorkspace {
  folder: string;
  tourPath: string;
  settingsPath: string;
}

/** Writes a tour with freshly signed tokens, and profiles for the lab's APIs, into a folder made if missing. */
export async function writePracticeWorkspace(folder: string, lab: Lab): Promise<PracticeWorkspace> {
  const tourPath = join(folder, 'tour.md');
  const settingsPath = join(folder, '.vscode', 'settings.json');
  await mkdir(join(folder, '.vscode'), { recursive: true });
  await writeFile(tourPath, tourText(await mintPracticeTokens(lab), lab.origin));
  await writeFile(settingsPath, `${JSON.stringify(practiceSettings(lab), undefined, 2)}\n`);
  return { folder, tourPath, settingsPath };
}

/** Settings of the practice workspace: one API of one tenant, and one that serves several. */
export function practiceSettings(lab: Pick<Lab, 'origin'>): { 'why401.apis': Record<string, object> } {
  return {
    'why401.apis': {
      'orders-dev': {
        cloud: lab.origin,
        tenant: CONTOSO.domain,
        tokenVersions: [2],
        appId: APPS.ordersApi.id,
        appIdUri: APPS.ordersApi.appIdUri,
        accepts: [{ scopes: ['Orders.Read'] }, { roles: ['Orders.Read.All'] }],
        allowedClients: [APPS.ordersWeb.id, APPS.nightlyJob.id],
      },
      'invoices-multitenant': {
        cloud: lab.origin,
        tenant: 'organizations',
        allowedTenants: [CONTOSO.id, FABRIKAM.id],
        tokenVersions: [2],
        appId: APPS.invoicesApi.id,
        appIdUri: APPS.invoicesApi.appIdUri,
        accepts: [{ scopes: ['Invoices.Read'] }],
        allowedClients: [APPS.ordersWeb.id],
      },
    },
  };
}

/** The tour's tokens. Each holds for a day, so that a tour begun in the morning still works in the evening. */
export async function mintPracticeTokens({ mint }: Lab): Promise<PracticeTokens> {
  const valid = { lifetimeSec: DAY_SEC };
  return {
    good: await mint.accessTokenV2(valid),
    expired: await mint.accessTokenV2({ issuedSecAgo: 3 * HOUR_SEC, lifetimeSec: HOUR_SEC }),
    v1: await mint.accessTokenV1(valid),
    graph: await mint.graphToken(valid),
    id: await mint.idToken(valid),
    otherTenant: await mint.accessTokenV2({ ...valid, tenant: FABRIKAM }),
    multiTenant: await mint.accessTokenV2({
      ...valid,
      tenant: FABRIKAM,
      api: APPS.invoicesApi,
      scopes: ['Invoices.Read'],
    }),
  };
}
