import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { deflateRawSync, gzipSync } from 'node:zlib';
import { type Canary, openCanarySearch } from '../../vscode/canary-search.ts';

const mark = randomBytes(48).toString('base64url');
const name = 'Zoë "%/?\\ ünd';
const canary: Canary = { name: 'token', text: `head.${mark}.${name}`, marks: [mark] };
const part = mark.slice(7, 31);
const search = openCanarySearch([canary]);

const noise = (): Buffer => randomBytes(97);

describe('canary search', () => {
  const forms: Record<string, (text: string) => Buffer> = {
    plain: (text) => Buffer.from(text),
    json: (text) => Buffer.from(JSON.stringify({ text })),
    'json in json': (text) => Buffer.from(JSON.stringify({ inner: JSON.stringify({ mark: text }) })),
    percent: (text) => Buffer.from(encodeURIComponent(text)),
    'base64 at offset 0': (text) => Buffer.from(Buffer.from(`${text}after`).toString('base64')),
    'base64 at offset 1': (text) => Buffer.from(Buffer.from(`1${text}after`).toString('base64')),
    'base64 at offset 2': (text) => Buffer.from(Buffer.from(`12${text}after`).toString('base64')),
    'base64url at offset 1': (text) => Buffer.from(Buffer.from(`1234${text}`).toString('base64url')),
    'utf-16le': (text) => Buffer.from(text, 'utf16le'),
    'utf-16be': (text) => Buffer.from(text, 'utf16le').swap16(),
    gzip: (text) => gzipSync(Buffer.concat([noise(), Buffer.from(text)])),
    'gzip in gzip': (text) => gzipSync(gzipSync(text)),
    zip: (text) => zipOf('inner.txt', Buffer.from(text)),
  };

  for (const [form, write] of Object.entries(forms)) {
    const archive = /zip/.test(form);
    const around = (bytes: Buffer): Buffer => (archive ? bytes : Buffer.concat([noise(), bytes, noise()]));
    it(`finds the whole secret as ${form}`, () => {
      assert.equal(search.searchBytes('here', around(write(canary.text)))[0]?.canary, 'token');
    });
    it(`finds 24 characters of a mark as ${form}`, () => {
      assert.equal(search.searchBytes('here', around(write(part)))[0]?.canary, 'token');
    });
  }

  it('finds the whole secret where a part without marks is all that differs by its escapes', () => {
    const text = `${name} ${name} ${name}`;
    const other = openCanarySearch([{ name: 'escaped', text, marks: [] }]);
    for (const bytes of [JSON.stringify(text), encodeURIComponent(text), text].map((written) => Buffer.from(written))) {
      assert.equal(other.searchBytes('here', bytes).length > 0, true);
    }
  });

  it('does not take 23 characters or another secret for a hit', () => {
    assert.deepEqual(search.searchBytes('here', Buffer.from(` ${mark.slice(7, 30)} `)), []);
    assert.deepEqual(search.searchBytes('here', randomBytes(100_000)), []);
  });

  it('finds a secret at the very start and the very end', () => {
    assert.equal(search.searchBytes('here', Buffer.from(part)).length, 1);
    assert.equal(search.searchBytes('here', Buffer.from(`...${part}`)).length, 1);
  });

  it('survives what only looks like an archive', () => {
    assert.deepEqual(search.searchBytes('here', Buffer.concat([Buffer.from([0x1f, 0x8b]), noise()])), []);
    assert.deepEqual(search.searchBytes('here', Buffer.concat([Buffer.from('PK\x03\x04PK\x01\x02'), noise()])), []);
    assert.deepEqual(search.searchBytes('here', zipOf('a', Buffer.from('b')).subarray(0, 40)), []);
  });

  it('refuses a mark that is too short to be searched', () => {
    assert.throws(() => openCanarySearch([{ name: 'short', text: 'short', marks: ['short'] }]));
  });

  describe('in a folder', () => {
    let folder: string;
    before(async () => {
      folder = await mkdtemp(join(tmpdir(), 'why401-canary-'));
      await mkdir(join(folder, 'a/b'), { recursive: true });
      await writeFile(join(folder, 'clean.txt'), 'nothing');
      await writeFile(join(folder, 'a/b/dirty.bin'), Buffer.from(part, 'utf16le'));
      await writeFile(join(folder, 'a', part), '');
    });
    after(() => rm(folder, { recursive: true }));

    it('finds contents and names, and says how many files it read', async () => {
      const { hits, searched } = await search.searchFolder(folder);
      assert.equal(searched, 3);
      assert.equal(hits.filter(({ where }) => where === join(folder, 'a/b/dirty.bin')).length, 1);
      assert.equal(hits.filter(({ where }) => where.startsWith('the name of a file')).length, 1);
      assert.equal(hits.length, 2);
    });
  });
});

/** A ZIP of one deflated entry, written by hand: local header, data, central directory. */
function zipOf(name: string, content: Buffer): Buffer {
  const packed = deflateRawSync(content);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50);
  local.writeUInt16LE(name.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50);
  central.writeUInt16LE(8, 10);
  central.writeUInt32LE(packed.length, 20);
  central.writeUInt16LE(name.length, 28);
  return Buffer.concat([local, Buffer.from(name), packed, central, Buffer.from(name)]);
}
