import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { generate } from 'selfsigned';
import { APPS } from '../lab/entra-tenant.ts';
import type { Lab } from '../lab/lab.ts';
import { practiceSettingsForSending } from '../lab/practice-workspace.ts';

/** What a user has outside VS Code: a certificate with its key, and a program `az` that says what the test wants. */
export interface OwnFiles {
  certificatePath: string;
  certificatePem: string;
  privateKeyPem: string;
  /** For the server: where `az` is. */
  env: Record<string, string>;
  /** The body of a shell script. */
  installAz(script: string): Promise<void>;
  remove(): Promise<void>;
}

export async function makeOwnFiles(): Promise<OwnFiles> {
  const folder = await mkdtemp(join(tmpdir(), 'why401-own-'));
  const pem = await generate([{ name: 'commonName', value: 'nightly job' }], { keySize: 2048, algorithm: 'sha256' });
  const certificatePath = join(folder, 'job.pem');
  await writeFile(certificatePath, `${pem.cert}\n${pem.private}`, { mode: 0o600 });
  return {
    certificatePath,
    certificatePem: pem.cert,
    privateKeyPem: pem.private,
    // VSCODE_CLI: else VS Code takes PATH from a login shell, as for whoever starts it from the desktop.
    env: { PATH: `${folder}:${process.env.PATH}`, VSCODE_CLI: '1' },
    async installAz(script) {
      const path = join(folder, 'az');
      await writeFile(path, `#!/bin/sh\n${script}\n`);
      await chmod(path, 0o755);
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}

/** The practice profile with the kinds that only the user's own settings may name. */
export function settingsOfAllKinds(lab: Lab, path: string): Record<string, unknown> {
  const settings = practiceSettingsForSending(lab);
  const apis = settings['why401.apis'] as Record<string, { identities?: Record<string, object> }>;
  const scopes = [`${APPS.ordersApi.appIdUri}/.default`];
  const identities = {
    ...apis['orders-dev']?.identities,
    'job certificate': { signIn: 'clientCertificate', clientId: APPS.nightlyJob.id, scopes, certificate: { path } },
    az: { signIn: 'azureCli', scopes: [`${APPS.ordersApi.appIdUri}/Orders.Read`] },
  };
  return {
    ...settings,
    'why401.apis': { 'orders-dev': { ...apis['orders-dev'], identities } },
  };
}
