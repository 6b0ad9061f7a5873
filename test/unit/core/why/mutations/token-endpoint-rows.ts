import { APPS } from '../../../../lab/entra-tenant.ts';
import type { Lab } from '../../../../lab/lab.ts';
import type { Mutation } from './mutation.ts';

const ON_BEHALF_OF = 'urn:ietf:params:oauth:grant-type:jwt-bearer';

type Form = Record<string, string | undefined>;

export const TOKEN_ENDPOINT_ROWS: readonly Mutation[] = [
  asks('a wrong secret', () => ({ client_secret: 'wrong' }), 'aadsts-7000215-invalid-secret', 401),
  asks('no secret', () => ({ client_secret: undefined }), 'aadsts-client-type-mismatch', 401),
  asks(
    'a client nobody knows',
    () => ({ client_id: APPS.ordersApi.servicePrincipalId }),
    'aadsts-700016-app-not-found',
  ),
  asks('an API nobody knows', () => ({ scope: 'api://nobody/.default' }), 'aadsts-500011-resource-not-found'),
  asks('a scope that is not /.default', () => ({ scope: 'api://orders/Orders.Read' }), 'aadsts-70011-invalid-scope'),
  asks(
    'an assertion for another application',
    async ({ mint }) => onBehalfOf(await mint.accessTokenV2({ api: APPS.invoicesApi })),
    'obo-assertion-wrong-audience',
  ),
  asks(
    'a Graph token as assertion',
    async ({ mint }) => onBehalfOf(await mint.graphToken()),
    'obo-assertion-signature-invalid',
  ),
  asks(
    'an ID token as assertion',
    async ({ mint }) => onBehalfOf(await mint.idToken({ client: APPS.nightlyJob })),
    'obo-assertion-wrong-token-type',
  ),
  ...(
    [
      ['AADSTS7000222', 'aadsts-7000222-secret-expired'],
      ['AADSTS700024', 'aadsts-700024-assertion-time-range'],
      ['AADSTS700027', 'aadsts-700027-certificate-not-registered'],
      ['AADSTS700213', 'aadsts-700213-federated-credential-mismatch'],
      ['AADSTS90009', 'aadsts-90009-self-token-needs-guid'],
      ['AADSTS50105', 'aadsts-50105-not-assigned'],
      ['AADSTS50020', 'aadsts-50020-user-not-in-tenant'],
      ['AADSTS65001', 'consent-required'],
      ['AADSTS53003', 'conditional-access'],
      ['AADSTS700082', 'refresh-token-expired'],
      ['AADSTS900382', 'token-from-other-cloud'],
    ] as const
  ).map(
    ([code, cause]): Mutation => ({
      change: code,
      call: 'tokenEndpoint',
      cause,
      mutate: (_draft, lab) => lab.signIn.next({ at: 'token', error: code, status: 400 }),
      status: 400,
    }),
  ),
];

function asks(
  change: string,
  formFor: (lab: Lab) => Form | Promise<Form>,
  cause: Mutation['cause'],
  status = 400,
): Mutation {
  return {
    change,
    call: 'tokenEndpoint',
    cause,
    status,
    mutate: async (draft, lab) => {
      const form = new URLSearchParams(draft.body);
      for (const [name, value] of Object.entries(await formFor(lab))) {
        if (value === undefined) form.delete(name);
        else form.set(name, value);
      }
      draft.body = form.toString();
    },
  };
}

function onBehalfOf(assertion: string): Form {
  return { grant_type: ON_BEHALF_OF, requested_token_use: 'on_behalf_of', assertion };
}
