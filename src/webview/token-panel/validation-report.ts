import { html, nothing, type TemplateResult } from 'lit/html.js';
import { durationText } from '../../core/token/time.ts';
import type { Caveat, ReportDisagreement, ReportLine, ValidationReport } from '../../core/why/validation-report.ts';
import { renderButton, renderLinkButton } from '../shared/buttons.ts';
import { renderIcon, type Tone } from '../shared/icon.ts';
import type { PanelView } from './panel-view.ts';
import { renderFailedLine, renderShortLine } from './report-line.ts';

const VERDICT_SIGNS: Record<ValidationReport['verdict'], { icon: string; tone: Tone; words: string }> = {
  passes: { icon: 'pass-filled', tone: 'passed', words: 'Would be accepted' },
  refuses: { icon: 'error', tone: 'error', words: 'Would be refused' },
  unknown: { icon: 'question', tone: 'warning', words: 'Not refused, but not everything was checked' },
};

export const CAVEAT_WORDS: Record<Caveat['id'], string> = {
  oldKeys: 'Passed with old keys',
  givenKey: 'Passed with the key you gave',
};

/** The verdict for the live region: `Would be refused: Issuer, Version`. */
export function sayVerdict(report: ValidationReport): string {
  const failed = report.lines.filter((line) => line.verdict === 'failed').map(({ title }) => title);
  const { words } = signOf(report);
  return failed.length > 0 ? `${words}: ${failed.join(', ')}` : words;
}

/** Verdict, then what failed with its repair, then what was not checked, then what passed, then whom it trusted. */
export function renderReport(report: ValidationReport, hasChoice: boolean, view: PanelView): TemplateResult {
  const { icon, tone } = signOf(report);
  const withVerdict = (verdict: ReportLine['verdict']) => report.lines.filter((line) => line.verdict === verdict);
  const passed = Object.groupBy(withVerdict('passed'), ({ warning }) => (warning ? 'warned' : 'plain'));
  return html`
    <div class="card edge-${tone} verdict" data-verdict=${report.verdict} data-caveat=${report.caveat?.id ?? nothing}>
      ${renderIcon(icon, tone)}
      <div>
        <h3>${report.headline}</h3>
        <p class="muted">
          ${report.profile ? html`Profile <strong>${report.profile}</strong>` : 'No API profile, only why401.tenant'},
          from ${report.origin}
          ${hasChoice ? renderLinkButton('Choose Another', () => view.post({ type: 'chooseProfile' }), 'API profile') : nothing}
        </p>
        ${
          report.verdict === 'passes' && report.caveat?.id !== 'givenKey'
            ? html`<div class="card-actions with-note">
                ${renderButton('Copy As…', () => view.post({ type: 'copyAs' }))}
                <span class="muted small">Settings or code for a validator that accepts tokens like this one</span>
              </div>`
            : nothing
        }
      </div>
    </div>
    ${renderGroup('Failed', withVerdict('failed'), (line) => renderFailedLine(line, view))}
    ${renderGroup('Not checked', withVerdict('notChecked'), (line) => renderShortLine(line, view))}
    ${renderGroup('Passed with a warning', passed.warned ?? [], (line) => renderShortLine(line, view))}
    ${renderGroup('Passed', passed.plain ?? [], (line) => renderShortLine(line, view))}
    ${renderDisagreements(report)}
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

/** A pass with a caveat has another shape and colour than a plain one. */
function signOf({ verdict, caveat }: ValidationReport): (typeof VERDICT_SIGNS)[ValidationReport['verdict']] {
  if (verdict !== 'passes' || !caveat) return VERDICT_SIGNS[verdict];
  return { icon: 'warning', tone: 'warning', words: CAVEAT_WORDS[caveat.id] };
}

const ANSWER_WORDS = {
  accepts: 'Accepted by',
  refuses: 'Refused by',
  unknown: 'Not known for',
  byVersion: 'By version',
} as const;

function renderDisagreements({
  disagreements = [],
  validator,
  lines,
}: ValidationReport): TemplateResult | typeof nothing {
  if (disagreements.length === 0) return nothing;
  const saidAbove = new Set(lines.map(({ detail }) => detail));
  return html`
    <h3 class="group-title">Validators differ <span class="muted">${disagreements.length}</span></h3>
    <ul class="report-lines">${disagreements.map((one) => renderDisagreement(one, !saidAbove.has(one.detail)))}</ul>
    <p class="muted small">
      ${validator ? `The profile says ${validator} validates its tokens.` : 'Say which of them your API uses: "validator" in the profile. Its answer then decides.'}
    </p>
  `;
}

function renderDisagreement(
  { check, reason, title, detail, answers }: ReportDisagreement,
  withDetail: boolean,
): TemplateResult {
  const byVerdict = Object.groupBy(answers, ({ verdict, versions }) => (versions ? 'byVersion' : verdict));
  return html`
    <li class="report-line" data-disagreement=${reason} data-about=${check}>
      ${renderIcon('git-compare', 'muted')}
      <div>
        <p class="short-line"><span>${title}</span> ${withDetail ? html`<span class="muted">${detail}</span>` : nothing}</p>
        <dl class="pairs small">
          ${(['accepts', 'refuses', 'byVersion', 'unknown'] as const).map((verdict) => {
            const names = byVerdict[verdict]?.map(({ name, versions }) => versions ?? name);
            return names ? html`<div><dt>${ANSWER_WORDS[verdict]}</dt><dd>${names.join(', ')}</dd></div>` : nothing;
          })}
        </dl>
      </div>
    </li>
  `;
}

function renderTrust({ authority, keys, clockSkew }: ValidationReport, nowMs: number): TemplateResult {
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
      <div>
        <dt>Clock skew</dt>
        <dd class="clock-skew">
          ${clockSkew ? html`${clockSkew.seconds} s <span class="muted">by ${clockSkew.from}</span>` : html`<span class="muted">not known</span>`}
        </dd>
      </div>
    </dl>
  `;
}
