import { DEFAULT_KEY_NAMES } from '../../gates/subscription-key.ts';
import type { FixAction } from '../explanation.ts';
import { always, type CauseFacts, call, learn, outside, target, weakens } from './cause-words.ts';

const SUBSCRIPTIONS = learn('azure/api-management/api-management-subscriptions');
const POLICY = 'the API’s policy: inbound';

const ENTER_KEY: FixAction = { type: 'enterKey', key: 'subscription' };

function keyPlace(keyName: string | undefined): string {
  return `the request: ${keyName ?? DEFAULT_KEY_NAMES.header}`;
}

/** What API Management refuses, or spoils on the way to its backend. */
export const GATEWAY_CAUSES = {
  'apim-subscription-key-missing': ({ keyName }: CauseFacts) => ({
    title: 'No subscription key in the request',
    means: 'API Management lets this API be called with a subscription key only.',
    source: SUBSCRIPTIONS,
    fixes: [
      call(
        keyName === undefined
          ? `Send the key of an active subscription in the header the API looks at: ${DEFAULT_KEY_NAMES.header}, unless it was renamed.`
          : `Send the key of an active subscription in ${keyName}: that is where the API looks for it.`,
        keyPlace(keyName),
        undefined,
        ENTER_KEY,
      ),
      weakens(
        'Switch “Subscription required” off for the API.',
        'Azure portal › API Management › APIs › the API › Settings',
        'Everybody who reaches the gateway can then call the API without a key.',
      ),
    ],
  }),
  'apim-subscription-key-invalid': always(
    'The subscription key is not valid here',
    'Wrong, inactive, of another instance, or of a product that does not hold this API.',
    SUBSCRIPTIONS,
    [
      call(
        'Use a key of an active subscription whose scope covers this API.',
        'Azure portal › API Management › Subscriptions › Show/hide keys',
        undefined,
        ENTER_KEY,
      ),
    ],
  ),
  'apim-subscription-key-wrong-header': ({ keyName }: CauseFacts) => ({
    title: 'The subscription key is under another name',
    means: 'A key was sent, but not in the header or parameter this API looks at.',
    source: SUBSCRIPTIONS,
    fixes: [
      call(
        keyName === undefined
          ? `Send it under the name the API looks at: ${DEFAULT_KEY_NAMES.header}, unless it was renamed.`
          : `Send it in ${keyName}: that is where the API looks for it.`,
        keyPlace(keyName),
        keyName ?? DEFAULT_KEY_NAMES.header,
        ENTER_KEY,
      ),
      target(
        'Or set the name the clients use; importing the API again resets it.',
        'Azure portal › API Management › APIs › the API › Settings › Subscription',
      ),
    ],
  }),
  'apim-required-claim-mismatch': always(
    'The policy wants a claim the token does not have',
    'A required claim or client id of the token policy is missing or differs.',
    learn('azure/api-management/validate-jwt-policy'),
    [
      target(
        'Compare the policy’s required-claims with the token: v1 tokens have appid, v2 tokens azp; scp needs separator=" ".',
        'the API’s policy: required-claims, client-application-ids',
      ),
    ],
  ),
  'apim-policy-overwrites-authorization': always(
    'The gateway replaces the token before it checks it',
    'An earlier policy sets Authorization, so validate-jwt sees the gateway’s own credential.',
    learn('azure/api-management/authentication-managed-identity-policy'),
    [target('Put validate-jwt before the policy that sets Authorization.', `${POLICY}, order of the elements`)],
  ),
  'apim-backend-credential-missing': always(
    'The gateway has no credential for its backend',
    'API Management let the call pass; the API behind it refused for want of its key or token.',
    learn('azure/api-management/api-management-authenticate-authorize-azure-openai'),
    [
      target(
        'Give the gateway what the backend asks for: its function key as a named value, or a managed identity.',
        'the API’s policy: set-header or authentication-managed-identity; Azure portal › API Management › Backends',
      ),
    ],
  ),
  'apim-backend-credential-wrong': always(
    'The backend refuses the gateway’s own credential',
    'The token or key that the gateway sends on is of another resource, tenant or role.',
    learn('azure/api-management/authentication-managed-identity-policy'),
    [
      target(
        'Ask for the resource the backend expects.',
        'the API’s policy: authentication-managed-identity, attribute resource',
      ),
      outside(
        'Or give the gateway’s identity the role the backend asks for.',
        'Azure portal › the backend’s resource › Access control (IAM)',
      ),
    ],
  ),
  'apim-rate-limited': always(
    'Too many calls',
    'A rate limit of API Management is exceeded.',
    learn('azure/api-management/rate-limit-policy'),
    [call('Wait as long as Retry-After says.', 'the client’s code: when it calls again')],
  ),
  'apim-quota-exceeded': always(
    'The quota is used up',
    'The subscription’s quota in API Management is exceeded.',
    learn('azure/api-management/quota-policy'),
    [outside('Wait until it is renewed, or ask for a larger one.', 'the product’s or API’s policy: quota')],
  ),
  'apim-ip-filtered': ({ address }: CauseFacts) => ({
    title: 'The gateway does not allow this address',
    means: 'An ip-filter policy of API Management refuses the caller’s address.',
    source: learn('azure/api-management/ip-filter-policy'),
    fixes: [
      outside(
        `Call from an allowed address, or have ${address ?? 'this one'} added.`,
        'the API’s policy: ip-filter',
        address === undefined ? undefined : `<address>${address}</address>`,
      ),
    ],
  }),
  'apim-header-check-failed': ({ headerName }: CauseFacts) => ({
    title:
      headerName === undefined ? 'A header is missing or differs' : `The header ${headerName} is missing or differs`,
    means: 'A check-header policy of API Management refuses the call.',
    source: learn('azure/api-management/check-header-policy'),
    fixes: [
      call(
        `Send ${headerName ?? 'the header the policy names'} with a value it allows.`,
        'the headers of the request; the API’s policy: check-header',
        headerName,
      ),
    ],
  }),
  'apim-cors-origin-not-allowed': ({ origin }: CauseFacts) => ({
    title: 'The gateway does not allow this web page’s origin',
    means: 'Its cors policy answers an unknown origin with an empty 200, and the API is never called.',
    source: learn('azure/api-management/cors-policy'),
    fixes: [
      target(
        'Add the page’s origin to the policy.',
        'the API’s policy: cors › allowed-origins',
        `<origin>${origin ?? '<origin of the page>'}</origin>`,
      ),
    ],
  }),
  'apim-operation-not-found': always(
    'The gateway has no such operation',
    'No operation of API Management has this method and path.',
    learn('azure/api-management/add-api-manually'),
    [
      call(
        'Compare method, path and version with the API’s operations.',
        'the address of the request; Azure portal › API Management › APIs › the API › Design',
      ),
    ],
  ),
};
