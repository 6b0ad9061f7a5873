// PyJWT is one of the validators the tests hold the product against. Only Debian's own is used.
import { spawnSync } from 'node:child_process';
import { ensureDebianPackages, isOnPath } from './vs-code.mjs';

const PYTHON = '/usr/bin/python3';

/** Installs PyJWT where that is possible; elsewhere the tests that need it say that they are skipped. */
export async function ensurePyJwt() {
  if (process.getuid?.() !== 0 || !isOnPath('apt-get') || hasPyJwt()) return;
  await ensureDebianPackages(['python3-jwt', 'python3-cryptography'], 'The tests compare with PyJWT');
}

function hasPyJwt() {
  return spawnSync(PYTHON, ['-c', 'import jwt, cryptography']).status === 0;
}
