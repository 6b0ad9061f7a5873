import { findTokens } from '../token/find-tokens.ts';
import { joinSpans, type Span } from './escaped-text.ts';
import { isBlank } from './mask-secret.ts';
import { isWord, looksRandom, skip } from './secret-value.ts';

/** Tokens in compact serialisation, also wrapped over lines (RFC 7515 §7.1, RFC 7516 §7.1). */
export function tokenSecrets(text: string): Span[] {
  return findTokens(text).map(({ start, end }) => ({ start, end }));
}

const AFTER_SCHEME =
  /\b(?:Bearer|Basic|DPoP|PoP|SharedKey|SharedKeyLite|Negotiate|NTLM)(?:[ \t]{1,8}|\+)["'“‘]?([A-Za-z0-9._~+/:-]{6,}={0,2})(?![\w=])/gi;

/** What follows an HTTP scheme (RFC 6750 §2.1, RFC 7617). A challenge's `realm="…"` and a word of a sentence do not. */
export function schemeSecrets(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: all, 1: value = '', index } of text.matchAll(AFTER_SCHEME)) {
    const end = index + all.length;
    const isParameter = /^[a-z_]{1,40}=$/.test(value) && /["'\\&%]/.test(text[end] ?? '');
    if (!isWord(value) && !isParameter && !isBlank(value)) found.push({ start: end - value.length, end });
  }
  return found;
}

