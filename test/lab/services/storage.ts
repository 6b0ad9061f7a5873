import { randomUUID } from 'node:crypto';
import { bearerOf, type CheckToken } from '../apps/token-authority.ts';
import { CONTOSO, SERVICES } from '../entra-tenant.ts';
import type { LabReply, LabRequest, LabRoute } from '../loopback-server.ts';
import { judgeServiceToken } from './service-token.ts';

/** A storage account. Members may be changed while it runs. */
export interface StorageAccount {
  tenantId: string;
  /** Object ids with Storage Blob Data Reader. */
  readers: string[];
  /** Addresses its firewall lets in; any when empty. */
  ipRules: string[];
}

/** The first version with tokens. */
const FIRST_WITH_BEARER = '2017-11-09';
const AUDIENCES = [SERVICES.storage.appIdUri, `${SERVICES.storage.appIdUri}/`];

export function practiceStorage(readers: string[]): StorageAccount {
  return { tenantId: CONTOSO.id, readers: [...readers], ipRules: [] };
}

/** Blob storage's data plane: version, token, network, role. */
export function storageRoute(account: StorageAccount, world: { checkToken: CheckToken; origin: string }): LabRoute {
  return (request) => {
    const answer = judge(account, world, request) ?? { status: 200, headers: {}, body: 'a blob' };
    const version = request.headers['x-ms-version'];
    const marks = {
      Server: 'Windows-Azure-Blob/1.0 Microsoft-HTTPAPI/2.0',
      'x-ms-request-id': randomUUID(),
      ...(typeof version === 'string' ? { 'x-ms-version': version } : {}),
    };
    return { ...answer, headers: { ...marks, ...answer.headers } };
  };
}

function judge(
  account: StorageAccount,
  world: { checkToken: CheckToken; origin: string },
  { headers, address }: LabRequest,
): LabReply | undefined {
  const challenge = `Bearer authorization_uri=${world.origin}/${account.tenantId}/oauth2/authorize resource_id=${SERVICES.storage.appIdUri}`;
  const refuse401 = (code: string, message: string, detail?: string) =>
    errorReply(401, code, message, { detail, headers: { 'WWW-Authenticate': challenge } });
  const version = String(headers['x-ms-version'] ?? '');
  const token = bearerOf(headers.authorization);
  if (token === undefined) {
    return version === ''
      ? errorReply(404, 'ResourceNotFound', 'The specified resource does not exist.')
      : refuse401(
          'NoAuthenticationInformation',
          'Server failed to authenticate the request. Please refer to the information in the www-authenticate header.',
        );
  }
  if (version < FIRST_WITH_BEARER) {
    return errorReply(403, 'AuthenticationFailed', FAILED, {
      detail: 'Authentication scheme Bearer is not supported in this version.',
    });
  }
  const tenant = { id: account.tenantId };
  const { fault, claims } = judgeServiceToken(token, { audiences: AUDIENCES, tenant }, world);
  if (fault === 'TokenAudienceNotAllowed') {
    return refuse401('InvalidAuthenticationInfo', FAILED, 'Audience validation failed. Audience did not match.');
  }
  if (fault === 'TokenIssuerNotAllowed') {
    return refuse401('InvalidAuthenticationInfo', FAILED, 'Issuer validation failed. Issuer did not match.');
  }
  if (fault) return refuse401('InvalidAuthenticationInfo', FAILED, 'Lifetime validation failed. The token is expired.');
  if (account.ipRules.length > 0 && !account.ipRules.includes(address)) {
    return errorReply(403, 'AuthorizationFailure', 'This request is not authorized to perform this operation.');
  }
  if (account.readers.includes(String(claims.oid))) return undefined;
  return errorReply(
    403,
    'AuthorizationPermissionMismatch',
    'This request is not authorized to perform this operation using this permission.',
  );
}

const FAILED =
  'Server failed to authenticate the request. Make sure the value of Authorization header is formed correctly including the signature.';

function errorReply(
  status: number,
  code: string,
  message: string,
  { detail, headers = {} }: { detail?: string | undefined; headers?: Record<string, string> } = {},
): LabReply {
  const more = detail === undefined ? '' : `<AuthenticationErrorDetail>${detail}</AuthenticationErrorDetail>`;
  const text = `${message}\nRequestId:${randomUUID()}\nTime:2026-11-21T09:00:00.0000000Z`;
  const body = `\uFEFF<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${text}</Message>${more}</Error>`;
  return { status, headers: { 'Content-Type': 'application/xml', 'x-ms-error-code': code, ...headers }, body };
}
