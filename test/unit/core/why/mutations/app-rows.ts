import { APPS, CONTOSO, FABRIKAM } from '../../../../lab/entra-tenant.ts';
import type { Lab } from '../../../../lab/lab.ts';
import { TOKEN_FAULTS } from '../../../../lab/token-faults.ts';
import type { CallName } from './calls.ts';
import { type Mutation, tokenMutations, withoutToken } from './mutation.ts';

const MAY_NOT = ['scope-missing', 'role-missing', 'app-unspecified'] as const;
const ANY = { alike: ['app-unspecified'] } as const;

export const APP_ROWS: readonly Mutation[] = [
  ...(['aspnet', 'jose', 'pyjwt', 'ownCheck'] as const).flatMap(usualFaults),
  ...tokenMutations('identityWeb', [
    ['neither scope nor role', ({ mint }) => mint.appOnlyToken({ roles: [] }), 'role-missing'],
    ['another scope', ({ mint }) => TOKEN_FAULTS.missingScope(mint), 'scope-missing', { status: 403 }],
  ]),
  ...tokenMutations('handWritten', [
    [
      'no scope, said as 401',
      ({ mint }) => TOKEN_FAULTS.missingScope(mint),
      'scope-missing',
      { alike: ['app-unspecified'] },
    ],
  ]),
  ...tokenMutations('groups', [
    [
      'more groups than fit',
      ({ mint }) =>
        mint.accessTokenV2({
          payload: {
            _claim_names: { groups: 'src1' },
            _claim_sources: { src1: { endpoint: 'https://graph.windows.net/t/users/u/getMemberObjects' } },
          },
        }),
      'groups-overage',
      { status: 403 },
    ],
  ]),
  settings(
    'roles',
    'the app reads another claim type',
    ({ roleClaimType: _, ...rest }) => ({
      ...rest,
      roleClaimType: 'http://schemas.microsoft.com/ws/2008/06/identity/claims/role',
    }),
    'claim-mapping-mismatch',
    403,
    ['app-unspecified', 'role-missing'],
  ),
  settings(
    'aspnet',
    'the pipeline never reads the token',
    (before) => ({ ...before, authenticates: false }),
    'app-pipeline-misconfigured',
    401,
    ['app-unspecified'],
  ),
  settings(
    'aspnet',
    'the tenant’s metadata cannot be fetched',
    (before) => ({ ...before, reachesMetadata: false }),
    'validator-keys-unreachable',
    401,
  ),
  settings(
    'inProcess',
    'the scheme is the host’s',
    (before) => ({ ...before, schemeCollides: true }),
    'functions-bearer-scheme-collision',
    401,
  ),
  {
    change: 'no token',
    call: 'graphql',
    mutate: withoutToken,
    cause: 'graphql-auth-error',
    alike: ['missing-token'],
    status: 200,
  },
  ...tokenMutations('graphql', [
    [
      'no scope',
      ({ mint }) => TOKEN_FAULTS.missingScope(mint),
      'graphql-auth-error',
      { status: 200, alike: ['scope-missing'] },
    ],
  ]),
  settings(
    'allowedClients',
    'another client than the app allows',
    (before) => ({ ...before, allowedClients: [APPS.nightlyJob.id] }),
    'client-not-allowed',
    403,
    MAY_NOT,
  ),
  settings(
    'jose',
    'the app has reasons of its own',
    (before) => ({ ...before, blocked: [CONTOSO.users[0].id] }),
    'app-unspecified',
    403,
  ),
  ...tokenMutations('aspnet', [
    [
      'an unsigned token',
      ({ mint }) => TOKEN_FAULTS.algNone(mint),
      'algorithm-not-accepted',
      { alike: ['signature-tampered'] },
    ],
    [
      'a token signed with the public key',
      ({ mint }) => TOKEN_FAULTS.hs256WithPublicKey(mint),
      'algorithm-not-accepted',
      ANY,
    ],
    [
      'a token of another issuer',
      ({ mint }) => mint.genericToken({ payload: { aud: APPS.ordersApi.id } }),
      'issuer-not-accepted',
      { same: 'signing-key-not-found' },
    ],
  ]),
  {
    change: 'the API has moved',
    call: 'ownCheck',
    mutate: (draft, lab) => {
      draft.url = `${lab.world.moved.origin}/orders`;
    },
    cause: 'authorization-dropped-on-redirect',
  },
  {
    change: 'an address that looks like an attack',
    call: 'frontDoor',
    mutate: (draft) => {
      draft.url += '?q=%3Cscript%3E';
    },
    cause: 'edge-waf-blocked',
    status: 403,
  },
];

/** What every validator refuses, whatever its words. */
function usualFaults(call: CallName): Mutation[] {
  return [
    { change: 'no token', call, mutate: withoutToken, cause: 'missing-token' },
    ...tokenMutations(call, [
      ['an expired token', ({ mint }) => TOKEN_FAULTS.expired(mint), 'token-expired'],
      ['a token of the future', ({ mint }) => TOKEN_FAULTS.notYetValid(mint), 'token-not-yet-valid'],
      ['a token for another API', ({ mint }) => mint.accessTokenV2({ api: APPS.invoicesApi }), 'aud-mismatch', ANY],
      ['a Graph token', ({ mint }) => mint.graphToken(), 'graph-nonce-token', { same: 'aud-is-graph' }],
      [
        'a v1 token',
        ({ mint }) => mint.accessTokenV1(),
        'issuer-v1-v2-mismatch',
        { ...ANY, same: 'aud-clientid-vs-appiduri' },
      ],
      ['a token of another tenant', ({ mint }) => mint.accessTokenV2({ tenant: FABRIKAM }), 'issuer-wrong-tenant', ANY],
      ['a token that was changed', ({ mint }) => TOKEN_FAULTS.tamperedPayload(mint), 'signature-tampered', ANY],
      ['a token of an unknown key', ({ mint }) => TOKEN_FAULTS.unknownKid(mint), 'signing-key-not-found', ANY],
      ['what is no token', () => 'rubbish', 'token-malformed'],
      [
        'another scope',
        ({ mint }) => TOKEN_FAULTS.missingScope(mint),
        'scope-missing',
        { status: 403, alike: MAY_NOT },
      ],
    ]),
  ];
}

function settings(
  call: CallName,
  change: string,
  write: (before: Lab['world']['validators']['settings']) => Lab['world']['validators']['settings'],
  cause: Mutation['cause'],
  status: number,
  alike: Mutation['alike'] = [],
): Mutation {
  return {
    change,
    call,
    cause,
    status,
    alike,
    mutate: (_draft, lab) => void Object.assign(lab.world.validators.settings, write(lab.world.validators.settings)),
  };
}
