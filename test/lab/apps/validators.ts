import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import { claimsOf } from '../services/service-token.ts';
import type { Members } from '../token-signing.ts';
import { echoReply, emptyReply, jsonReply } from './echo.ts';
import { bearerOf, type CheckToken, type TokenRules, type TokenVerdict } from './token-authority.ts';

/** The apps that check tokens with a library or by hand; each answers below a path of its name. */
export const VALIDATORS = [
  'aspnet',
  'identity-web',
  'jose',
  'pyjwt',
  'hand-written',
  'groups',
  'roles',
  'in-process',
  'graphql',
] as const;

export type Validator = (typeof VALIDATORS)[number];

/** What may be wrong with the apps themselves. May be changed while they run. */
export interface ValidatorSettings {
  /** False: `UseAuthentication` is missing, so that no token is ever read. */
  authenticates: boolean;
  /** False: the metadata of the tenant can't be fetched from where the apps run. */
  reachesMetadata: boolean;
  /** Application ids that may call; any when empty. */
  allowedClients: string[];
  /** Object ids the apps refuse for reasons of their own. */
  blocked: string[];
  /** The claim type `roles` reads; inbound mapping renames `roles` to something longer. */
  roleClaimType: string;
  /** The group `groups` wants to see. */
  requiredGroup: string;
  /** True: `in-process` registers a scheme named `Bearer`, which the Functions host has already. */
  schemeCollides: boolean;
}

export const REQUIRED_ROLE = 'Orders.Admin';

export function practiceValidators(): ValidatorSettings {
  return {
    authenticates: true,
    reachesMetadata: true,
    allowedClients: [],
    blocked: [],
    roleClaimType: 'roles',
    requiredGroup: '0f6c1d2e-3a4b-4c5d-8e6f-708192a3b4c5',
    schemeCollides: false,
  };
}

type Refusal = Extract<TokenVerdict, { accepted: false }>;

/** Their words for who is not let in: `undefined` for no token. */
interface Style {
  unauthenticated(refusal: Refusal | undefined, claims: Members): LabReply;
  forbidden(claims: Members): LabReply;
}

const SCOPE = 'Orders.Read';

/** `/{validator}/…`: an echo for a right token with the scope, role or group, its own refusal otherwise. */
export function validatorsApp(settings: ValidatorSettings, checkToken: CheckToken, rules: TokenRules): LabRoute {
  return (request) => {
    const [, first = ''] = request.url.pathname.split('/');
    const name = VALIDATORS.find((candidate) => candidate === first);
    if (!name) return undefined;
    const style = STYLES[name];
    const token = bearerOf(request.headers.authorization);
    if (token === undefined || !settings.authenticates) return style.unauthenticated(undefined, {});
    const claims = claimsOf(token);
    if (!settings.reachesMetadata) return unreachable(name);
    const verdict = checkToken(token, rules);
    if (!verdict.accepted) return style.unauthenticated(verdict, claims);
    if (name === 'in-process' && settings.schemeCollides) return collision(claims);
    return isAllowed(name, settings, verdict.claims) ? pass(name, request) : style.forbidden(verdict.claims);
  };
}

function isAllowed(name: Validator, settings: ValidatorSettings, claims: Members): boolean {
  const list = (claim: unknown) => (Array.isArray(claim) ? claim.map(String) : []);
  const { allowedClients, blocked } = settings;
  if (allowedClients.length > 0 && !allowedClients.includes(String(claims.azp ?? claims.appid))) return false;
  if (blocked.includes(String(claims.oid))) return false;
  if (name === 'groups') return list(claims.groups).includes(settings.requiredGroup);
  if (name === 'roles') return list(claims[settings.roleClaimType]).includes(REQUIRED_ROLE);
  return [...String(claims.scp ?? '').split(' '), ...list(claims.roles)].some((value) =>
    [SCOPE, 'Orders.Read.All'].includes(value),
  );
}

function pass(name: Validator, request: LabRequest): LabReply | Promise<LabReply> {
  return name === 'graphql' ? jsonReply(200, { data: { orders: [] } }) : echoReply(request, { app: name });
}

const ASPNET: Style = {
  unauthenticated: (refusal, claims) => {
    const error = refusal ? ` error="invalid_token", error_description="${describe(refusal, claims)}"` : '';
    return emptyReply(401, { Server: 'Kestrel', 'WWW-Authenticate': `Bearer${error}` });
  },
  forbidden: () => emptyReply(403, { Server: 'Kestrel' }),
};

