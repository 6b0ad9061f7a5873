import { PUBLIC_LOGIN } from '../../azure/login-hosts.ts';
import { askForOwnApi } from '../own-scope.ts';
import {
  always,
  type CauseFacts,
  type CauseFix,
  type CauseText,
  call,
  client,
  learn,
  rfc,
  signIn,
  target,
} from './cause-words.ts';

/** What is mended here is mended in no policy. */
export const API_MANIFEST = 'Azure portal › App registrations › the API › Manifest';
const CLIENT_SCOPES = 'the client’s code: the scopes it asks for';
const AUTHORIZATION = 'the Authorization header of the request';
const TOKENS = learn('entra/identity-platform/access-tokens');
const CLAIMS = learn('entra/identity-platform/access-token-claims-reference');

const FRESH = call(
  'Get a fresh token and send the call again; a client library such as MSAL does it before each call.',
  AUTHORIZATION,
  undefined,
  { type: 'freshToken' },
);
const BYTE_FOR_BYTE = call(
  'Send the access_token field of the token response, byte for byte.',
  AUTHORIZATION,
  undefined,
  { type: 'chooseToken' },
);

function ownApi({ ownScope, serviceScope, service }: CauseFacts): CauseFix {
  if (serviceScope !== undefined)
    return client(
      `Ask for ${serviceScope}, the scope of the service that is called.`,
      CLIENT_SCOPES,
      serviceScope,
      signIn({ scope: serviceScope }),
    );
  if (service)
    return client('Ask for the scope of the service that is called; its own documentation names it.', CLIENT_SCOPES);
  return client(
    askForOwnApi(ownScope),
    CLIENT_SCOPES,
    ownScope ?? 'api://<application id of the API>/.default',
    signIn({ scope: ownScope }),
  );
}

function setVersion(version: 1 | 2): CauseFix {
  return target(
    `Set api.requestedAccessTokenVersion to ${version} in the manifest of the API’s registration, then get a new token.`,
    API_MANIFEST,
    `"requestedAccessTokenVersion": ${version}`,
  );
}

const VALIDATOR_ISSUER = 'the API’s validator: metadata address and accepted issuers';
const VERSION_MEANS = 'They differ in issuer and audience; the API’s registration decides.';

const VERSION_TEXTS: Record<'v1' | 'v2' | 'unknown', Omit<CauseText, 'source'>> = {
  v1: {
    title: 'The token is v1, the API accepts v2',
    means: VERSION_MEANS,
    fixes: [
      setVersion(2),
      target('Or let the API use the metadata and issuer of v1 tokens as well.', VALIDATOR_ISSUER),
    ],
  },
  v2: {
    title: 'The token is v2, the API accepts v1',
    means: VERSION_MEANS,
    fixes: [
      target(
        'Let the API use the metadata and issuer of v2 tokens, and accept its application id as audience.',
        VALIDATOR_ISSUER,
      ),
      setVersion(1),
    ],
  },
  unknown: {
    title: 'The token has another version',
    means: 'The right tenant, but a v1 issuer where v2 is expected, or the reverse.',
    fixes: [
      setVersion(2),
      target('Or let the API use the metadata and issuer of the version its tokens have.', VALIDATOR_ISSUER),
    ],
  },
};

