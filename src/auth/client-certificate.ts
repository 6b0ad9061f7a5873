import { constants, createPrivateKey, type KeyObject, randomUUID, sign, X509Certificate } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { isAbsolute } from 'node:path';
import { NotReady } from './not-ready.ts';

/** Proves who the client is, without sending a secret: a signed statement for one token endpoint (RFC 7523 §3). */
export type SignAssertion = (clientId: string, audience: string) => string;

const LIFE_SEC = 600;
const MAX_BYTES = 1024 * 1024;
const LEAST_KEY_BITS = 2048;

/**
 * Reads a PEM file with a certificate, its private key and perhaps the certificates above it. Signs as Entra wants it:
 * PS256, with the certificate's SHA-256 thumbprint, and the chain for applications that trust by subject name and issuer.
 * (https://learn.microsoft.com/entra/identity-platform/certificate-credentials)
 */
export async function readClientCertificate(path: string, nowMs: number): Promise<SignAssertion> {
  const pem = await readPem(path);
  const chain = certificatesIn(pem);
  const [leaf] = chain;
  const key = privateKeyIn(pem);
  if (!leaf || !key) throw new NotReady('certificateWithoutKey');
  const details = key.asymmetricKeyDetails;
  if (key.asymmetricKeyType !== 'rsa' || (details?.modulusLength ?? 0) < LEAST_KEY_BITS) {
    throw new NotReady('certificateKeyKind');
  }
  if (!leaf.checkPrivateKey(key)) throw new NotReady('certificateKeyMismatch');
  if (nowMs < Date.parse(leaf.validFrom) || nowMs > Date.parse(leaf.validTo)) {
    throw new NotReady('certificateExpired', `It is valid from ${leaf.validFrom} to ${leaf.validTo}.`);
  }
  const header = {
    alg: 'PS256',
    typ: 'JWT',
    'x5t#S256': Buffer.from(leaf.fingerprint256.replaceAll(':', ''), 'hex').toString('base64url'),
    x5c: chain.map(({ raw }) => raw.toString('base64')),
  };
  return (clientId, audience) => signedStatement(header, clientId, audience, key);
}

function signedStatement(header: object, clientId: string, audience: string, key: KeyObject): string {
  const nowSec = Math.floor(Date.now() / 1000);
  const payload = {
    aud: audience,
    iss: clientId,
    sub: clientId,
    jti: randomUUID(),
    nbf: nowSec,
    exp: nowSec + LIFE_SEC,
  };
  const text = [header, payload].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  const padding = constants.RSA_PKCS1_PSS_PADDING;
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST;
  return `${text}.${sign('sha256', Buffer.from(text), { key, padding, saltLength }).toString('base64url')}`;
}

async function readPem(path: string): Promise<string> {
  if (!isAbsolute(path)) throw new NotReady('certificateNotReadable');
  const pem = await readFile(path).catch(() => undefined);
  if (!pem || pem.length > MAX_BYTES) throw new NotReady('certificateNotReadable');
  return pem.toString('latin1');
}

function certificatesIn(pem: string): X509Certificate[] {
  try {
    return blocksIn(pem, 'CERTIFICATE').map((block) => new X509Certificate(block));
  } catch {
    return [];
  }
}

function privateKeyIn(pem: string): KeyObject | undefined {
  try {
    const [block = ''] = [...blocksIn(pem, 'PRIVATE KEY'), ...blocksIn(pem, 'RSA PRIVATE KEY')];
    return createPrivateKey(block);
  } catch {
    return undefined;
  }
}

/** The blocks of a PEM file under one label, with their marks (RFC 7468 §2). */
function blocksIn(pem: string, label: string): string[] {
  const begin = `-----BEGIN ${label}-----`;
  const end = `-----END ${label}-----`;
  return pem.split(begin).flatMap((text, index) => {
    const length = text.indexOf(end);
    return index === 0 || length < 0 ? [] : [begin + text.slice(0, length) + end];
  });
}
