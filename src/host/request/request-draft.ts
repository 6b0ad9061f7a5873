import type { CredentialNames } from '../../core/call/credentials-of-request.ts';
import { anonymousUrl, leaveCredentials } from '../../core/call/leaving-origin.ts';
import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';
import { DEFAULT_KEY_NAMES } from '../../core/gates/subscription-key.ts';
import type { RequestToSend } from '../../net/sender.ts';
import type { AuthorizeForm, RequestForm } from '../../protocol/request-view.ts';

export const EMPTY_FORM: RequestForm = {
  method: 'GET',
  url: '',
  headers: [],
  body: '',
  authorize: { token: 'none', hasPastedToken: false, key: 'none', hasKey: false },
};

/** The form for an operation of a profile: the first identity, and the key its target asks for. */
export function formOf(profile: ApiProfile, operation: Operation): RequestForm {
  const [identity] = Object.keys(profile.identities ?? {});
  const key = keyKindOf(profile, operation);
  return {
    method: operation.method,
    url: urlOf(profile, operation),
    headers: Object.entries(operation.headers ?? {}).map(([name, value]) => ({ name, value })),
    body: operation.body ?? '',
    authorize: {
      ...(identity ? { token: 'identity', identity: `${profile.name} · ${identity}` } : { token: 'none' }),
      hasPastedToken: false,
      key,
      ...keyName(profile, key),
      hasKey: false,
    },
  };
}

/** The form for another address: to another origin goes nothing that is or could be a credential. The address is its own. */
export function formElsewhere(form: RequestForm, url: string, profile?: ApiProfile): RequestForm {
  if (URL.canParse(form.url) && new URL(form.url).origin === new URL(url).origin) return { ...form, url };
  const { headers, bodyStays } = leaveCredentials(form, keyNamesOf(profile));
  return { ...form, url, headers, ...(bodyStays ? { body: '' } : {}) };
}

/** What {@link formElsewhere} left out: names of headers, each once, and the words "the body". */
export function namesLeftOut(before: RequestForm, after: RequestForm): string[] {
  const names = before.headers.filter((header) => !after.headers.includes(header)).map(({ name }) => name.trim());
  return [...new Set(names), ...(before.body === after.body ? [] : ['the body'])];
}

/** A form that asks the same address with nothing that could be a credential, in the address neither. */
export function anonymousForm(address: string, profile?: ApiProfile): RequestForm {
  return { ...EMPTY_FORM, url: anonymousUrl(address, keyNamesOf(profile)) };
}

function urlOf({ baseUrl = '' }: ApiProfile, { path, query = {} }: Operation): string {
  if (baseUrl === '') return path;
  const url = new URL(baseUrl + path);
  for (const [name, value] of Object.entries(query)) url.searchParams.append(name, value);
  return url.href;
}

function keyKindOf({ target, authLevel, subscriptionKey }: ApiProfile, operation: Operation): AuthorizeForm['key'] {
  if (target === 'apim')
    return subscriptionKey?.header === undefined && subscriptionKey?.query ? 'subscriptionQuery' : 'subscriptionHeader';
  const level = operation.authLevel ?? authLevel;
  return target === 'functions' && level !== undefined && level !== 'anonymous' ? 'functionsHeader' : 'none';
}

/** Names that stand for a key in calls of this profile, besides those that do everywhere. */
export function keyNamesOf(profile: ApiProfile | undefined): CredentialNames {
  const { header, query } = profile?.subscriptionKey ?? {};
  return { headers: header === undefined ? [] : [header], queryParameters: query === undefined ? [] : [query] };
}

/** The name a key is sent under. */
export function keyName(profile: ApiProfile | undefined, key: AuthorizeForm['key']): { keyName?: string } {
  switch (key) {
    case 'none':
      return {};
    case 'functionsHeader':
      return { keyName: 'x-functions-key' };
    case 'functionsQuery':
      return { keyName: 'code' };
    case 'subscriptionHeader':
      return { keyName: profile?.subscriptionKey?.header ?? DEFAULT_KEY_NAMES.header };
    case 'subscriptionQuery':
      return { keyName: profile?.subscriptionKey?.query ?? DEFAULT_KEY_NAMES.query };
  }
}

/**
 * The request with its credentials, which go to the origin of the URL and nowhere else. A typed header of the same name
 * gives way to them.
 */
export function draftRequest(
  form: RequestForm,
  profile: ApiProfile | undefined,
  token: string | undefined,
  key: string | undefined,
): RequestToSend {
  const { keyName: name = '' } = keyName(profile, form.authorize.key);
  const isHeaderKey = form.authorize.key === 'functionsHeader' || form.authorize.key === 'subscriptionHeader';
  const url =
    key === undefined || isHeaderKey || !URL.canParse(form.url) ? form.url : withParameter(form.url, name, key);
  const authorizing = [
    ...(token === undefined ? [] : [{ name: 'Authorization', value: `Bearer ${token}`, secret: true as const }]),
    ...(key !== undefined && isHeaderKey ? [{ name, value: key, secret: true as const }] : []),
  ];
  const replaced = new Set(['', ...authorizing.map((header) => header.name.toLowerCase())]);
  const typed = form.headers.filter((header) => !replaced.has(header.name.trim().toLowerCase()));
  const names = keyNamesOf(profile);
  return {
    method: form.method,
    url,
    headers: [...typed, ...authorizing],
    ...(form.body === '' ? {} : { body: form.body }),
    credentials: {
      headers: names.headers,
      queryParameters: key !== undefined && !isHeaderKey ? [...names.queryParameters, name] : names.queryParameters,
      origin: URL.canParse(form.url) ? new URL(form.url).origin : '',
    },
  };
}

function withParameter(url: string, name: string, value: string): string {
  const parsed = new URL(url);
  parsed.searchParams.set(name, value);
  return parsed.href;
}