/** What is wrong with the token itself: presence, form, time, signature, audience, issuer, kind. */
export const TOKEN_CAUSES = {
  'missing-token': ({ ownScope, challenge }: CauseFacts) => ({
    title: 'No token in the request',
    means: challenge
      ? 'A vault answers every client’s first call so, and names the tenant and the resource to ask for: normal, when a call with a token follows.'
      : 'The call carries no bearer token: none was set, or a proxy or redirect removed it.',
    source: challenge ? learn('azure/key-vault/general/authentication-requests-and-responses') : rfc(6750, '2.1'),
    fixes: [
      challenge
        ? call(
            `Get a token for ${challenge.resource} where the challenge says, and send it as Authorization: Bearer <token>.`,
            AUTHORIZATION,
            `${challenge.resource}/.default`,
            { type: 'followChallenge', ...challenge },
          )
        : call(
            `Get a token ${ownScope === undefined ? 'for this API' : `with the scope ${ownScope}`} and send it as Authorization: Bearer <token>.`,
            AUTHORIZATION,
            undefined,
            signIn({ scope: ownScope }),
          ),
    ],
  }),
  'bearer-prefix-missing': always(
    'The header is not “Bearer <token>”',
    'A credential is there, but not in the form a bearer check reads.',
    rfc(6750, '2.1'),
    [
      call('Send exactly one Authorization header: the word Bearer, one blank, one token.', AUTHORIZATION, undefined, {
        type: 'chooseToken',
      }),
    ],
  ),
  'token-malformed': always(
    'The token cannot be read',
    'What follows Bearer is no whole token: cut off, encoded once more, or something else.',
    rfc(7515, '3.1'),
    [BYTE_FOR_BYTE],
  ),
  'token-expired': always('The token has expired', 'Its exp lies in the past.', rfc(7519, '4.1.4'), [FRESH]),
  'token-not-yet-valid': always(
    'The token is not valid yet',
    'Its nbf lies in the future for the clock of whoever checks it.',
    rfc(7519, '4.1.5'),
    [
      target(
        'Set the clock of the machine that checks the token; WSL and virtual machines drift.',
        'the API’s machine',
      ),
      target('Or allow a few minutes of clock skew, as most validators do.', 'the API’s validator: clock skew'),
    ],
  ),
  'signature-tampered': always(
    'The signature does not fit',
    'The token was changed after it was signed, or re-encoded.',
    rfc(7515, '5.2'),
    [BYTE_FOR_BYTE],
  ),
  'signing-key-not-found': ({ service }: CauseFacts) => ({
    title: 'The signing key is not known',
    means: 'The validator has no key with the token’s kid: other tenant, policy or cloud, or stale keys.',
    source: learn('entra/identity-platform/signing-key-rollover'),
    fixes: service
      ? [call('Send the call again in a moment: the service fetches the keys itself.', 'the client’s code: retry')]
      : [
          target(
            'Point the API’s metadata to the authority that issued the token; restart it if its keys are stale.',
            'the API’s validator: authority or metadata address',
          ),
        ],
  }),
  'graph-nonce-token': (facts: CauseFacts) => ({
    title: 'A Microsoft Graph token was sent',
    means: 'Its header carries a nonce: only Microsoft Graph can check such a token.',
    source: TOKENS,
    fixes: [ownApi(facts)],
  }),
  'aud-is-graph': (facts: CauseFacts) => ({
    title: 'The token is for Microsoft Graph',
    means: 'Its audience is Graph, not your API.',
    source: TOKENS,
    fixes: [ownApi(facts)],
  }),
  'aud-mismatch': (facts: CauseFacts) => ({
    title: 'The token is for another API',
    means: facts.expectedAudience
      ? `It is for ${facts.audience ?? 'another resource'}; expected is ${facts.expectedAudience}.`
      : 'Its aud names another resource than the one called.',
    source: CLAIMS,
    fixes: [ownApi(facts)],
  }),
  'aud-clientid-vs-appiduri': ({ audience }: CauseFacts) => ({
    title: 'The audience is spelt another way',
    means: 'The right API, but its id where its App ID URI is expected, or the reverse.',
    source: CLAIMS,
    fixes: [
      target(
        'Let the API accept the form its tokens have, beside the one it has now.',
        'the API’s validator: list of audiences',
        audience,
      ),
      target('Or choose one token version: v2 tokens always carry the id, v1 tokens the App ID URI.', API_MANIFEST),
    ],
  }),
  'issuer-v1-v2-mismatch': ({ tokenVersion }: CauseFacts) => ({
    ...VERSION_TEXTS[tokenVersion ?? 'unknown'],
    source: TOKENS,
  }),
  'issuer-wrong-tenant': ({ tenant }: CauseFacts) => ({
    title: 'The token comes from another tenant',
    means: 'Its issuer is not a tenant the API accepts.',
    source: TOKENS,
    fixes: [
      client(
        'Sign in to the tenant of the API: the authority of the client decides, and “common” may give another.',
        'the client’s code: authority',
        `${PUBLIC_LOGIN}/${tenant ?? '<tenant of the API>'}`,
        signIn({ tenant }),
      ),
      target('If the API is meant for several tenants, list those it accepts.', VALIDATOR_ISSUER),
    ],
  }),
  'issuer-not-accepted': always(
    'The issuer is not accepted',
    'Nobody the API trusts issued this token.',
    rfc(7519, '4.1.1'),
    [client('Get the token from the authority the API trusts.', 'the client’s code: authority')],
  ),
  'token-from-other-cloud': always(
    'Two clouds are mixed',
    'Authority, resource and endpoint belong to different Azure clouds.',
    learn('entra/identity-platform/authentication-national-cloud'),
    [
      client(
        'Use the login host, the scope and the endpoint of one cloud.',
        'the client’s code: authority, scope and endpoint',
      ),
    ],
  ),
  'id-token-instead-of-access-token': always(
    'An ID token was sent',
    'It tells the client who signed in; APIs take access tokens.',
    learn('entra/identity-platform/id-tokens'),
    [BYTE_FOR_BYTE],
  ),
  'algorithm-not-accepted': always(
    'The token is not signed as it must be',
    'Its algorithm is none, shared-secret, or does not belong to the key.',
    rfc(8725, '3.1'),
    [client('Use a token that the tenant has issued.', 'the client’s code: where the token comes from')],
  ),
};
