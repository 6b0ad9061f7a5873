import { randomBytes } from 'node:crypto';
import type { TokenMint, TokenWishes } from '../lab/token-mint.ts';
import type { RealVsCode } from './real-vscode.ts';
import { type TokenPanelPage, tokenPanel } from './token-panel-page.ts';
import { until } from './workbench.ts';

/** A token that can be told from every other one, on screen and on disk, by a claim of 48 random characters. */
export interface MarkedToken {
  token: string;
  mark: string;
}

export const MARK_CLAIM = 'mark';

export async function mintMarked(mint: TokenMint, wishes: TokenWishes = {}): Promise<MarkedToken> {
  const mark = randomBytes(24).toString('hex');
  const token = await mint.accessTokenV2({ ...wishes, payload: { ...wishes.payload, [MARK_CLAIM]: mark } });
  return { token, mark };
}

/** Opens the token in a document that exists only in memory, selects it and runs a command. */
export async function runOn(vscode: RealVsCode, command: string, { token, mark }: MarkedToken): Promise<void> {
  await vscode.openDocument(`${mark.slice(0, 8)}.txt`, token);
  await vscode.selectAll();
  await vscode.runCommand(command);
}

/** Waits until the panel shows this token; with `done`, until it shows a report on it. */
export async function panelShowing(
  vscode: RealVsCode,
  { mark }: MarkedToken,
  state: 'decoded' | 'done' = 'decoded',
): Promise<TokenPanelPage> {
  return until(`the panel to show ${state === 'done' ? 'a report on ' : ''}the token`, async () => {
    const panel = await tokenPanel(vscode);
    const { text, isDone } = await shownIn(panel);
    return text.includes(mark) && (isDone || state === 'decoded') ? panel : undefined;
  });
}

/** Whether the panel shows a report, on the token that holds this mark. */
export async function isReportOn(panel: TokenPanelPage, mark: string): Promise<boolean> {
  const { text, isDone } = await shownIn(panel);
  return isDone && text.includes(mark);
}

/** Nothing of a frame that was replaced meanwhile. */
function shownIn({ frame }: TokenPanelPage): Promise<{ text: string; isDone: boolean }> {
  const shown = frame.evaluate(() => ({
    text: document.body.textContent ?? '',
    isDone: document.querySelector('.verdict[data-verdict]') !== null,
  }));
  return shown.catch(() => ({ text: '', isDone: false }));
}

/** Validates by the command and waits for the report; fails when VS Code asks something first. */
export async function validate(vscode: RealVsCode, token: MarkedToken): Promise<TokenPanelPage> {
  await runOn(vscode, VALIDATE, token);
  return panelShowing(vscode, token, 'done');
}

export const DECODE = 'Why401: Decode Token';
export const VALIDATE = 'Why401: Validate Token';

/** Signature and marked claim of a JWT; the whole of anything else. */
export function marksOf(token: string): string[] {
  const [, payload, signature] = token.split('.');
  if (!token.startsWith('ey') || !payload || !signature) return [token];
  const claims = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Record<string, unknown>;
  return [String(claims[MARK_CLAIM]), signature];
}
