import { createHash, X509Certificate } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { EntraFailure } from '../entra-reply.ts';
import { FAILURES } from './failures.ts';
import type { ClientRegistration } from './registrations.ts';

/** How a client showed who it is: `azpacr` of the tokens it gets. */
export type ClientProof = '0' | '1' | '2';

const ASSERTION_TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';

/** MSAL rounds `nbf`, and clocks differ. */
const CLOCK_TOLERANCE_SEC = 300;

export interface ClientCredentials {
  secret?: string;
  assertion?: string;
  assertionType?: string;
}

/** The credentials in a request: in the form, or as HTTP Basic (RFC 6749 §2.3.1). */
export function credentialsIn(form: URLSearchParams, authorization: string | undefined): ClientCredentials {
  const basic = /^basic +(\S+)$/i.exec(authorization ?? '')?.[1];
  const [, basicSecret] = basic ? Buffer.from(basic, 'base64').toString('utf8').split(/:(.*)/s) : [];
  const secret = form.get('client_secret') ?? (basicSecret === undefined ? null : decodeURIComponent(basicSecret));
  const assertion = form.get('client_assertion');
  return {
    ...(secret === null ? {} : { secret }),
    ...(assertion === null ? {} : { assertion }),
    assertionType: form.get('client_assertion_type') ?? '',
  };
}

/** Judges what a client presents. `audiences`: what its assertion may be made out to. */
export function authenticate(
  client: ClientRegistration,
  { secret, assertion, assertionType }: ClientCredentials,
  { audiences, nowMs }: { audiences: readonly string[]; nowMs: number },
): ClientProof | EntraFailure {
  if (assertion !== undefined) {
    if (assertionType !== ASSERTION_TYPE) return FAILURES.assertionMalformed();
    return faultOfAssertion(client, assertion, audiences, nowMs) ?? '2';
  }
  if (secret === undefined) return '0';
  const known = client.secrets.find(({ value }) => value === secret);
  if (!known) return FAILURES.wrongSecret(client);
  return known.expiresAtMs !== undefined && nowMs >= known.expiresAtMs ? FAILURES.expiredSecret(client) : '1';
}

function faultOfAssertion(
  client: ClientRegistration,
  assertion: string,
  audiences: readonly string[],
  nowMs: number,
): EntraFailure | undefined {
  const decoded = jwt.decode(assertion, { complete: true });
  if (!decoded || typeof decoded.payload === 'string') return FAILURES.assertionMalformed();
  const header = decoded.header as jwt.JwtHeader & { 'x5t#S256'?: string };
  const sha256 = header['x5t#S256'];
  const thumbprint = Buffer.from(sha256 ?? header.x5t ?? '', 'base64url')
    .toString('hex')
    .toUpperCase();
  const certificate = client.certificates
    .map((pem) => new X509Certificate(pem))
    .find(({ raw }) => thumbprintOf(raw, sha256 === undefined ? 'sha1' : 'sha256') === thumbprint);
  if (!certificate) return FAILURES.assertionKeyUnknown(thumbprint);

  const { iss, sub } = decoded.payload;
  try {
    jwt.verify(assertion, certificate.publicKey, {
      algorithms: [sha256 === undefined ? 'RS256' : 'PS256'],
      clockTimestamp: Math.floor(nowMs / 1000),
      clockTolerance: CLOCK_TOLERANCE_SEC,
      audience: [...audiences] as [string, ...string[]],
    });
  } catch (error) {
    return failureOf(error as Error);
  }
  if (iss !== sub) return FAILURES.assertionSubjectDiffers();
  return iss?.toLowerCase() === client.app.id ? undefined : FAILURES.assertionOfOtherClient();
}

function failureOf({ name, message }: Error): EntraFailure {
  if (name === 'TokenExpiredError' || name === 'NotBeforeError') return FAILURES.assertionOutOfTime();
  if (message.startsWith('jwt audience invalid')) return FAILURES.assertionAudienceWrong();
  return message === 'invalid signature' ? FAILURES.assertionSignatureWrong() : FAILURES.assertionMalformed();
}

function thumbprintOf(certificate: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(certificate).digest('hex').toUpperCase();
}
