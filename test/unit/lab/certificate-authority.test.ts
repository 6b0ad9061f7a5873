import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type CertificateAuthority, createCertificateAuthority } from '../../lab/certificate-authority.ts';

let authority: CertificateAuthority;
let folder: string;
before(async () => {
  authority = await createCertificateAuthority();
  folder = await mkdtemp(join(tmpdir(), 'why401-test-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('signs server certificates for names and addresses', async () => {
  const { certPem } = await authority.issueServerCertificate(['127.0.0.2', '127.0.0.1', 'localhost']);
  const certificate = new X509Certificate(certPem);
  const ca = new X509Certificate(authority.caPem);
  assert.ok(ca.ca);
  assert.ok(!certificate.ca);
  assert.ok(certificate.checkIssued(ca));
  assert.ok(certificate.verify(ca.publicKey));
  assert.equal(certificate.checkIP('127.0.0.2'), '127.0.0.2');
  assert.equal(certificate.checkIP('127.0.0.1'), '127.0.0.1');
  assert.equal(certificate.checkIP('127.0.0.3'), undefined);
  assert.equal(certificate.checkHost('localhost'), 'localhost');
});

test('every authority is another one', async () => {
  const other = await createCertificateAuthority();
  const { certPem } = await other.issueServerCertificate(['localhost']);
  assert.ok(!new X509Certificate(certPem).verify(new X509Certificate(authority.caPem).publicKey));
});

test('writes the certificate and no key', async () => {
  const path = await authority.writeCaFile(join(folder, 'made', 'on demand'));
  assert.deepEqual(await readdir(join(folder, 'made', 'on demand')), [path.split(/[\\/]/).at(-1)]);
  const written = await readFile(path, 'utf8');
  assert.equal(written, authority.caPem);
  assert.doesNotMatch(written, /PRIVATE/);
});
