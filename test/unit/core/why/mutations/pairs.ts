import { APPS, FABRIKAM } from '../../../../lab/entra-tenant.ts';
import type { Lab } from '../../../../lab/lab.ts';
import { APP_ROWS } from './app-rows.ts';
import { APP_SERVICE_ROWS } from './app-service-rows.ts';
import type { CallName } from './calls.ts';
import { GATEWAY_ROWS } from './gateway-rows.ts';
import type { Mutation } from './mutation.ts';
import { SERVICE_ROWS } from './service-rows.ts';

/** Two facts changed: the one that is met first, then the other. */
export interface Pair {
  call: CallName;
  first: Mutation;
  second: Mutation;
  /** Both are faults of one token: in which order one gate looks at them is its own business. */
  isOneGate?: true;
}

const ROWS = [...GATEWAY_ROWS, ...APP_SERVICE_ROWS, ...APP_ROWS, ...SERVICE_ROWS];

export const PAIRS: readonly Pair[] = [
  ...pairs('gateway', 'no subscription key', [
    'no token',
    'a header that is not a bearer’s',
    'an expired token',
    'a token of the future',
    'a token for another API',
    'a Graph token',
    'a v1 token',
    'a token of another tenant',
    'a token without the scope',
    'an app-only token',
    'what is no token',
    'the policy lists the audience with api://',
    'a header is demanded',
    'the gateway’s identity comes first',
  ]),
  ...pairs('gateway', 'an invented subscription key', ['no token', 'an expired token', 'a token of another tenant']),
  ...pairs('gateway', 'the key under another name', ['an expired token', 'no token']),
  ...pairs('gateway', 'a path that is no operation', ['no subscription key', 'an expired token']),
  ...pairs('gateway', 'a header is demanded', ['no token', 'an expired token', 'a token for another API']),
  ...pairs('entra', 'an expired token', ['the policy lists another client']),
  ...pairs('functions', 'the app is stopped', [
    'no key',
    'only another address is let in',
    'a client certificate is demanded',
  ]),
  ...pairs('functions', 'only another address is let in', ['no key', 'a client certificate is demanded']),
  ...pairs('functions', 'a client certificate is demanded', ['no key']),
  ...pairs('easyAuth', 'the app is stopped', ['no token', 'an expired token', 'a client that is not listed']),
  ...pairs('easyAuth', 'an expired token', [
    'only tokens the app itself got are let in',
    'only somebody else is let in',
  ]),
  ...pairs('easyAuth', 'a token of another tenant', ['only tokens the app itself got are let in']),
  ...pairs('easyAuthWithKey', 'an expired token', ['no key'], 'easyAuth'),
  ...pairs('easyAuthWithKey', 'no token', ['no key'], 'easyAuth'),
  ...pairs('easyAuthWithKey', 'only tokens the app itself got are let in', ['no key'], 'easyAuth'),
  tokenPair(
    'gateway',
    'an expired token without the scope',
    ({ mint }) => mint.accessTokenV2({ ...OLD, scopes: ['Orders.Ping'] }),
    ['token-expired', 'apim-required-claim-mismatch'],
  ),
  tokenPair(
    'gateway',
    'an expired token of another tenant',
    ({ mint }) => mint.accessTokenV2({ ...OLD, tenant: FABRIKAM }),
    ['token-expired', 'issuer-wrong-tenant'],
  ),
  tokenPair(
    'aspnet',
    'an expired token without the scope',
    ({ mint }) => mint.accessTokenV2({ ...OLD, scopes: ['Orders.Ping'] }),
    ['token-expired', 'scope-missing'],
  ),
  tokenPair(
    'aspnet',
    'a token of another tenant without the scope',
    ({ mint }) => mint.accessTokenV2({ tenant: FABRIKAM, scopes: ['Orders.Ping'] }),
    ['issuer-wrong-tenant', 'scope-missing'],
  ),
  tokenPair(
    'jose',
    'an expired token without the scope',
    ({ mint }) => mint.accessTokenV2({ ...OLD, scopes: ['Orders.Ping'] }),
    ['token-expired', 'scope-missing'],
  ),
  tokenPair(
    'easyAuth',
    'an expired token of a client that is not listed',
    ({ mint }) => mint.accessTokenV2({ api: APPS.ordersEasyAuth, ...OLD, client: APPS.practiceClient }),
    ['token-expired', 'easyauth-client-not-allowed'],
  ),
];

const OLD = { issuedSecAgo: 9000, lifetimeSec: 3600 };

function pairs(call: CallName, first: string, seconds: readonly string[], rowsOf: CallName = call): Pair[] {
  return seconds.map((second) => ({
    call,
    first: rowOf(rowsOf, first),
    second: ROWS.find((row) => row.call === call && row.change === second) ?? rowOf(rowsOf, second),
  }));
}

function rowOf(call: CallName, change: string): Mutation {
  const row = ROWS.find((candidate) => candidate.call === call && candidate.change === change);
  if (!row) throw new Error(`${call}: ${change}`);
  return row;
}

/** Both faults are in one token. */
function tokenPair(
  call: CallName,
  change: string,
  token: (lab: Lab) => Promise<string>,
  [first, second]: readonly [Mutation['cause'], Mutation['cause']],
): Pair {
  return {
    call,
    isOneGate: true,
    first: {
      call,
      change,
      cause: first,
      mutate: async (draft, lab) => {
        draft.token = await token(lab);
      },
    },
    second: { call, change: second, cause: second, mutate: () => undefined },
  };
}
