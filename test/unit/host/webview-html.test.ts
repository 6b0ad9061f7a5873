import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildWebviewHtml } from '../../../src/host/webview/webview-html.ts';

const html = buildWebviewHtml({
  ...{ title: 'Token', cspSource: 'https://csp.example', nonce: 'N0NCE', scriptUri: 'https://x/a.js' },
  ...{ styleUris: ['https://x/a.css'], codiconUri: 'https://x/codicon.css' },
});

test('the policy allows nothing but scripts with the nonce, and styles and fonts of the extension', () => {
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const directives = Object.fromEntries(policy.split('; ').map((directive) => directive.split(/ (.*)/s)));
  assert.deepEqual(directives, {
    'default-src': "'none'",
    'script-src': "'nonce-N0NCE'",
    'style-src': 'https://csp.example',
    'font-src': 'https://csp.example',
    'base-uri': "'none'",
    'form-action': "'none'",
  });
  assert.doesNotMatch(policy, /unsafe|\*/);
});

test('every script carries the nonce, and there is no inline style', () => {
  for (const [script] of html.matchAll(/<script[^>]*>/g)) assert.match(script, /nonce="N0NCE"/);
  assert.doesNotMatch(html, /<style|style=/);
});
