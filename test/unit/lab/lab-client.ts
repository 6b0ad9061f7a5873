import type { IncomingHttpHeaders } from 'node:http';
import { request } from 'node:https';
import type { Lab } from '../../lab/lab.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/** GETs a path of the lab on a connection of its own, trusting the lab's CA and nothing else. */
export function get(lab: Pick<Lab, 'origin' | 'caPem'>, path: string, method = 'GET'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(`${lab.origin}${path}`, { method, ca: lab.caPem, agent: false }, async (response) => {
      try {
        let text = '';
        for await (const chunk of response.setEncoding('utf8')) text += chunk;
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text });
      } catch (error) {
        reject(error);
      }
    });
    outgoing.on('error', reject);
    outgoing.end();
  });
}

export async function getJson<T = Record<string, unknown>>(
  lab: Pick<Lab, 'origin' | 'caPem'>,
  path: string,
): Promise<T> {
  return JSON.parse((await get(lab, path)).text) as T;
}

export interface Jwks {
  keys: { kid: string; kty: string; use: string; [member: string]: unknown }[];
}

export function payloadOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;
}

export function headerOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, unknown>;
}