const KEY_BEGIN = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
const KEY_END = /-----END [A-Z0-9 ]{0,40}PRIVATE KEY/g;
const KEY_LINES = /(?:[\s,"'>|+]{0,40}[A-Za-z0-9+/=:-]{1,1024})*/y;

/** A private key in PEM (RFC 7468) to its end; without one, as far as lines of base64 go. */
export function privateKeySecrets(text: string): Span[] {
  const found: Span[] = [];
  const ends = [...text.matchAll(KEY_END)].map(({ index }) => index);
  let nextEnd = 0;
  for (const { 0: begin, index } of text.matchAll(KEY_BEGIN)) {
    const start = index + begin.length;
    while ((ends[nextEnd] ?? text.length) < start) nextEnd++;
    const end = ends[nextEnd];
    if (end !== undefined) found.push({ start, end });
    else {
      KEY_LINES.lastIndex = start;
      found.push({ start, end: start + (KEY_LINES.exec(text)?.[0].length ?? 0) });
      break;
    }
  }
  return found;
}

const LONGEST_USER_INFO = 512;

/** User and password in an address, whatever characters they hold. `https://h/users/a@b` has none (RFC 3986 §3.2.1). */
export function userInfoSecrets(text: string): Span[] {
  const found: Span[] = [];
  let at = text.indexOf('@');
  for (const { index } of text.matchAll(/:\/\//g)) {
    const start = index + 3;
    while (at >= 0 && at < start) at = text.indexOf('@', at + 1);
    if (at < 0) break;
    if (at - start > LONGEST_USER_INFO || !isUserInfo(text.slice(start, at))) continue;
    const more = /(?:[^\s"'<>/?#@]{0,256}@){0,4}/y;
    const isMasked = text.startsWith('••••', start);
    found.push({ start, end: isMasked ? at : Math.max(at, skip(more, text, at + 1) - 1) });
  }
  return found;
}

/** What stands between `://` and `@`. A slash belongs to a password only where a colon before it begins no port. */
function isUserInfo(text: string): boolean {
  if (text === '' || /[\s"<>]|'[,;]/.test(text) || /.••••.{0,2}$/.test(text)) return false;
  const authority = /^[^/?#]*/.exec(text)?.[0] ?? '';
  return authority.length === text.length || (authority.includes(':') && !/:\d{0,5}$/.test(authority));
}

const SAID =
  /(?<![\w-])(?:(password|passwd|pwd|passphrase)|secret|token|(?:api|access|account|function|master|subscription|shared)[ -]key)["']?[ \t]{1,4}(?:(is|was|=)[ \t]{1,4})?["'`“‘(]{0,2}([^\s"'`”’()<>,;]{8,})/gi;

/** In a sentence: "password is x", "acquired token x for". Only what looks random; of a password said to be one, what has letters and digits. */
export function saidSecrets(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: all, 1: password, 2: is, 3: run = '', index } of text.matchAll(SAID)) {
    const value = run.replace(/[.:!?]{1,4}$/, '');
    const start = index + all.length - run.length;
    const isPassword = password !== undefined && is !== undefined && /\d/.test(value) && /[A-Za-z]/.test(value);
    if (isPassword || looksRandom(value)) found.push({ start, end: start + value.length });
  }
  return found;
}

const RUN = /[A-Za-z0-9_~+/.-]{20,}={0,2}/g;

/** Padded base64 in one part of an address: its slashes are escaped. */
const ESCAPED_KEY = /(?<![A-Za-z0-9%])(?:[A-Za-z0-9]|%2[BFbf]){40,}(?:%3[Dd]){1,2}/g;

/** Keys in one part of an address. */
export function escapedKeySecrets(text: string): Span[] {
  const found: Span[] = [];
  for (const { 0: run, index } of text.matchAll(ESCAPED_KEY)) {
    if (isBase64Key(run.replace(/%2b/gi, '+').replace(/%2f/gi, '/').replace(/%3d/gi, '=')))
      found.push({ start: index, end: index + run.length });
  }
  return found;
}

/** Runs that are keys by their form, under no name at all. What is public by what stands around it is none. */
export function opaqueSecrets(text: string): Span[] {
  const found = botKeys(text);
  const open = publicParts(text);
  let next = 0;
  for (const { 0: run, index } of text.matchAll(RUN)) {
    while ((open[next]?.end ?? text.length) <= index) next++;
    const isPublic = (open[next]?.start ?? text.length) <= index || isKnownId(text, index, run);
    if (isPublic) continue;
    if (isKey(run)) found.push({ start: index, end: index + run.length });
    else addParts(found, run, index);
  }
  return found;
}

const SHORTEST_PART = 20;

/** A path is a run, too: between its names a key with slashes of its own may stand. */
function addParts(found: Span[], run: string, at: number): void {
  if (!run.includes('/') && !run.includes('+')) return;
  for (const { start, end } of partsBetweenNames(run)) {
    const part = run.slice(start, end);
    if (isKey(part)) found.push({ start: at + start, end: at + end });
    else addSegments(found, part, at + start);
  }
}

function addSegments(found: Span[], part: string, at: number): void {
  for (const { 0: segment, index } of part.matchAll(/[^/+]+/g)) {
    const start = at + index;
    if (segment.length >= SHORTEST_PART && isKey(segment)) found.push({ start, end: start + segment.length });
  }
}

function partsBetweenNames(run: string): Span[] {
  const parts: Span[] = [];
  let at = 0;
  for (const segment of run.split('/')) {
    const last = parts.at(-1);
    const isName = segment === '' || isPlainName(segment);
    if (!isName && last?.end === at - 1) last.end = at + segment.length;
    else if (!isName) parts.push({ start: at, end: at + segment.length });
    at += segment.length + 1;
  }
  return parts.filter(({ start, end }) => end - start >= SHORTEST_PART);
}

/** Beginnings that say what follows is a secret: Google, GitHub, GitLab, Slack, npm, Stripe, OpenAI, and refresh tokens of Entra. */
const MARKED =
  /^(?:ya29\.|gh[pousr]_|github_pat_|glpat-|xox[abeprs]-|npm_|[rs]k[-_](?:live|test|proj)[-_]|AIza|[01]\.A[A-Za-z0-9]{2}A)[\w.~+/-]{16,}/;
/**
 * Forms that providers document for secret scanners: Databricks, DigitalOcean, Shopify, RubyGems and Mailgun in
 * hexadecimal; Docker, Google's client secrets, Stripe's webhooks, New Relic, Hugging Face, Anthropic, HashiCorp Vault,
 * Grafana, Sentry, Linear, Figma, Doppler, Tailscale, PyPI, Atlassian, Slack's apps; age; SendGrid; Mapbox.
 */
const DOCUMENTED: readonly RegExp[] = [
  /^(?:dapi|do[opr]_v1_|shp(?:at|ca|pa|ss)_|rubygems_|key-)[0-9a-fA-F]{32,64}(?:-\d)?$/,
  /^(?:dckr_[op]at_|GOCSPX-|whsec_|NRAK-|hf_|sk-ant-|hvs\.|glsa_|sntrys_|lin_api_|figd_|dp\.pt\.|tskey-[a-z]{2,10}-|pypi-Ag|ATATT3|xapp-\d-)[\w.+/-]{20,}={0,2}/,
  /^AGE-SECRET-KEY-1[A-Z0-9]{40,}/,
  /^SG\.[\w-]{16,32}\.[\w-]{16,64}$/,
  /^[st]k\.ey[A-Za-z0-9_-]{8,}\.[\w-]{16,}/,
];
/** Telegram's bots have their key in the path. */
const BOT_KEY = /(?<![A-Za-z0-9_])(?:bot)?\d{8,10}:(A[\w-]{34})(?![\w-])/g;

function botKeys(text: string): Span[] {
  return Array.from(text.matchAll(BOT_KEY), ({ 0: all, 1: key = '', index }) => {
    const end = index + all.length;
    return { start: end - key.length, end };
  });
}

/** Certificates and public keys: in PEM, whole (RFC 7468), and as JSON lists them (RFC 7517 §4.7). */
const PUBLIC_PEM =
  /-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}(?:CERTIFICATE|PUBLIC KEY)-----\s{1,8}M(?:[A-Za-z0-9+/=]{1,1024}\s{1,8})+-----END /g;
const CERTIFICATES = /["']x5c["']\s{0,8}:\s{0,8}\[\s{0,40}(?:["']MI[A-Za-z0-9+/=]*["']\s{0,40},?\s{0,40})+/g;
/** The modulus of a public key in JSON (RFC 7518 §6.3.1), the digest of an image (OCI), the id that Front Door asks for. */
const MODULUS = /["']n["']\s{0,8}:\s{0,8}["']$/;
const BESIDE_MODULUS = /["'](?:kty|e)["']\s{0,8}:/;
const DIGEST = /(?<![A-Za-z0-9])sha(?:256|384|512):$/;
const FRONT_DOOR = /(?<![\w-])x-azure-ref["']?\s{0,8}[:=,]\s{0,8}["']?$/i;
const FRONT_DOOR_ID = /^\d{8}T\d{6}Z-[\da-zA-Z]{15,80}$/;
const AROUND_MODULUS = 1000;
const BEFORE_ID = 40;

/** In order. */
function publicParts(text: string): Span[] {
  const patterns = [
    ...(text.includes('-----BEGIN') ? [PUBLIC_PEM] : []),
    ...(text.includes('x5c') ? [CERTIFICATES] : []),
  ];
  const found = patterns.flatMap((pattern) =>
    Array.from(text.matchAll(pattern), ({ 0: part, index }) => ({ start: index, end: index + part.length })),
  );
  return joinSpans(found);
}

/** Told by what stands before it. */
function isKnownId(text: string, at: number, run: string): boolean {
  if (FRONT_DOOR_ID.test(run)) return true;
  const before = text.slice(Math.max(0, at - BEFORE_ID), at);
  if (DIGEST.test(before)) return /^[0-9a-f]{64,128}$/.test(run);
  if (FRONT_DOOR.test(before)) return true;
  if (!MODULUS.test(before) || !/^[\w-]{80,}$/.test(run)) return false;
  const end = at + run.length;
  return [text.slice(Math.max(0, at - AROUND_MODULUS), at), text.slice(end, end + AROUND_MODULUS)].some((part) =>
    BESIDE_MODULUS.test(part),
  );
}
/** Azure writes these into its keys, so that they can be found. */
const AZURE_SIGNATURE = /AzFu|AzSe|AzCa|ACDb|ASto|APIM|AIoT|AEhG|JQQJ/;

function isKey(run: string): boolean {
  if (/^e[wy][A-Za-z0-9_-]{8,}\./.test(run) || MARKED.test(run)) return true;
  if (DOCUMENTED.some((form) => form.test(run))) return true;
  if (/[+/]/.test(run)) return isBase64Key(run);
  // An Entra client secret: `…8Q~…`.
  if (run.length >= 32 && /[78]Q~/.test(run)) return true;
  if (run.length >= 40 && AZURE_SIGNATURE.test(run)) return true;
  // Azure DevOps' access tokens: 52 characters of base32.
  if (/^[a-z2-7]{52}$/.test(run) && /\d/.test(run)) return true;
  return run.split('.').some((part) => {
    if (part.length >= 64 && /^[0-9a-fA-F]+$/.test(part)) return true;
    return part.length >= 44 && /\d/.test(part) && /[a-z]/.test(part) && /[A-Z]/.test(part);
  });
}

/** Base64 with `+` or `/` as a signature or an account key is: random, and padded or as long as a key of 32 bytes or more. */
function isBase64Key(run: string): boolean {
  const [, key = '', padding = ''] = /^([A-Za-z0-9+/]{40,})(={0,2})$/.exec(run) ?? [];
  if (key === '' || !/\d/.test(key) || !looksRandom(key) || key.split('/').some(isPlainName)) return false;
  return padding !== '' || (key.length % 4 === 0 && (key.includes('+') || key.length >= 44));
}

/** A part of a path: `workflows`, `manualTrigger`. */
function isPlainName(part: string): boolean {
  return part.length > 4 && (part.match(/[A-Z]?[a-z]{3,}/g)?.join('').length ?? 0) === part.length;
}
