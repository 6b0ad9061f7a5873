import * as v from 'valibot';
import { readAudience } from '../azure/read-audience.ts';
import type { SettingFault } from '../entra/parse-api-profile.ts';
import { isLoopback } from './plain-http.ts';

/** Where the user has tokens for one audience of Microsoft's sent: to one origin that is not the service's. */
export interface SendException {
  audience: string;
  /** Scheme, host and port, as `URL` writes an origin. */
  origin: string;
}

const entry = v.strictObject(
  {
    audience: v.pipe(
      v.string('must be a text'),
      v.check(
        (audience) => readAudience(audience).isPlain,
        'must be an audience as the token has it, such as https://cognitiveservices.azure.com, or an application id',
      ),
    ),
    origin: v.pipe(
      v.string('must be a text'),
      v.check(isOrigin, 'must be an https origin such as https://contoso.azure-api.net, without a path'),
      v.transform((origin) => new URL(origin).origin),
    ),
  },
  ({ expected }) =>
    expected === 'never' ? 'is not a member this setting has' : 'must be an object with "audience" and "origin"',
);

/**
 * Reads the value of `why401.sendServiceTokensTo`: entries that are right count, each fault is told. `undefined` is an
 * empty list. The value must be the user's own: who gives a workspace's lets it send the user's tokens anywhere.
 */
export function parseSendExceptions(value: unknown): { exceptions: SendException[]; faults: SettingFault[] } {
  if (value === undefined) return { exceptions: [], faults: [] };
  if (!Array.isArray(value)) return { exceptions: [], faults: [{ path: '', text: 'must be a list of entries' }] };
  const exceptions: SendException[] = [];
  const faults: SettingFault[] = [];
  for (const [place, written] of value.entries()) {
    const parsed = v.safeParse(entry, written);
    if (parsed.success) exceptions.push(parsed.output);
    else
      for (const issue of parsed.issues)
        faults.push({
          path: [place, v.getDotPath(issue)].filter((part) => part !== null).join('.'),
          text: issue.message,
        });
  }
  return { exceptions, faults };
}

/** https, or http on this machine. */
function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password, pathname, search, hash } = new URL(text);
  const isHost = /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])$/.test(hostname);
  const isBare = isHost && pathname === '/' && `${username}${password}${search}${hash}` === '';
  return isBare && (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname)));
}
