/**
 * Runs the lab by itself: `node test/lab/main.ts [--port 0] [--host 127.0.0.2] [--ca-folder DIR] [--workspace DIR]`.
 * Prints one `name value` line each for origin, CA file, the practice job's certificate and the practice workspace, then
 * runs until SIGINT or SIGTERM.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createClientCertificate, writeClientCertificate } from './client-certificate.ts';
import { APPS } from './entra-tenant.ts';
import { startLab } from './lab.ts';
import { writePracticeWorkspace } from './practice-workspace.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '0' },
    host: { type: 'string' },
    'ca-folder': { type: 'string' },
    workspace: { type: 'string' },
  },
});

const lab = await startLab({ port: Number(values.port), ...(values.host ? { host: values.host } : {}) });
const temporaryFolder = values['ca-folder'] ? undefined : await mkdtemp(join(tmpdir(), 'why401-lab-'));

// Before anything is printed: whoever reads the lines may stop the lab at once.
process.once('SIGINT', stop);
process.once('SIGTERM', stop);

const caFolder = values['ca-folder'] ?? temporaryFolder ?? tmpdir();
console.log(`origin ${lab.origin}`);
console.log(`ca ${await lab.writeCaFile(caFolder)}`);
const certificate = await createClientCertificate();
lab.signIn.registerCertificate(APPS.nightlyJob, certificate.certPem);
console.log(`certificate ${await writeClientCertificate(caFolder, certificate)}`);
if (values.workspace) console.log(`workspace ${(await writePracticeWorkspace(values.workspace, lab)).folder}`);
console.log('ready');

async function stop(): Promise<void> {
  await lab.stop();
  if (temporaryFolder) await rm(temporaryFolder, { recursive: true, force: true });
}
