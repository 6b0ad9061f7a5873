import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { SendFailureKind } from '../../core/call/exchange.ts';
import type { RequestResult } from '../../protocol/request-view.ts';

export const NAMES_OF_FAILURES: Record<SendFailureKind, string> = {
  dns: 'No answer: host not found',
  refused: 'No answer: connection refused',
  reset: 'No answer: connection closed',
  tls: 'No answer: certificate not accepted',
  timeout: 'No answer: timed out',
  cancelled: 'Cancelled',
  tooManyRedirects: 'No answer: too many redirects',
  notSent: 'Not sent',
  protocol: 'No answer: not understood',
};

const TRIES: Record<SendFailureKind, string[]> = {
  dns: ['Check the host name in the URL.', 'A private endpoint has a name only inside its network: is the VPN on?'],
  refused: [
    'Check host and port, and that the server is running.',
    'For a local Functions host: func start, port 7071.',
  ],
  reset: ['Send again: the server may have restarted.', 'Check whether the port expects https instead of http.'],
  tls: [
    'For a certificate of your own: let the system trust its authority.',
    'Check that the host name stands in the certificate.',
  ],
  timeout: ['Send again: a cold start can take a while.', 'Check that a firewall or VPN lets you through.'],
  cancelled: [],
  tooManyRedirects: ['Check the URL: such a circle is often a sign-in page that never finds its cookie.'],
  notSent: [],
  protocol: ['Check that the port speaks HTTP, and whether it expects https instead of http.'],
};

/** No answer: what happened, and what to try. No gate refused anything. */
export function renderFailure({ kind, detail, text }: NonNullable<RequestResult['failure']>): TemplateResult {
  const tries = TRIES[kind];
  return html`
    <div class="failure" data-failure=${kind}>
      <p>${text} ${detail ? html`<span class="mono muted">${detail}</span>` : nothing}</p>
      ${
        tries.length > 0
          ? html`<h3 class="label">What to try</h3>
              <ul class="bullets">${tries.map((line) => html`<li>${line}</li>`)}</ul>`
          : nothing
      }
    </div>
  `;
}
