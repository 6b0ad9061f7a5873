import type { CommandName } from '../../contract.ts';
import { describeProblem } from '../../core/token/problem-text.ts';
import { describeTime } from '../../core/token/time.ts';
import type { TokenReading } from '../../core/token/token.ts';
import { type SummaryText, summarizeToken, type TokenSummary } from '../../core/token/token-summary.ts';
import type { CodeDescription } from '../../core/why/code-text.ts';
import { markdownCode, markdownText } from '../plain-text.ts';

type LinkTo = (command: CommandName) => string;

/** What a token is, in a few lines of Markdown. What the token says stands as code: it brings no link and no mark. */
export function writeTokenHover(
  reading: TokenReading,
  { nowMs, canValidate, linkTo }: { nowMs: number; canValidate: boolean; linkTo: LinkTo },
): string {
  const summary = summarizeToken(reading);
  const { issuer, audiences, permissions } = summary;
  const [problem] = reading.problems;
  const lines = [
    ...(issuer ? [`- Issuer ${namedCode(issuer)}`] : []),
    ...(audiences.length > 0 ? [`- Audience ${audiences.map(namedCode).join(', ')}`] : []),
    ...lifetimeLine(summary, nowMs),
    ...(permissions ? [permissionLine(permissions)] : []),
  ];
  const links = [
    `[Decode](${linkTo('decodeToken')})`,
    ...(canValidate ? [`[Validate](${linkTo('validateToken')})`] : []),
    `[Copy Redacted](${linkTo('copyRedacted')})`,
  ];
  return [
    `**${markdownText(summary.title)}**`,
    ...(problem ? [markdownText(describeProblem(problem))] : []),
    ...(lines.length > 0 ? [lines.join('\n')] : []),
    links.join(' · '),
  ].join('\n\n');
}

/** What an error code means, in a few lines of Markdown. */
export function writeCodeHover({ code, writer, meanings }: CodeDescription, explainLink: string): string {
  const said = meanings.map(({ meaning, remedy }) =>
    remedy ? `- ${markdownText(meaning)}  \n  ${markdownText(remedy)}` : `- ${markdownText(meaning)}`,
  );
  return [
    `**${code}** · ${markdownText(writer)}`,
    said.length > 0 ? said.join('\n') : 'Why401 knows no more of this code than the server’s own words.',
    `[Explain…](${explainLink})`,
  ].join('\n\n');
}

function namedCode({ text, name }: SummaryText): string {
  return name === undefined ? markdownCode(text) : `${markdownCode(text)} ${markdownText(name)}`;
}

function permissionLine({ claim, items, more }: NonNullable<TokenSummary['permissions']>): string {
  const names = items.map(markdownCode).join(' ');
  return `- ${claim === 'roles' ? 'Roles' : 'Scopes'} ${names}${more > 0 ? ` and ${more} more` : ''}`;
}

function lifetimeLine({ expiresAtSec, notBeforeSec }: TokenSummary, nowMs: number): string[] {
  if (expiresAtSec === undefined) return [];
  const isOver = expiresAtSec * 1000 <= nowMs;
  const isEarly = !isOver && notBeforeSec !== undefined && notBeforeSec * 1000 > nowMs;
  const moment = describeTime(isEarly ? notBeforeSec : expiresAtSec, nowMs, false);
  if (!moment) return [];
  const word = isOver ? '**Expired**' : isEarly ? 'Becomes valid' : 'Expires';
  return [`- ${word} ${moment.relative} · ${moment.local} local`];
}
