import { readAuthorization } from '../../../../../src/core/call/authorization.ts';
import type { Authorization, Call, Header } from '../../../../../src/core/call/call.ts';
import type { CallResponse, Exchange } from '../../../../../src/core/call/exchange.ts';
import type { ApiProfile } from '../../../../../src/core/entra/api-profile.ts';
import type { CauseId } from '../../../../../src/core/gates/cause-id.ts';
import type { Fact, TargetFacts } from '../../../../../src/core/gates/facts.ts';
import type { JsonObject } from '../../../../../src/core/token/token.ts';
import * as at from '../../entra-fixture.ts';

/** What somebody met: exchanges in order, and what is known of the target. */
export interface Scene {
  exchanges: Exchange[];
  profile?: ApiProfile;
  target?: TargetFacts;
}

/** A scene that a cause explains, and one that looks like it and has another cause. */
export interface CauseFixture {
  positive: Scene;
  /** No evidence tells it from another cause, which comes first; it has to be among those named. */
  isAmong?: true;
  lookAlike: Scene;
  /** The cause of the look-alike. */
  instead: CauseId;
}

export const OID = 'dddddddd-aaaa-4bbb-8ccc-000000000009';
export const OTHER_OID = 'eeeeeeee-aaaa-4bbb-8ccc-000000000010';

/** A call with a decoded token, or what `authorization` says. */
export function callOf(
  url: string,
  {
    claims,
    header = {},
    headers = {},
    ...rest
  }: { claims?: object; header?: object; headers?: Record<string, string> } & Omit<Partial<Call>, 'headers'> = {},
): Call {
  const list: Header[] = Object.entries({ Host: URL.canParse(url) ? new URL(url).host : '', ...headers }).map(
    ([name, value]) => ({ name, value }),
  );
  return { method: 'GET', url, headers: list, authorization: authorizationOf(list, claims, header), ...rest };
}

function authorizationOf(list: Header[], claims: object | undefined, header: object): Call['authorization'] {
  if (claims === undefined) return readAuthorization(list);
  const token = {
    header: { alg: 'RS256', kid: at.KID, ...header },
    payload: JSON.parse(JSON.stringify(claims)) as JsonObject,
  };
  const signatures = { [at.V1_METADATA_URL]: { state: 'valid' }, [at.V2_METADATA_URL]: { state: 'valid' } } as const;
  const bearer: Authorization = { type: 'bearer', bearer: { token, partial: false, signatures } };
  return { ...bearer, setBy: 'caller' };
}

export function answerOf(status: number, body: unknown = '', headers: Record<string, string> = {}): CallResponse {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return {
    status,
    headers: Object.entries(headers).map(([name, value]) => ({ name, value })),
    headersComplete: true,
    body: text === '' ? { bytes: 0, isComplete: true } : { text, bytes: text.length, isComplete: true },
  };
}

export function scene(call: Call, response: CallResponse, known: Omit<Scene, 'exchanges'> = {}): Scene {
  return { exchanges: [{ call, response }], ...known };
}

export function known<T>(value: T): Fact<T> {
  return { value, source: 'setting', readAtMs: at.NOW_MS };
}

/** `{"error":{"code","message","innererror":{"code"}}}` */
export function errorBody(code: string, message = '', inner?: string): object {
  return { error: { code, message, ...(inner === undefined ? {} : { innererror: { code: inner } }) } };
}

/** Claims of a v1 token of a Microsoft service. */
export function serviceClaims(aud: string, changes: object = {}): object {
  return at.v1Claims({ aud, oid: OID, ...changes });
}
