import * as vscode from 'vscode';
import { SETTINGS, SETTINGS_SECTION } from '../../contract.ts';
import { AppError } from '../../core/app-error.ts';
import { isTenantName, type TokenVersion } from '../../core/entra/authority.ts';
import { CLOUDS } from '../../core/entra/clouds.ts';
import { parseApiProfile } from '../../core/entra/parse-api-profile.ts';
import { isGuid } from '../../core/token/issuer-shape.ts';
import { askPick, askText, BACK, type QuickStep, runQuickSteps, type StepFrame } from '../quick-steps.ts';

const TITLE = 'Add API';

interface Target {
  scope: vscode.ConfigurationTarget;
  folder?: vscode.Uri;
}

interface Answers {
  target: Target;
  name: string;
  tenant: string;
  cloud: string;
  appId: string;
  appIdUri: string;
  tokenVersions: TokenVersion[];
  scopes: string[];
  roles: string[];
}

type TextAnswer = 'name' | 'tenant' | 'cloud' | 'appId' | 'appIdUri';

/** "Why401: Add API": asks for what validation needs and writes an entry of `why401.apis`; the rest is for its editor. */
export async function addApi(): Promise<void> {
  const answers: Answers = {
    target: { scope: vscode.ConfigurationTarget.Global },
    ...{ name: '', tenant: '', cloud: 'public', appId: '', appIdUri: '' },
    ...{ tokenVersions: [], scopes: [], roles: [] },
  };
  await runQuickSteps(TITLE, answers, STEPS);
  const entry = entryOf(answers);
  const parsed = parseApiProfile(answers.name, entry, 'user');
  if (!parsed.ok)
    throw new AppError('badSettings', parsed.faults.map(({ path, text }) => `${path} ${text}`).join('; '));
  await writeEntry(answers, entry);
  await revealEntry(answers.target);
}

const STEPS: readonly QuickStep<Answers>[] = [
  { ask: askTarget, applies: () => (vscode.workspace.workspaceFolders ?? []).length > 0 },
  textStep('name', 'A name for the API, such as orders-dev', 'orders-dev', (text, { target }) => {
    if (text === '') return 'Give the API a name.';
    return Object.hasOwn(entriesOf(target), text) ? 'There is an entry of that name already.' : undefined;
  }),
  { ask: askCloud },
  textStep(
    'tenant',
    'The tenant that issues the tokens: its GUID or a domain; organizations for any',
    'contoso.onmicrosoft.com',
    (text) =>
      isTenantName(text)
        ? undefined
        : 'A GUID, a domain such as contoso.onmicrosoft.com, organizations, common or consumers.',
  ),
  textStep(
    'appId',
    'The API’s own application (client) id; empty when you do not know it',
    '00000000-0000-0000-0000-000000000000',
    (text) => (text === '' || isGuid(text) ? undefined : 'A GUID, as the app registration’s overview shows it.'),
  ),
  { ask: askAppIdUri },
  { ask: askVersions },
  listStep(
    'scopes',
    'Scopes of which one is enough for a user, separated by spaces; empty for none',
    'Orders.Read Orders.Write',
  ),
  listStep(
    'roles',
    'App roles of which one is enough for an application, separated by spaces; empty for none',
    'Orders.Read.All',
  ),
];

async function askTarget(answers: Answers, frame: StepFrame): Promise<typeof BACK | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const workspace = {
    label: 'Workspace Settings',
    detail: 'Shared with everybody who opens this workspace',
    value: { scope: vscode.ConfigurationTarget.Workspace },
  };
  const ofFolders = folders.map(({ name, uri }) => ({
    label: `Folder Settings: ${name}`,
    detail: 'Only for tokens in files of this folder',
    value: { scope: vscode.ConfigurationTarget.WorkspaceFolder, folder: uri },
  }));
  const items: (vscode.QuickPickItem & { value: Target })[] = [
    {
      label: 'User Settings',
      detail: 'For you, in every workspace',
      value: { scope: vscode.ConfigurationTarget.Global },
    },
    workspace,
    ...(folders.length > 1 ? ofFolders : []),
  ];
  return keep(await askPick({ ...frame, placeholder: 'Where should the entry be written?', items }), (target) => {
    answers.target = target;
  });
}

async function askCloud(answers: Answers, frame: StepFrame): Promise<typeof BACK | undefined> {
  const other = { label: 'Another Microsoft Entra', detail: 'By the https address of its login host', value: '' };
  const items = [
    ...CLOUDS.map(({ id, name, loginHost }) => ({ label: name, description: loginHost, value: id as string })),
    other,
  ];
  const cloud = await askPick({ ...frame, placeholder: 'Which cloud issues the tokens?', items });
  if (cloud === BACK) return BACK;
  if (cloud !== '') {
    answers.cloud = cloud;
    return undefined;
  }
  const base = await askText({
    ...frame,
    prompt: 'The https login base of the other Entra',
    placeholder: 'https://login.example.com',
    validate: (text) =>
      URL.canParse(text) && new URL(text).protocol === 'https:' && new URL(text).pathname === '/'
        ? undefined
        : 'An https address without a path.',
  });
  return keep(base, (text) => {
    answers.cloud = text;
  });
}

