import { html, nothing, type TemplateResult } from 'lit/html.js';
import type { ReportLine } from '../../core/why/validation-report.ts';
import { renderLinkButton } from '../shared/buttons.ts';
import { renderFoldableText } from '../shared/foldable-text.ts';
import { renderIcon } from '../shared/icon.ts';
import { hostOfSource } from '../shared/web-source.ts';
import type { PanelView } from './panel-view.ts';

/** A failed check in full: what was seen, what was expected, what to change. */
export function renderFailedLine(line: ReportLine, view: PanelView): TemplateResult {
  return html`
    <li class="report-line failed" data-check=${line.id} data-verdict=${line.verdict} data-reason=${line.reason}>
      ${renderIcon('error', 'error')}
      <div>
        <p><strong>${line.title}</strong></p>
        <p>${line.detail}</p>
        <dl class="pairs">
          ${
            line.seen === undefined
              ? nothing
              : html`<div><dt>Seen</dt><dd>${renderFoldableText(`seen:${line.id}`, line.seen, `${line.title}, seen`, view)}</dd></div>`
          }
          ${
            line.expected?.length
              ? html`<div><dt>Expected</dt>${line.expected.map(
                  (text, index) =>
                    html`<dd>${renderFoldableText(`expected:${line.id}:${index}`, text, `${line.title}, expected`, view)}</dd>`,
                )}</div>`
              : nothing
          }
          ${
            line.change.length
              ? html`<div><dt>Change</dt>${line.change.map((sentence) => html`<dd>${sentence}</dd>`)}</div>`
              : nothing
          }
        </dl>
        ${renderLinks(line, view)}
      </div>
    </li>
  `;
}

/** A check that passed or could not be made, in one line. */
export function renderShortLine(line: ReportLine, view: PanelView): TemplateResult {
  const isPassed = line.verdict === 'passed';
  return html`
    <li class="report-line" data-check=${line.id} data-verdict=${line.verdict} data-reason=${line.reason}>
      ${line.warning ? renderIcon('warning', 'warning') : renderIcon(isPassed ? 'check' : 'dash', isPassed ? 'passed' : 'muted')}
      <div>
        <div class="short-line">
          <span>${line.title}</span> <span class="muted">${line.detail} ${isPassed ? nothing : line.change.join(' ')}</span>
          ${isPassed ? nothing : renderLinks(line, view)}
        </div>
      </div>
    </li>
  `;
}

function renderLinks({ title, setting, source }: ReportLine, view: PanelView): TemplateResult | typeof nothing {
  const sourceHost = hostOfSource(source);
  if (!setting && !sourceHost) return nothing;
  return html`
    <p class="links">
      ${setting ? renderLinkButton('Open Setting', () => view.post({ type: 'openSettings', setting }), setting) : nothing}
      ${
        source && sourceHost
          ? renderLinkButton(
              'Read More',
              () => view.post({ type: 'openSource', url: source }),
              `about ${title} on ${sourceHost}`,
            )
          : nothing
      }
    </p>
  `;
}
