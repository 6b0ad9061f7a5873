import { isLoginHost } from '../../azure/login-hosts.ts';
import { isLastErrorReason } from '../../call/apim-messages.ts';
import { isKnownScheme } from '../../call/scheme-names.ts';
import { meaningOfCode } from '../../gates/code-causes.ts';
import { isGuid } from '../../token/issuer-shape.ts';
import { microsoftApiOf, wellKnownAppName } from '../../token/well-known-apps.ts';
import { wellKnownTenantName } from '../../token/well-known-tenants.ts';
import { withoutEnd } from '../../without-end.ts';
import { isVaultRole } from '../vault-role.ts';

const KINDS = ['tenant', 'application', 'user', 'host', 'path', 'e-mail', 'name', 'id', 'text'] as const;

/** What a replaced text was. */
export type PseudonymKind = (typeof KINDS)[number];

const PSEUDONYM = new RegExp(`^(?:${KINDS.join('|')}) \\d{1,4}$`);
/** What stands together: a pseudonym holds a blank of its own. */
const WORDS = new RegExp(`(?:(?:${KINDS.join('|')}) \\d{1,4}|[^\\s,;])+`, 'g');
const ADDRESS = /^([a-z][a-z0-9+.-]{0,20}):\/\/([^/?#]*)([^?#]*)/i;
const LOOPBACK = /^(?:localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/i;
/** `Orders.Read`, `User.Read.All`, `.default`: what a permission allows. `Ada.Example` has the form and is none. */
const PERMISSION =
  /^(?:[A-Z][A-Za-z]{0,24}\.(?:Read|Write|ReadWrite|ReadBasic|Send|Manage|Delete|Create|Execute|Invoke|Access)(?:\.All|\.Shared|\.OwnedBy|\.Selected)?|\.default|user_impersonation|access_as_user)$/;
/** An action of a resource provider, which Microsoft names; without the verb at its end it may name a resource. */
const ACTION = /^Microsoft\.[A-Z][A-Za-z]{1,40}(?:\/[A-Za-z]{1,40}){1,6}\/(?:read|write|delete|action)$/;
const NUMBER = /^-?\d{1,16}(?:\.\d{1,6})?$/;
const CODE = /^(?:AADSTS\d{4,7}|AKV\d{5}|IDX\d{5}|IDW\d{5})$/;
const LONGEST = 1024;
const MOST_WORDS = 40;

/** Words of HTTP, OAuth, JOSE and Azure that belong to nobody. Lower case. */
const COMMON_WORDS = new Set(
  (
    'authorization proxy-authorization www-authenticate ocp-apim-subscription-key subscription-key x-functions-key code ' +
    'x-zumo-auth cookie x-ms-version access-control-request-method access-control-request-headers origin ' +
    'get post put patch delete head options anonymous function admin role roles scope scopes and or none ' +
    'jwt at+jwt access_token id_token v1 v2 rs256 rs384 rs512 ps256 ps384 ps512 es256 es384 es512 hs256 hs384 hs512 eddsa ' +
    'scp invalid_token invalid_request insufficient_scope insufficient_claims invalid_grant invalid_client unauthorized_client ' +
    'interaction_required consent_required login_required access_denied invalid_scope invalid_resource ' +
    'unauthorized forbidden kong aws nginx spring nestjs /.auth/login/ common organizations consumers'
  ).split(' '),
);
const LOGIN_PATH_WORDS = new Set(
  'v1.0 v2.0 oauth2 authorize token devicecode logout discovery keys .well-known openid-configuration'.split(' '),
);

/**
 * Replaces everything that names somebody by a number, the same for the same value: `tenant 1`, `https://host 2/path 1`.
 * Ids and hosts that everybody knows, codes, numbers and words of the protocols stay; any other text becomes `text 3`.
 * What was replaced stays as it is when a `report` is replaced again, so its reader lets nothing else in; a `raw` text that
 * looks like a number given here is one like any other. One line each. Never throws.
 */
export class Pseudonyms {
  readonly #isGiven: (text: string) => boolean;
  readonly #kinds = new Map<string, PseudonymKind>();
  readonly #given = new Map<string, string>();
  readonly #counts = new Map<PseudonymKind, number>();

  constructor(from: 'raw' | 'report') {
    this.#isGiven = from === 'report' ? (text) => PSEUDONYM.test(text) : () => false;
  }

  /** Says what a value is, before it is met; the first word holds. What is no text is passed over. */
  learn(kind: PseudonymKind, value: unknown): void {
    if (typeof value !== 'string' || value === '') return;
    const key = keyOf(value);
    if (!this.#kinds.has(key)) this.#kinds.set(key, kind);
  }

  /** The value without what names somebody. */
  hide(value: string): string {
    if (this.#kinds.has(keyOf(value))) return this.#hideWord(value) ?? this.#number('text', value);
    if (isVaultRole(value)) return value;
    if (value.length > LONGEST) return this.#number('text', value);
    const words = value.match(WORDS) ?? [];
    if (words.length > MOST_WORDS) return this.#number('text', value);
    const hidden = new Map<string, string>();
    for (const word of words) {
      const replacement = this.#hideWord(word);
      if (replacement === undefined) return this.#number('text', value);
      hidden.set(word, replacement);
    }
    return value.replace(WORDS, (word) => hidden.get(word) ?? '').replace(/\s+/g, ' ');
  }

  #hideWord(word: string): string | undefined {
    if (this.#isGiven(word) || isCommon(word) || isWellKnownId(word)) return word;
    const kind = this.#kinds.get(keyOf(word));
    if (kind) return this.#number(kind, word);
    if (isGuid(word)) return this.#number('id', word);
    if (/^spn:/i.test(word))
      return `spn:${this.#hideWord(word.slice(4)) ?? this.#number('application', word.slice(4))}`;
    const address = ADDRESS.exec(word);
    if (address) return this.#hideAddress(address[1] ?? '', address[2] ?? '', address[3] ?? '');
    return /[^\s@]@[^\s@]/.test(word) ? this.#number('e-mail', word) : undefined;
  }

  /** Query and fragment are left out. */
  #hideAddress(scheme: string, host: string, path: string): string {
    const lower = scheme.toLowerCase();
    if (lower === 'api') return `api://${this.#hideOwner(host)}${this.#hidePath(path)}`;
    const start = `${/^https?$/.test(lower) ? lower : 'https'}://`;
    if (isLoginHost(host.toLowerCase())) return `${start}${host}${this.#hideLoginPath(path)}`;
    const stays = this.#isGiven(host) || LOOPBACK.test(host) || microsoftApiOf(`https://${host}`) !== undefined;
    const hiddenPath = this.#isOfAuthority(path) ? this.#hideLoginPath(path) : this.#hidePath(path);
    return `${start}${stays ? host : this.#number('host', host.toLowerCase())}${hiddenPath}`;
  }

  #hideOwner(owner: string): string {
    if (isWellKnownId(owner) || this.#isGiven(owner)) return owner;
    return this.#number(this.#kinds.get(keyOf(owner)) ?? 'application', owner);
  }

  /** Whether a path ends in a slash matters to who compares it. */
  #hidePath(path: string): string {
    const inner = withoutEnd(path, '/');
    const slash = path.slice(inner.length);
    if (inner === '') return slash;
    const at = inner.lastIndexOf('/');
    const name = inner.slice(at + 1);
    if (PERMISSION.test(name)) return `${this.#hidePath(inner.slice(0, at))}/${name}${slash}`;
    const known = inner.slice(1);
    return `/${this.#isGiven(known) ? known : this.#number('path', inner)}${slash}`;
  }

  /** Of an Entra at another host: nothing but a tenant that is known to be one, and words of its addresses. */
  #isOfAuthority(path: string): boolean {
    const parts = path.split('/').filter((part) => part !== '');
    const isTenant = (part: string) =>
      (this.#isGiven(part) && part.startsWith('tenant ')) || this.#kinds.get(keyOf(part)) === 'tenant';
    return parts.some(isTenant) && parts.every((part) => isTenant(part) || LOGIN_PATH_WORDS.has(part.toLowerCase()));
  }

  #hideLoginPath(path: string): string {
    return path
      .split('/')
      .map((part) => {
        if (
          part === '' ||
          LOGIN_PATH_WORDS.has(part.toLowerCase()) ||
          this.#isGiven(part) ||
          isCommon(part) ||
          isWellKnownId(part)
        )
          return part;
        return this.#number(this.#kinds.get(keyOf(part)) ?? 'tenant', part);
      })
      .join('/');
  }

  #number(kind: PseudonymKind, value: string): string {
    const key = keyOf(value);
    const known = this.#given.get(key);
    if (known !== undefined) return known;
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    const given = `${kind} ${count}`;
    this.#given.set(key, given);
    return given;
  }
}

/** GUIDs are the same in any letter case; everything else is compared as written. */
function keyOf(value: string): string {
  return isGuid(value) ? value.toLowerCase() : value;
}

function isCommon(word: string): boolean {
  return (
    COMMON_WORDS.has(word.toLowerCase()) ||
    NUMBER.test(word) ||
    CODE.test(word) ||
    PERMISSION.test(word) ||
    ACTION.test(word) ||
    isKnownScheme(word) ||
    isLastErrorReason(word) ||
    meaningOfCode({ family: 'errorCode', code: word, where: 'errorCode' }) !== undefined
  );
}

function isWellKnownId(text: string): boolean {
  return wellKnownAppName(text) !== undefined || wellKnownTenantName(text) !== undefined;
}