const STYLES: Readonly<Record<Validator, Style>> = {
  aspnet: ASPNET,
  groups: ASPNET,
  roles: ASPNET,
  'in-process': ASPNET,
  'identity-web': {
    ...ASPNET,
    forbidden: (claims) =>
      claims.scp === undefined && claims.roles === undefined
        ? problemText(401, 'IDW10201: Neither scope or roles claim was found in the bearer token. ')
        : problemText(
            403,
            `IDW10203: The 'scope' or 'scp' claim does not contain scopes '${SCOPE}' or was not found. `,
          ),
  },
  jose: {
    unauthenticated: (refusal) => {
      if (!refusal) return jsonReply(401, { error: 'no token' });
      const [code, message] = JOSE_ERRORS[refusal.fault];
      return jsonReply(401, { code, message });
    },
    forbidden: () => jsonReply(403, { error: 'forbidden' }),
  },
  pyjwt: {
    unauthenticated: (refusal) =>
      jsonReply(
        401,
        { detail: refusal ? PYJWT_ERRORS[refusal.fault] : 'Not authenticated' },
        { Server: 'uvicorn', 'WWW-Authenticate': 'Bearer' },
      ),
    forbidden: () => jsonReply(403, { detail: 'Not enough permissions' }, { Server: 'uvicorn' }),
  },
  // Says 401 where 403 is meant.
  'hand-written': {
    unauthenticated: () => jsonReply(401, { error: 'unauthorized' }),
    forbidden: () => jsonReply(401, { error: 'unauthorized', message: `Missing required scope: ${SCOPE}` }),
  },
  graphql: {
    unauthenticated: () => graphqlError('The current user is not authenticated.', 'UNAUTHENTICATED'),
    forbidden: () => graphqlError('The current user is not authorized to access this resource.', 'FORBIDDEN'),
  },
};

const JOSE_ERRORS: Readonly<Record<Refusal['fault'], [code: string, message: string]>> = {
  TokenExpired: ['ERR_JWT_EXPIRED', '"exp" claim timestamp check failed'],
  TokenNotYetValid: ['ERR_JWT_CLAIM_VALIDATION_FAILED', '"nbf" claim timestamp check failed'],
  TokenAudienceNotAllowed: ['ERR_JWT_CLAIM_VALIDATION_FAILED', 'unexpected "aud" claim value'],
  TokenIssuerNotAllowed: ['ERR_JWT_CLAIM_VALIDATION_FAILED', 'unexpected "iss" claim value'],
  TokenSignatureInvalid: ['ERR_JWS_SIGNATURE_VERIFICATION_FAILED', 'signature verification failed'],
  TokenSignatureKeyNotFound: ['ERR_JWKS_NO_MATCHING_KEY', 'no applicable key found in the JSON Web Key Set'],
  JwtInvalid: ['ERR_JWS_INVALID', 'Invalid Compact JWS'],
};

const PYJWT_ERRORS: Readonly<Record<Refusal['fault'], string>> = {
  TokenExpired: 'Signature has expired',
  TokenNotYetValid: 'The token is not yet valid (nbf)',
  TokenAudienceNotAllowed: "Audience doesn't match",
  TokenIssuerNotAllowed: 'Invalid issuer',
  TokenSignatureInvalid: 'Signature verification failed',
  TokenSignatureKeyNotFound: 'Unable to find a signing key that matches',
  JwtInvalid: 'Not enough segments',
};

/** As JwtBearer words them; no description for what is no token. */
function describe({ fault }: Refusal, claims: Members): string {
  const time = (claim: unknown) => new Date(Number(claim) * 1000).toISOString().replace('T', ' ').slice(0, 19);
  switch (fault) {
    case 'TokenExpired':
      return `The token expired at '${time(claims.exp)}'`;
    case 'TokenNotYetValid':
      return `The token is not valid before '${time(claims.nbf)}'`;
    case 'TokenAudienceNotAllowed':
      return `The audience '${claims.aud}' is invalid`;
    case 'TokenIssuerNotAllowed':
      return `The issuer '${claims.iss}' is invalid`;
    case 'TokenSignatureInvalid':
      return 'The signature is invalid';
    case 'TokenSignatureKeyNotFound':
      return 'The signature key was not found';
    case 'JwtInvalid':
      return '';
  }
}

/** Without metadata there are no keys: the fault is the server's, whatever it says of the token. */
function unreachable(name: Validator): LabReply {
  if (name === 'jose') return jsonReply(401, { code: 'ERR_JWKS_TIMEOUT', message: 'request timed out' });
  return problemText(401, "IDX20803: Unable to obtain configuration from: 'System.String'.");
}

function collision({ aud }: Members): LabReply {
  const challenge = `Bearer error="invalid_token", error_description="The audience '${aud}' is invalid"`;
  const body =
    'ArmToken was not authenticated. Failure message: IDX10231: Audience validation failed. Delegate returned false.';
  return { status: 401, headers: { 'Content-Type': 'text/plain', 'WWW-Authenticate': challenge }, body };
}

function problemText(status: number, body: string): LabReply {
  return { status, headers: { Server: 'Kestrel', 'Content-Type': 'text/plain' }, body };
}

function graphqlError(message: string, code: string): LabReply {
  return jsonReply(200, { errors: [{ message, path: ['orders'], extensions: { code } }], data: { orders: null } });
}
