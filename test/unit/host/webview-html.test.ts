import assert from 'node:assert/strict';
import { test } from 'node:test';
import { buildWebviewHtml } from '../../../src/host/webview/webview-html.ts';

const style = '@font-face{src:url("./codicon.ttf?5d4d76ab2ce5108968ad644d591a16a6") format("truetype")}p{color:red}';
const html = buildWebviewHtml({
  ...{ title: 'Token', nonce: 'N0NCE', script: 'start("$&");', style },
  ...{ iconFontUri: 'https://x/codicon.ttf', cspSource: 'https://csp.example' },
});

test('the policy allows nothing but script and style with the nonce, and fonts of the extension', () => {
  const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
  const directives = Object.fromEntries(policy.split('; ').map((directive) => directive.split(/ (.*)/s)));
  assert.deepEqual(directives, {
    'default-src': "'none'",
    'script-src': "'nonce-N0NCE'",
    'style-src': "'nonce-N0NCE'",
    'font-src': 'https://csp.example',
    'base-uri': "'none'",
    'form-action': "'none'",
  });
  assert.doesNotMatch(policy, /unsafe|\*/);
});

test('script and style stand in the page as they are, each with the nonce', () => {
  assert.ok(html.includes('<script type="module" nonce="N0NCE">start("$&");</script>'));
  assert.ok(html.includes('<style nonce="N0NCE">@font-face{src:url("https://x/codicon.ttf") format("truetype")}'));
  assert.equal([...html.matchAll(/<(script|style)/g)].length, 2);
  assert.doesNotMatch(html, / style=| on[a-z]+=/);
});
