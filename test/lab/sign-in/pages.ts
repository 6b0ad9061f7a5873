import { randomBytes } from 'node:crypto';
import type { EntraFailure, FailureBody } from '../entra-reply.ts';
import type { LabReply } from '../loopback-server.ts';
import type { Account } from './registrations.ts';

interface AccountPage {
  /** Where the choice is sent, same origin. */
  action: string;
  /** Names the pending sign-in. */
  flow: string;
  clientName: string;
  /** What it asks for, as it wrote it. */
  scope: string;
  accounts: readonly Account[];
}

/** Asks who signs in. There is no password: it is a practice tenant, and the page says so. */
export function accountPage({ action, flow, clientName, scope, accounts }: AccountPage): LabReply {
  return practicePage(
    'Sign in to the practice tenant',
    accounts,
    `<p><strong>${escapeHtml(clientName)}</strong> asks for <code>${escapeHtml(scope)}</code>.</p>
    <form method="post" action="${escapeHtml(action)}">
      <input type="hidden" name="flow" value="${escapeHtml(flow)}">${accountButtons(accounts)}
      <button name="account" value="">Cancel</button>
    </form>`,
  );
}

/** Asks whether the client may have what it asks for. */
export function consentPage({ action, flow, clientName, scope }: Omit<AccountPage, 'accounts'>): LabReply {
  return page(
    'Permissions requested',
    `<p><strong>${escapeHtml(clientName)}</strong> would like to have <code>${escapeHtml(scope)}</code>.</p>
    <form method="post" action="${escapeHtml(action)}">
      <input type="hidden" name="flow" value="${escapeHtml(flow)}">
      <button name="consent" value="accept">Accept</button>
      <button name="consent" value="">Cancel</button>
    </form>`,
  );
}

/** Asks for the code that another device shows. */
export function deviceCodePage(action: string, isWrong: boolean): LabReply {
  return page(
    'Enter the code of your device',
    `<p>This is the practice tenant of Why401, on this computer.</p>${
      isWrong ? '\n    <p role="alert">That code is not valid. Look at your device and enter it again.</p>' : ''
    }
    <form method="post" action="${escapeHtml(action)}">
      <label>Code <input name="user_code" autocomplete="off" autofocus></label>
      <button>Next</button>
    </form>`,
  );
}

/** Asks who signs in on the device, or nobody. */
export function deviceAccountPage({ action, flow, clientName, scope, accounts }: AccountPage): LabReply {
  return practicePage(
    'Sign in on your device',
    accounts,
    `<p>Are you trying to sign in to <strong>${escapeHtml(clientName)}</strong>, for
      <code>${escapeHtml(scope)}</code>? Only go on if a device of yours shows the code.</p>
    <form method="post" action="${escapeHtml(action)}">
      <input type="hidden" name="flow" value="${escapeHtml(flow)}">${accountButtons(accounts)}
      <button name="account" value="">Cancel</button>
    </form>`,
  );
}

export function deviceDonePage(isApproved: boolean): LabReply {
  return isApproved
    ? page('You are signed in', '<p>You have signed in on your device. You can close this page.</p>')
    : page('You declined', '<p>Your device is told that nobody signs in. You can close this page.</p>');
}

function practicePage(title: string, accounts: readonly Account[], main: string): LabReply {
  const tenants = [...new Set(accounts.map(({ tenant }) => tenant.displayName))].join(' or ');
  return page(
    title,
    `<p>This is the practice tenant of Why401, on this computer (${escapeHtml(tenants)}). It needs no password,
      and nothing you do here leaves your computer.</p>
    ${main}`,
  );
}

function accountButtons(accounts: readonly Account[]): string {
  const buttons = accounts.map(
    ({ user, tenant }) => `
        <li><button name="account" value="${escapeHtml(user.id)}"><strong>${escapeHtml(user.name)}</strong>
          <span>${escapeHtml(user.userName)}, ${escapeHtml(tenant.displayName)}</span></button></li>`,
  );
  return `
      <ul aria-label="Accounts">${buttons.join('')}
      </ul>`;
}

/** Carries the answer to the client in the body of a POST: OAuth 2.0 Form Post Response Mode §2. */
export function formPostPage(redirectUri: string, answer: Readonly<Record<string, string>>): LabReply {
  const inputs = Object.entries(answer).map(
    ([name, value]) => `\n      <input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return page(
    'Working…',
    `<form method="post" action="${escapeHtml(redirectUri)}">${inputs.join('')}
      <noscript><p>Scripts are off. Press the button to go on.</p><button>Continue</button></noscript>
    </form>`,
    'document.forms[0].submit();',
  );
}

/** What Entra shows when it may not send the browser back: the client hears nothing. */
export function failurePage(failure: EntraFailure, body: FailureBody): LabReply {
  const [message = ''] = body.error_description.split(' Trace ID: ');
  return page(
    'Sorry, but we’re having trouble signing you in.',
    `<p>This is the practice tenant of Why401.</p>
    <p id="exceptionMessage">${escapeHtml(message)}</p>
    <dl><dt>Error code</dt><dd>${failure.code}</dd>
      <dt>Request Id</dt><dd>${escapeHtml(body.trace_id)}</dd>
      <dt>Correlation Id</dt><dd>${escapeHtml(body.correlation_id)}</dd>
      <dt>Timestamp</dt><dd>${escapeHtml(body.timestamp)}</dd></dl>`,
  );
}

export function signedOutPage(): LabReply {
  return page('You signed out', '<p>You signed out of the practice tenant. You can close this page.</p>');
}

function page(title: string, main: string, script = ''): LabReply {
  const nonce = randomBytes(16).toString('base64url');
  return {
    status: 200,
    headers: {
      'Content-Type': 'text/html; charset=utf-8',
      'Cache-Control': 'no-store, no-cache',
      'X-Content-Type-Options': 'nosniff',
      // No form-action: Chromium would hold the redirect that follows a choice against it.
      'Content-Security-Policy': `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; base-uri 'none'; frame-ancestors 'none'`,
    },
    body: `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>${escapeHtml(title)}</title>
  <style nonce="${nonce}">${STYLE}</style>
</head>
<body>
  <main>
    <h1>${escapeHtml(title)}</h1>
    ${main}
  </main>${script && `\n  <script nonce="${nonce}">${script}</script>`}
</body>
</html>
`,
  };
}

const STYLE = `
    :root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
    body { margin: 0; background: Canvas; color: CanvasText; }
    main { max-width: 30rem; margin: 3rem auto; padding: 0 1rem; }
    h1 { font-size: 1.4rem; }
    code, dd { overflow-wrap: anywhere; }
    ul { list-style: none; margin: 0 0 1rem; padding: 0; }
    button { font: inherit; margin: 0.25rem 0; padding: 0.5rem 1rem; min-height: 2.75rem; cursor: pointer; }
    li button { width: 100%; text-align: left; }
    li span { display: block; }
  `;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
