import assert from 'node:assert/strict';
import { randomInt } from 'node:crypto';
import { test } from 'node:test';
import { maskText } from '../../../../src/core/call/mask-text.ts';
import { Chance } from '../random.ts';
import { leakOf } from './secret-places.ts';

const seed = Number(process.env.WHY401_SEED ?? randomInt(2 ** 31));
const ROUNDS = 400;
const PRINTABLE = Array.from({ length: 94 }, (_, index) => String.fromCharCode(33 + index));
/** Marks that rules of passwords ask for, and that end no value. */
const USUAL = [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!@#$%*-_+.~?/|'];

const inMarkup = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;').replaceAll("'", '&apos;');

/** Places that escape whatever could be taken for their own marks. */
const ESCAPING: Readonly<Record<string, (password: string) => string>> = {
  json: (password) => JSON.stringify({ client_secret: password, x: 1 }),
  jsonOverLines: (password) => JSON.stringify({ a: 1, password, b: 'x' }, null, 2),
  form: (password) => `a=b&client_secret=${encodeURIComponent(password)}&c=d`,
  query: (password) => `GET https://h/x?code=${encodeURIComponent(password)} HTTP/1.1`,
  attribute: (password) => `<add key="ClientSecret" value="${inMarkup(password)}"/>`,
  element: (password) => `<password>${inMarkup(password)}</password>`,
};

const PLAIN: Readonly<Record<string, (password: string) => string>> = {
  ...ESCAPING,
  header: (password) => `x-functions-key: ${password}\nAccept: x`,
  environment: (password) => `A=1\nAZURE_CLIENT_SECRET=${password}\nB=2`,
  environmentQuoted: (password) => `DB_PASSWORD="${password}"`,
  log: (password) => `2026 password=${password} user=x`,
  connection: (password) => `Server=x;User Id=u;Password=${password};Encrypt=True`,
  connectionQuoted: (password) => `Server=x;Pwd='${password}';Encrypt=True`,
  yaml: (password) => `password: '${password}'\nx: 1`,
  cookie: (password) => `Cookie: a=1; session=${password}`,
  curlUser: (password) => `curl -u 'user:${password}' https://h`,
  curlHeader: (password) => `curl -H 'x-api-key: ${password}' https://h`,
  option: (password) => `az login --password '${password}' -u x`,
  powerShell: (password) => `$env:ARM_CLIENT_SECRET = '${password}'`,
  address: (password) => `https://user:${encodeURIComponent(password)}@h/x`,
};

for (const [what, alphabet, places] of [
  ['any characters where they are escaped', PRINTABLE, ESCAPING],
  ['usual characters anywhere', USUAL, PLAIN],
] as const) {
  test(`a password of ${what} does not survive`, (t) => {
    const chance = new Chance(seed);
    const found: string[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const password = Array.from({ length: 14 + chance.below(20) }, () => chance.pick(alphabet)).join('');
      for (const [place, write] of Object.entries(places)) {
        const masked = maskText(write(password));
        if (leakOf(password, masked) !== undefined) found.push(`${place}: ${write(password)} → ${masked}`);
        if (maskText(masked) !== masked) found.push(`${place}, masked again: ${masked}`);
      }
    }
    t.diagnostic(`${ROUNDS * Object.keys(places).length} texts, seed ${seed}`);
    assert.deepEqual(found.slice(0, 10), [], `seed ${seed}`);
  });
}
