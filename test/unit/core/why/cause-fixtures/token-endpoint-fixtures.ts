import type { CauseId } from '../../../../../src/core/gates/cause-id.ts';
import type { JsonObject } from '../../../../../src/core/token/token.ts';
import * as at from '../../entra-fixture.ts';
import { answerOf, type CauseFixture, callOf, type Scene, scene } from './fixture-parts.ts';

const TOKEN_URL = `${at.LOGIN}/${at.TENANT}/oauth2/v2.0/token`;

function refused(
  number: number,
  error: string,
  message = 'no',
  parts: { url?: string; assertion?: object } = {},
): Scene {
  const { url = TOKEN_URL, assertion } = parts;
  const bodyToken = assertion && {
    token: { header: ('nonce' in assertion ? { nonce: 'n' } : {}) as JsonObject, payload: assertion as JsonObject },
    ...{ partial: false, signatures: {} },
  };
  const call = callOf(url, { method: 'POST', body: 'client_id=c', ...(bodyToken ? { bodyToken } : {}) });
  const description = `AADSTS${number}: ${message} Trace ID: t`;
  return scene(call, answerOf(400, { error, error_description: description, error_codes: [number] }));
}

const resource = (name: string, url?: string) =>
  refused(500011, 'invalid_resource', `The resource principal named ${name} was not found in the tenant named t.`, {
    ...(url ? { url } : {}),
  });
const unknownApp = refused(700016, 'unauthorized_client');
const invalidSecret = refused(7000215, 'invalid_client');
const expiredSecret = refused(7000222, 'invalid_client');
const unknownCertificate = refused(700027, 'invalid_client');
const assertionTime = refused(700024, 'invalid_client');
const consent = refused(65001, 'invalid_grant');
const notAssigned = refused(50105, 'invalid_grant');
const policy = refused(53003, 'invalid_grant');
const oboAudience = refused(
  500131,
  'invalid_grant',
  "Assertion audience does not match. The audience in the assertion was 'api://a' and the expected audience is 'b'.",
);
const oboSignature = refused(50013, 'invalid_grant', 'Assertion failed signature validation.', {
  assertion: { aud: '00000003-0000-0000-c000-000000000000', nonce: 'in the header' },
});
const oboKind = refused(240002, 'invalid_request');
const IMDS =
  'http://169.254.169.254/metadata/identity/oauth2/token?api-version=2018-02-01&resource=https://management.azure.com/';

/** Causes met where tokens are got. */
export const TOKEN_ENDPOINT_FIXTURES = {
  'aadsts-500011-resource-not-found': {
    positive: resource('api://orderz'),
    lookAlike: resource(
      'https://management.azure.com/',
      `https://login.microsoftonline.us/${at.TENANT}/oauth2/v2.0/token`,
    ),
    instead: 'token-from-other-cloud',
  },
  'aadsts-700016-app-not-found': {
    positive: unknownApp,
    lookAlike: resource('api://orderz'),
    instead: 'aadsts-500011-resource-not-found',
  },
  'aadsts-7000215-invalid-secret': {
    positive: invalidSecret,
    lookAlike: expiredSecret,
    instead: 'aadsts-7000222-secret-expired',
  },
  'aadsts-7000222-secret-expired': {
    positive: expiredSecret,
    lookAlike: invalidSecret,
    instead: 'aadsts-7000215-invalid-secret',
  },
  'aadsts-700027-certificate-not-registered': {
    positive: unknownCertificate,
    lookAlike: assertionTime,
    instead: 'aadsts-700024-assertion-time-range',
  },
  'aadsts-700024-assertion-time-range': {
    positive: assertionTime,
    lookAlike: unknownCertificate,
    instead: 'aadsts-700027-certificate-not-registered',
  },
  'aadsts-700213-federated-credential-mismatch': {
    positive: refused(
      700213,
      'invalid_client',
      "No matching federated identity record found for presented assertion subject 'repo:a/b:ref:refs/heads/main'.",
    ),
    lookAlike: assertionTime,
    instead: 'aadsts-700024-assertion-time-range',
  },
  'aadsts-client-type-mismatch': {
    positive: refused(7000218, 'invalid_client'),
    lookAlike: invalidSecret,
    instead: 'aadsts-7000215-invalid-secret',
  },
  'aadsts-70011-invalid-scope': {
    positive: refused(70011, 'invalid_scope'),
    lookAlike: resource('api://orderz'),
    instead: 'aadsts-500011-resource-not-found',
  },
  'aadsts-90009-self-token-needs-guid': {
    positive: refused(90009, 'invalid_request'),
    lookAlike: resource('api://orderz'),
    instead: 'aadsts-500011-resource-not-found',
  },
  'aadsts-50105-not-assigned': { positive: notAssigned, lookAlike: consent, instead: 'consent-required' },
  'aadsts-50020-user-not-in-tenant': {
    positive: refused(50020, 'invalid_grant'),
    lookAlike: unknownApp,
    instead: 'aadsts-700016-app-not-found',
  },
  'refresh-token-expired': {
    positive: refused(700082, 'invalid_grant'),
    lookAlike: policy,
    instead: 'conditional-access',
  },
  'consent-required': { positive: consent, lookAlike: notAssigned, instead: 'aadsts-50105-not-assigned' },
  'conditional-access': { positive: policy, lookAlike: consent, instead: 'consent-required' },
  'managed-identity-not-found': {
    positive: scene(
      callOf(IMDS, { headers: { Metadata: 'true' } }),
      answerOf(400, { error: 'invalid_request', error_description: 'Identity not found' }),
    ),
    lookAlike: unknownApp,
    instead: 'aadsts-700016-app-not-found',
  },
  'obo-assertion-wrong-audience': {
    positive: oboAudience,
    lookAlike: oboSignature,
    instead: 'obo-assertion-signature-invalid',
  },
  'obo-assertion-signature-invalid': {
    positive: oboSignature,
    lookAlike: oboAudience,
    instead: 'obo-assertion-wrong-audience',
  },
  'obo-assertion-wrong-token-type': {
    positive: oboKind,
    lookAlike: oboAudience,
    instead: 'obo-assertion-wrong-audience',
  },
} satisfies Partial<Record<CauseId, CauseFixture>>;
