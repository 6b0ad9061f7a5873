import { createHash, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { APPS, CONTOSO } from '../../lab/entra-tenant.ts';
import type { Lab } from '../../lab/lab.ts';
import type { Answer } from './lab-client.ts';

export interface Sending {
  method?: string;
  headers?: Record<string, string | string[]>;
  body?: string;
  signal?: AbortSignal;
}

/** One request on a connection of its own, to any app of the lab; redirects are not followed. */
export function send(lab: Pick<Lab, 'caPem'>, url: string | URL, sending: Sending = {}): Promise<Answer> {
  const { method = 'GET', headers = {}, body = '', signal } = sending;
  const request = new URL(url).protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = { method, headers, ca: lab.caPem, agent: false as const, ...(signal ? { signal } : {}) };
    const outgoing = request(url, options, async (response) => {
      try {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers as IncomingHttpHeaders, text });
      } catch (error) {
        reject(error);
      }
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}

export function sendForm(lab: Pick<Lab, 'caPem'>, url: string | URL, form: Record<string, string>): Promise<Answer> {
  const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
  return send(lab, url, { method: 'POST', headers, body: new URLSearchParams(form).toString() });
}

/** The hidden fields and the target of a page's only form. */
export function formOf(html: string): { action: string; fields: Record<string, string> } {
  const fields = [...html.matchAll(/<input type="hidden" name="([^"]*)" value="([^"]*)">/g)];
  return {
    action: unescapeHtml(/<form method="post" action="([^"]*)">/.exec(html)?.[1] ?? ''),
    fields: Object.fromEntries(fields.map(([, name = '', value = '']) => [unescapeHtml(name), unescapeHtml(value)])),
  };
}

/** The accounts a sign-in page offers, by object id. */
export function accountsOn(html: string): string[] {
  return [...html.matchAll(/<button name="account" value="([^"]+)">/g)].map((match) => match[1] ?? '');
}

/** Presses a button of the sign-in page; without an account, Cancel. */
export function choose(lab: Lab, page: Answer, accountId = ''): Promise<Answer> {
  const { action, fields } = formOf(page.text);
  return sendForm(lab, new URL(action, lab.origin), { ...fields, account: accountId });
}

export const REDIRECT_URI = 'http://localhost:53123';

export function createVerifier(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString('base64url');
  return { verifier, challenge: createHash('sha256').update(verifier).digest('base64url') };
}

/** An authorization request as MSAL sends it; a parameter given as '' is left out. */
export function authorizeUrl(lab: Lab, parameters: Record<string, string> = {}, tenant: string = CONTOSO.id): URL {
  const url = new URL(`${lab.origin}/${tenant}/oauth2/v2.0/authorize`);
  const all = {
    client_id: APPS.ordersWeb.id,
    response_type: 'code',
    response_mode: 'form_post',
    redirect_uri: REDIRECT_URI,
    scope: 'api://orders/Orders.Read openid profile offline_access',
    code_challenge: createVerifier().challenge,
    code_challenge_method: 'S256',
    client_info: '1',
    state: 'state & "more"',
    ...parameters,
  };
  for (const [name, value] of Object.entries(all)) if (value !== '') url.searchParams.set(name, value);
  return url;
}

/** Signs in as Megan by the page, and returns what reaches the redirect URI. */
export async function signInByPage(
  lab: Lab,
  parameters: Record<string, string> = {},
  tenant: string = CONTOSO.id,
): Promise<Record<string, string>> {
  const page = await send(lab, authorizeUrl(lab, parameters, tenant));
  return formOf((await choose(lab, page, CONTOSO.users[0].id)).text).fields;
}

export interface TokenAnswer {
  status: number;
  body: Record<string, unknown> & { error_codes?: number[] };
}

export async function askToken(
  lab: Lab,
  form: Record<string, string>,
  tenant: string = CONTOSO.id,
): Promise<TokenAnswer> {
  const { status, text } = await sendForm(lab, `${lab.origin}/${tenant}/oauth2/v2.0/token`, form);
  return { status, body: JSON.parse(text) as TokenAnswer['body'] };
}

/** The whole way: page, code, tokens. */
export async function signInForTokens(lab: Lab, scope = 'api://orders/Orders.Read openid profile offline_access') {
  const { verifier, challenge } = createVerifier();
  const { code = '' } = await signInByPage(lab, { code_challenge: challenge, scope, nonce: 'n-1' });
  return askToken(lab, {
    client_id: APPS.ordersWeb.id,
    grant_type: 'authorization_code',
    code,
    redirect_uri: REDIRECT_URI,
    code_verifier: verifier,
    client_info: '1',
  });
}

function unescapeHtml(text: string): string {
  return text.replace(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)));
}
