import { html, nothing, type TemplateResult } from 'lit/html.js';
import { durationText } from '../../core/token/time.ts';
import type { ReportLine, ValidationReport } from '../../core/why/validation-report.ts';
import { renderLinkButton } from '../shared/buttons.ts';
import { renderIcon, type Tone } from '../shared/icon.ts';
import type { PanelView } from './panel-view.ts';
import { renderFailedLine, renderShortLine } from './report-line.ts';

const VERDICT_SIGNS: Record<ValidationReport['verdict'], { icon: string; tone: Tone; words: string }> = {
  passes: { icon: 'pass-filled', tone: 'passed', words: 'Would be accepted' },
  refuses: { icon: 'error', tone: 'error', words: 'Would be refused' },
  unknown: { icon: 'question', tone: 'warning', words: 'Not refused, but not everything was checked' },
};

/** The verdict for the live region: `Would be refused: Issuer, Version`. */
export function sayVerdict({ verdict, lines }: ValidationReport): string {
  const failed = lines.filter((line) => line.verdict === 'failed').map(({ title }) => title);
  const { words } = VERDICT_SIGNS[verdict];
  return failed.length > 0 ? `${words}: ${failed.join(', ')}` : words;
}

/** Verdict, then what failed with its repair, then what was not checked, then what passed, then whom it trusted. */
export function renderReport(report: ValidationReport, hasChoice: boolean, view: PanelView): TemplateResult {
  const { icon, tone } = VERDICT_SIGNS[report.verdict];
  const withVerdict = (verdict: ReportLine['verdict']) => report.lines.filter((line) => line.verdict === verdict);
  return html`
    <div class="card edge-${tone} verdict" data-verdict=${report.verdict}>
      ${renderIcon(icon, tone)}
      <div>
        <h3>${report.headline}</h3>
        <p class="muted">
          ${report.profile ? html`Profile <strong>${report.profile}</strong>` : 'No API profile, only why401.tenant'},
          from ${report.origin}
          ${hasChoice ? renderLinkButton('Choose Another', () => view.post({ type: 'chooseProfile' }), 'API profile') : nothing}
        </p>
      </div>
    </div>
    ${renderGroup('Failed', withVerdict('failed'), (line) => renderFailedLine(line, view))}
    ${renderGroup('Not checked', withVerdict('notChecked'), (line) => renderShortLine(line, view))}
    ${renderGroup('Passed', withVerdict('passed'), (line) => renderShortLine(line, view))}
    ${renderTrust(report, view.nowMs)}
  `;
}

function renderGroup(title: string, lines: ReportLine[], renderLine: (line: ReportLine) => TemplateResult) {
  if (lines.length === 0) return nothing;
  return html`
    <h3 class="group-title">${title} <span class="muted">${lines.length}</span></h3>
    <ul class="report-lines">${lines.map(renderLine)}</ul>
  `;
}

function renderTrust({ authority, keys }: ValidationReport, nowMs: number): TemplateResult {
  return html`
    <h3 class="group-title">Trusted</h3>
    <dl class="pairs small">
      <div><dt>Authority</dt><dd class="mono">${authority}</dd></div>
      <div>
        <dt>Keys</dt>
        <dd>
          ${
            keys
              ? html`<span class="mono">${keys.url}</span>
                  <span class="muted key-age">read ${durationText((nowMs - keys.readAtMs) / 1000)} ago</span>`
              : html`<span class="muted">no keys were read</span>`
          }
        </dd>
      </div>
    </dl>
  `;
}
