import type { Diagnosis } from '../explain.ts';
import type { ExplainedCause, Explanation, StepVerdict, TokenPair } from '../explanation.ts';
import { explanationOf } from './explanation-of.ts';
import { parseReport, type Report } from './report.ts';
import { reportOf } from './report-of.ts';

const FENCE = '```';
const LANGUAGE = 'why401';
/** Characters of a text in which a report is looked for, and of the report itself. */
const LONGEST_TEXT = 1024 * 1024;
const LONGEST_DATA = 128 * 1024;

const VERDICTS: Record<StepVerdict, string> = {
  passed: '✓ passed',
  passedOrAbsent: '✓ passed or not there',
  refused: '✗ refused',
  unknown: '? not known',
  notReached: '○ not reached',
};

/**
 * A diagnosis as Markdown for a ticket, with its data below for {@link readReport}. Tenants, applications, users, hosts,
 * paths, addresses and names are numbers, the same for the same one; holds no token, key or text of a server.
 */
export function writeReport(diagnosis: Diagnosis, explanation: Explanation): string {
  const report = reportOf(diagnosis, explanation);
  const words = explanationOf(report) ?? { headline: '', path: [], causes: [], needs: [] };
  return [...writeWords(report, words), '', `${FENCE}${LANGUAGE}`, JSON.stringify(report), FENCE, ''].join('\n');
}

/** The report in a text, in words again; undefined when there is none or it is not one of ours. Never throws. */
export function readReport(text: string): Explanation | undefined {
  const searched = text.slice(0, LONGEST_TEXT);
  const start = searched.indexOf(`${FENCE}${LANGUAGE}`);
  if (start < 0) return undefined;
  const from = start + FENCE.length + LANGUAGE.length;
  const end = searched.indexOf(FENCE, from);
  if (end < 0 || end - from > LONGEST_DATA) return undefined;
  const report = parseReport(parseJson(searched.slice(from, end)));
  return report && explanationOf(report);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function writeWords({ status, signature }: Report, { headline, path, pair, causes }: Explanation): string[] {
  const [best, ...others] = causes;
  return [
    `## Why${status === undefined ? '' : ` ${status}`}: ${headline}`,
    '',
    ...path.flatMap(({ title, steps }) => [
      `- ${title}`,
      ...steps.map(
        (step) =>
          `  - ${step.title}${step.place ? `, ${step.place}` : ''}: ${step.isProbable ? 'probably ' : ''}${VERDICTS[step.verdict]}`,
      ),
    ]),
    ...(signature ? ['', `Signature of the token: ${signature === 'notChecked' ? 'not checked' : signature}.`] : []),
    ...(best ? writeCause(best, pair) : []),
    ...(others.length > 0
      ? ['', `Also possible: ${others.map(({ title, confidence }) => `${title} (${confidence})`).join('; ')}.`]
      : []),
    '',
    'Names are replaced by numbers. “Why401: Open Report…” in VS Code shows this as a picture.',
  ];
}

function writeCause(cause: ExplainedCause, pair: TokenPair | undefined): string[] {
  const fixes = cause.fixes.filter(({ kind }) => kind !== 'weakens');
  return [
    '',
    `**Cause (${cause.confidence}):** ${cause.title}. ${cause.means}`,
    ...(pair ? writePair(pair) : []),
    ...(cause.evidence.length > 0 ? ['', '**Evidence**', '', ...cause.evidence.map((line) => `- ${line}`)] : []),
    ...(fixes.length > 0 ? ['', '**Fix**', ''] : []),
    ...fixes.map(({ text, where, value, proof }) =>
      [
        `- ${where ? `${where}: ` : ''}${text}`,
        ...(value ? [`\`${value}\``] : []),
        ...(proof ? [proof.text] : []),
      ].join(' '),
    ),
    ...(cause.source ? ['', cause.source] : []),
  ];
}

function writePair({ acceptsTitle, rows }: TokenPair): string[] {
  return [
    '',
    `| | token says | ${acceptsTitle} |`,
    '|---|---|---|',
    ...rows.map(
      ({ claim, says, accepts, fits }) => `| ${claim} | ${fits ? '✓' : '✗'} ${says} | ${accepts.join('<br>')} |`,
    ),
  ];
}
