import { randomBytes } from 'node:crypto';
import { mkdir, writeFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { join } from 'node:path';
import { generate } from 'selfsigned';

/** A certificate with its private key, both PEM, held in memory only. */
export interface ServerCertificate {
  certPem: string;
  keyPem: string;
}

/** A certificate authority made at run time. Its private key never leaves memory, so its trust ends with the process. */
export interface CertificateAuthority {
  /** The authority's certificate, PEM: what `ca` of `node:https` and NODE_EXTRA_CA_CERTS want. */
  caPem: string;
  /** Signs a server certificate for these host names and IP addresses. */
  issueServerCertificate(hosts: readonly string[]): Promise<ServerCertificate>;
  /** Writes the certificate (never the key) into a folder, made if missing, and returns the file's path. */
  writeCaFile(folder: string): Promise<string>;
}

const CA_FILE_NAME = 'why401-lab-ca.pem';
const LIFETIME_DAYS = 30;
const MS_PER_DAY = 86_400_000;
/** Tolerates a browser whose clock runs behind. */
const BACKDATE_MS = 3_600_000;

export async function createCertificateAuthority(): Promise<CertificateAuthority> {
  // A name of its own: who trusts two labs would else be offered the certificate of the wrong one.
  const commonName = `Why401 practice lab CA ${randomBytes(4).toString('hex')}`;
  const authority = await generate([{ name: 'commonName', value: commonName }], {
    ...validity(),
    keyType: 'ec',
    algorithm: 'sha256',
    extensions: [
      { name: 'basicConstraints', cA: true, pathLenConstraint: 0, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const caPem = withFinalNewline(authority.cert);

  return {
    caPem,
    async issueServerCertificate(hosts) {
      const server = await generate([{ name: 'commonName', value: hosts[0] ?? 'localhost' }], {
        ...validity(),
        keyType: 'ec',
        algorithm: 'sha256',
        ca: { cert: authority.cert, key: authority.private },
        extensions: [
          { name: 'basicConstraints', cA: false, critical: true },
          { name: 'keyUsage', digitalSignature: true, critical: true },
          { name: 'extKeyUsage', serverAuth: true },
          { name: 'subjectAltName', altNames: hosts.map(altNameOf) },
        ],
      });
      return { certPem: withFinalNewline(server.cert), keyPem: server.private };
    },
    async writeCaFile(folder) {
      await mkdir(folder, { recursive: true });
      const path = join(folder, CA_FILE_NAME);
      await writeFile(path, caPem);
      return path;
    },
  };
}

function validity(): { notBeforeDate: Date; notAfterDate: Date } {
  const nowMs = Date.now();
  return {
    notBeforeDate: new Date(nowMs - BACKDATE_MS),
    notAfterDate: new Date(nowMs + LIFETIME_DAYS * MS_PER_DAY),
  };
}

// GeneralName tags of RFC 5280 §4.2.1.6: an IP written as a DNS name is not matched by any client.
function altNameOf(host: string): { type: 2; value: string } | { type: 7; ip: string } {
  return isIP(host) ? { type: 7, ip: host } : { type: 2, value: host };
}

function withFinalNewline(pem: string): string {
  return `${pem.trimEnd()}\n`;
}
