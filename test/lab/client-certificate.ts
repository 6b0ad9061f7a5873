import { createHash, X509Certificate } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** What a confidential client signs its assertions with. Made at run time. */
export interface ClientCertificate {
  certPem: string;
  keyPem: string;
  /** Hexadecimal, upper case. */
  thumbprintSha256: string;
}

const FILE_NAME = 'why401-practice-client.pem';
const DAY_MS = 86_400_000;

export async function createClientCertificate(commonName = 'Why401 practice client'): Promise<ClientCertificate> {
  const { cert, private: keyPem } = await generate([{ name: 'commonName', value: commonName }], {
    notBeforeDate: new Date(Date.now() - DAY_MS),
    notAfterDate: new Date(Date.now() + 30 * DAY_MS),
    keySize: 2048,
    algorithm: 'sha256',
  });
  const { raw } = new X509Certificate(cert);
  const thumbprintSha256 = createHash('sha256').update(raw).digest('hex').toUpperCase();
  return { certPem: cert, keyPem, thumbprintSha256 };
}

/** Writes key and certificate into one PEM file that only this user reads, and returns its path. */
export async function writeClientCertificate(folder: string, certificate: ClientCertificate): Promise<string> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, FILE_NAME);
  await writeFile(path, `${certificate.keyPem.trim()}\n${certificate.certPem.trim()}\n`, { mode: 0o600 });
  return path;
}