async function askAppIdUri(answers: Answers, frame: StepFrame): Promise<typeof BACK | undefined> {
  const uri = await askText({
    ...frame,
    prompt: 'The API’s App ID URI; empty when it has none',
    placeholder: 'api://orders',
    value: answers.appIdUri || (answers.appId && `api://${answers.appId}`),
    validate: (text) => (text === '' || text.includes(':') ? undefined : 'A URI, such as api://orders.'),
  });
  return keep(uri, (text) => {
    answers.appIdUri = text;
  });
}

async function askVersions(answers: Answers, frame: StepFrame): Promise<typeof BACK | undefined> {
  const items: (vscode.QuickPickItem & { value: TokenVersion[] })[] = [
    { label: 'I do not know', detail: 'The version is then not checked', value: [] },
    { label: 'v2', detail: 'The registration says requestedAccessTokenVersion 2', value: [2] },
    { label: 'v1', detail: 'The registration says 1 or nothing, which is the default of a new one', value: [1] },
    { label: 'v1 and v2', detail: 'The API accepts both issuers and audiences', value: [1, 2] },
  ];
  return keep(
    await askPick({ ...frame, placeholder: 'Which token versions does the API accept?', items }),
    (versions) => {
      answers.tokenVersions = versions;
    },
  );
}

function textStep(
  member: TextAnswer,
  prompt: string,
  placeholder: string,
  validate: (text: string, answers: Answers) => string | undefined,
): QuickStep<Answers> {
  return {
    ask: async (answers, frame) => {
      const text = await askText({
        ...frame,
        prompt,
        placeholder,
        value: answers[member],
        validate: (typed) => validate(typed, answers),
      });
      return keep(text, (answer) => {
        answers[member] = answer;
      });
    },
  };
}

function listStep(member: 'scopes' | 'roles', prompt: string, placeholder: string): QuickStep<Answers> {
  return {
    ask: async (answers, frame) => {
      const value = answers[member].join(' ');
      const text = await askText({ ...frame, prompt, placeholder, value, validate: () => undefined });
      return keep(text, (answer) => {
        answers[member] = answer.split(/[\s,]+/).filter((entry) => entry !== '');
      });
    },
  };
}

function keep<T>(answer: T | typeof BACK, use: (answer: T) => void): typeof BACK | undefined {
  if (answer === BACK) return BACK;
  use(answer);
  return undefined;
}

function entryOf({ cloud, tenant, appId, appIdUri, tokenVersions, scopes, roles }: Answers): Record<string, unknown> {
  const accepts = [...scopes.map((scope) => ({ scopes: [scope] })), ...roles.map((role) => ({ roles: [role] }))];
  return {
    tenant,
    ...(cloud === 'public' ? {} : { cloud }),
    ...(appId ? { appId } : {}),
    ...(appIdUri ? { appIdUri } : {}),
    ...(tokenVersions.length > 0 ? { tokenVersions } : {}),
    ...(accepts.length > 0 ? { accepts } : {}),
  };
}

function entriesOf({ scope, folder }: Target): Record<string, unknown> {
  const inspected = vscode.workspace
    .getConfiguration(SETTINGS_SECTION, folder ?? null)
    .inspect<Record<string, unknown>>(SETTINGS.apis);
  switch (scope) {
    case vscode.ConfigurationTarget.Global:
      return inspected?.globalValue ?? {};
    case vscode.ConfigurationTarget.Workspace:
      return inspected?.workspaceValue ?? {};
    case vscode.ConfigurationTarget.WorkspaceFolder:
      return inspected?.workspaceFolderValue ?? {};
  }
}

async function writeEntry({ target, name }: Answers, entry: Record<string, unknown>): Promise<void> {
  const configuration = vscode.workspace.getConfiguration(SETTINGS_SECTION, target.folder ?? null);
  try {
    await configuration.update(SETTINGS.apis, { ...entriesOf(target), [name]: entry }, target.scope);
  } catch (cause) {
    throw new AppError(
      'settingsNotWritten',
      'The settings file could not be written: close or mend it, then add the API again.',
      {
        cause,
        actions: ['openSettings'],
      },
    );
  }
}

/** The entry itself is the confirmation, and where the rest is written. */
async function revealEntry({ scope, folder }: Target): Promise<void> {
  const argument = { revealSetting: { key: `${SETTINGS_SECTION}.${SETTINGS.apis}`, edit: false } };
  switch (scope) {
    case vscode.ConfigurationTarget.Global:
      await vscode.commands.executeCommand('workbench.action.openSettingsJson', argument);
      return;
    case vscode.ConfigurationTarget.Workspace:
      await vscode.commands.executeCommand('workbench.action.openWorkspaceSettingsFile', argument);
      return;
    case vscode.ConfigurationTarget.WorkspaceFolder:
      await vscode.commands.executeCommand('workbench.action.openFolderSettingsFile', {
        folderUri: folder,
        ...argument,
      });
  }
}
