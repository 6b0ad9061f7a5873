import assert from 'node:assert/strict';
import { test } from 'node:test';
import { SET_UP_WAYS, setUpSteps } from '../../../../src/core/entra/set-up-steps.ts';

const API = '5a0c6d7e-1111-4222-8333-0123456789ab';
const CLIENT = '9b1f3c52-4444-4555-8666-abcdef012345';
const FACTS = {
  appId: API,
  scope: 'Orders.Read',
  tenant: 'contoso.example',
  cloud: 'public',
  clientId: CLIENT,
} as const;

function commandsOf(...args: Parameters<typeof setUpSteps>): string[] {
  return setUpSteps(...args).flatMap(({ commands }) => commands);
}

test('commands name the API, the client and the scope that are known', () => {
  const own = commandsOf('own', FACTS).join('\n');
  for (const value of [API, CLIENT, 'http://localhost']) assert.ok(own.includes(value), value);
  assert.match(commandsOf('azureCli', FACTS).join('\n'), /az login --tenant contoso\.example/);
  const clients = { vscode: 'aebc6443-996d-45c2-90f0-388ff96faa56', azureCli: '04b07795-8ddb-461a-bbee-02f9e1bf7b46' };
  for (const [way, id] of Object.entries(clients) as ['vscode' | 'azureCli', string][])
    assert.ok(
      commandsOf(way, FACTS).some((command) => command.includes(id) && command.includes(API)),
      way,
    );
});

test('what is not known stands by a name in capitals', () => {
  for (const way of SET_UP_WAYS) {
    const commands = commandsOf(way, { cloud: 'public' }).join('\n');
    assert.match(commands, /\b(API_APP_ID|CLIENT_ID|TENANT)\b/, way);
    assert.doesNotMatch(commands, /undefined|[<>]/, way);
  }
});

test('a value from a setting cannot break out of a command', () => {
  const evil = `x"; rm -rf ~ #`;
  for (const way of SET_UP_WAYS) {
    const facts = { appId: evil, appIdUri: evil, scope: evil, tenant: evil, clientId: evil, cloud: 'public' } as const;
    for (const command of commandsOf(way, facts)) assert.ok(!command.includes('rm -rf'), command);
  }
  assert.doesNotMatch(commandsOf('azureCli', { tenant: '--help' }).join('\n'), /--tenant --help/);
});

test('Microsoft Graph is asked at the host of the cloud, and not at all where none is known', () => {
  assert.match(commandsOf('vscode', { ...FACTS, cloud: 'usgov' }).join('\n'), /https:\/\/graph\.microsoft\.us\//);
  const { cloud: _, ...unknown } = FACTS;
  assert.doesNotMatch(commandsOf('vscode', unknown).join('\n'), /az rest/);
});

test('the redirect address to register is the authority’s own, in text and command', () => {
  const redirectUri = 'http://localhost/why401/login.stack.example:8443/contoso.com';
  const [register] = setUpSteps('own', { ...FACTS, redirectUri });
  for (const text of [register?.portal.join(' '), register?.commands.join(' ')]) {
    assert.ok(text?.includes(`${redirectUri}${text === register?.commands.join(' ') ? ' ' : '.'}`), text);
  }
  for (const evil of [
    'http://localhost/why401/x;rm',
    'http://localhost/`id`',
    'http://localhost/$(id)',
    "http://localhost/'",
  ]) {
    assert.ok(!commandsOf('own', { ...FACTS, redirectUri: evil }).some((command) => command.includes(evil)), evil);
  }
});

test('where no Entra issues the tokens there are no commands of Azure’s', () => {
  const redirectUri = 'http://localhost/why401/idp.example/realms/Contoso';
  for (const way of SET_UP_WAYS) {
    const steps = setUpSteps(way, { isOtherIssuer: true, redirectUri });
    assert.deepEqual(
      steps.flatMap(({ commands }) => commands),
      [],
    );
    assert.ok(steps.some(({ portal }) => portal.join(' ').includes(redirectUri)));
  }
});
