import * as vscode from 'vscode';
import { AppError, Cancelled } from '../../core/app-error.ts';
import type { Settings } from '../../core/why/copy-as/settings.ts';
import { plainWindow } from '../plain-window.ts';
import { sayDone } from '../say-done.ts';
import type { TokenPanel } from '../views/token-panel.ts';

const TITLE = 'Copy As';

/** "Why401: Copy Token As…": settings or code for a validator, from the token in the panel, which has to have passed. */
export async function copyAs(panel: TokenPanel): Promise<void> {
  const { NO_RULES_TEXTS, SETTINGS_WRITERS } = await import('../../core/why/copy-as/copy-as.ts');
  const rules = await panel.rulesOfSelected();
  if (rules === undefined)
    throw new AppError('notPassed', 'Validate a token first: settings are written from one that passes every check.');
  if (typeof rules === 'string') throw new AppError('notPassed', NO_RULES_TEXTS[rules]);
  const items = SETTINGS_WRITERS.map(({ title, write }) => itemOf(title, write(rules))).sort(
    (one, other) => Number(other.settings.ok) - Number(one.settings.ok),
  );
  const picked = await plainWindow.showQuickPick(items, { title: TITLE, placeHolder: 'What validates the tokens?' });
  if (!picked) throw new Cancelled();
  const { settings, label } = picked;
  if (!settings.ok) throw new AppError('notPassed', settings.why);
  await vscode.env.clipboard.writeText(settings.text);
  sayDone(`Copied: ${label}`);
}

/** What is to be known before pasting stands in the list, not in a message that goes away. */
function itemOf(label: string, settings: Settings): vscode.QuickPickItem & { settings: Settings } {
  const detail = settings.ok ? settings.note : settings.why;
  return {
    label,
    ...(settings.ok ? {} : { iconPath: new vscode.ThemeIcon('circle-slash') }),
    settings,
    ...(detail === undefined ? {} : { detail }),
  };
}
