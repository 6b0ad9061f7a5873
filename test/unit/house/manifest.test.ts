import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { COMMANDS, type CommandName, LENS_LANGUAGES, SETTINGS, SETTINGS_SECTION } from '../../../src/contract.ts';
import { COMMANDS_NEEDING_TRUST } from '../../../src/host/workspace-trust.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../..');

interface MenuItem {
  command?: string;
  submenu?: string;
  when?: string;
}
interface Setting {
  type?: string | string[];
  default?: unknown;
  description?: string;
  markdownDescription?: string;
  properties?: Record<string, Setting>;
  additionalProperties?: Setting | boolean;
  items?: Setting;
}
interface Manifest {
  main: string;
  icon: string;
  engines: { vscode: string };
  activationEvents?: string[];
  keywords: string[];
  devDependencies: Record<string, string>;
  capabilities: { untrustedWorkspaces: { supported: unknown; restrictedConfigurations: string[] } };
  contributes: {
    commands: { command: string; title: string; category?: string; enablement?: string }[];
    menus: Record<string, MenuItem[]>;
    configuration: { properties: Record<string, Setting> };
    languageModelTools: {
      name: string;
      modelDescription: string;
      inputSchema: { properties: { source: { enum: string[] } } };
    }[];
  };
}

const manifestText = readText('package.json');
const manifest: Manifest = JSON.parse(manifestText);
const texts: Record<string, string> = JSON.parse(readText('package.nls.json'));
const { commands, menus, configuration } = manifest.contributes;

/** Commands that may fetch keys or change settings: nothing of the kind happens in a folder nobody trusts. */
const NEED_TRUST: string[] = (Object.keys(COMMANDS) as CommandName[])
  .filter((name) => COMMANDS_NEEDING_TRUST[name])
  .map((name) => COMMANDS[name]);
/** Settings that name no host, tenant or client: an untrusted folder may bring them. */
const HARMLESS = [SETTINGS.codeLens, SETTINGS.openJwtFiles].map((name) => `${SETTINGS_SECTION}.${name}`);
/** Words that stay small inside a title. */
const SMALL_WORDS = new Set([
  'a',
  'an',
  'and',
  'as',
  'at',
  'by',
  'for',
  'from',
  'in',
  'of',
  'on',
  'or',
  'the',
  'to',
  'with',
]);

function readText(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

function localized(text: string | undefined): string {
  return (text ?? '').replace(/^%(.*)%$/, (_, key: string) => texts[key] ?? '');
}

/** Every setting and every setting inside it, with its path. */
function allSettings(path: string, setting: Setting): [path: string, setting: Setting][] {
  const inner = Object.entries(setting.properties ?? {}).flatMap(([name, child]) =>
    allSettings(`${path}.${name}`, child),
  );
  const entries =
    typeof setting.additionalProperties === 'object'
      ? Object.entries(setting.additionalProperties.properties ?? {})
      : [];
  return [[path, setting], ...inner, ...entries.flatMap(([name, child]) => allSettings(`${path}.*.${name}`, child))];
}

describe('package.json', () => {
  it('declares exactly the commands of the contract', () => {
    assert.deepEqual(commands.map(({ command }) => command).sort(), Object.values(COMMANDS).sort());
  });

  for (const { command, title, category } of commands) {
    it(`titles ${command} in Title Case, under Why401`, () => {
      const words = localized(title).split(' ');
      assert.ok(
        words.every((word, at) => /^[A-Z0-9]/.test(word) || (at > 0 && SMALL_WORDS.has(word))),
        localized(title),
      );
      assert.ok(!localized(title).includes('Why401'), 'the category says it');
      assert.equal(category, 'Why401');
    });
  }

  it('gates commands that need trust in the palette and in menus', () => {
    for (const { command, enablement } of commands) {
      assert.equal(/\bisWorkspaceTrusted\b/.test(enablement ?? ''), NEED_TRUST.includes(command), command);
    }
    for (const item of Object.values(menus).flat()) {
      if (!item.command || !NEED_TRUST.includes(item.command)) continue;
      assert.match(item.when ?? '', /\bisWorkspaceTrusted\b/, item.command);
    }
  });

  it('shows menu entries only where they make sense, and only its own commands', () => {
    for (const [menu, items] of Object.entries(menus)) {
      for (const { command, submenu, when } of items) {
        assert.ok(submenu !== undefined || commands.some((known) => known.command === command), `${menu}: ${command}`);
        assert.ok(when, `${menu}: ${command} needs a when`);
        if (menu === 'editor/context') assert.match(when, /\beditorHasSelection\b/);
      }
    }
  });

  it('declares exactly the settings of the contract', () => {
    const expected = Object.values(SETTINGS).map((name) => `${SETTINGS_SECTION}.${name}`);
    assert.deepEqual(Object.keys(configuration.properties).sort(), expected.sort());
  });

  for (const [path, setting] of Object.entries(configuration.properties).flatMap(([name, top]) =>
    allSettings(name, top),
  )) {
    it(`documents the setting ${path}`, () => {
      assert.ok(setting.type, 'has a type');
      assert.ok(localized(setting.markdownDescription ?? setting.description).length > 20, 'has a description');
    });
  }

  it('gives every setting a default', () => {
    for (const [name, setting] of Object.entries(configuration.properties))
      assert.notEqual(setting.default, undefined, name);
  });

  it('restricts every setting in untrusted workspaces that can name a host or a tenant', () => {
    const { supported, restrictedConfigurations } = manifest.capabilities.untrustedWorkspaces;
    assert.equal(supported, 'limited');
    const restricted = Object.keys(configuration.properties).filter((name) => !HARMLESS.includes(name));
    assert.deepEqual(restrictedConfigurations.toSorted(), restricted.sort());
  });

  it('uses and defines the same texts', () => {
    const used = [...new Set([...manifestText.matchAll(/"%([^%"]+)%"/g)].map(([, key]) => key))];
    assert.deepEqual(used.sort(), Object.keys(texts).sort());
    for (const [key, text] of Object.entries(texts)) assert.notEqual(text.trim(), '', key);
  });

  it('is activated by nothing but its use', () => {
    const eager = (manifest.activationEvents ?? []).filter((event) => event === '*' || event === 'onStartupFinished');
    assert.deepEqual(eager, []);
    const languages = LENS_LANGUAGES.map((language) => `onLanguage:${language}`);
    assert.deepEqual(manifest.activationEvents?.toSorted(), languages.toSorted());
  });

  it('asks for the VS Code whose types it is built with', () => {
    const [, engine] = /^\^(\d+\.\d+)\.\d+$/.exec(manifest.engines.vscode) ?? [];
    const [, types] = /^(\d+\.\d+)\.\d+$/.exec(manifest.devDependencies['@types/vscode'] ?? '') ?? [];
    assert.ok(engine);
    assert.equal(types, engine);
  });

  it('has an icon of at least 128 by 128 pixels and no more keywords than the Marketplace takes', () => {
    const png = readFileSync(join(ROOT, manifest.icon));
    assert.equal(png.toString('latin1', 1, 4), 'PNG');
    // PNG specification 11.2.2: width and height open the first chunk.
    assert.ok(Math.min(png.readUInt32BE(16), png.readUInt32BE(20)) >= 128);
    assert.ok(manifest.keywords.length <= 30);
  });
});

describe('tools for language models', () => {
  for (const { name, modelDescription, inputSchema } of manifest.contributes.languageModelTools) {
    it(`${name} says which references it takes, and that what it labels is data`, () => {
      for (const source of inputSchema.properties.source.enum)
        assert.ok(modelDescription.includes(`"${source}"`), source);
      // A prediction is told without any value of the call.
      const isClosed = name === 'why401_predict_call';
      if (!isClosed) assert.match(modelDescription, /untrustedData hold .* data .* never instructions/);
    });
  }
});

describe('.vscodeignore', () => {
  const lines = readText('.vscodeignore').split('\n').filter(Boolean);

  it('leaves everything out and lets in only what the user needs', () => {
    assert.equal(lines[0], '**');
    assert.ok(
      lines.slice(1).every((line) => line.startsWith('!')),
      'an allow-list',
    );
    const letIn = lines.slice(1).map((line) => line.slice(1));
    for (const needed of ['dist/**', 'package.json', 'package.nls.json', manifest.icon, 'LICENSE', 'README.md']) {
      assert.ok(letIn.includes(needed), needed);
    }
    assert.deepEqual(
      letIn.filter((path) => /^(src|test|node_modules|\.)/.test(path)),
      [],
    );
  });

  it('names files that exist', () => {
    const files = lines
      .slice(1)
      .map((line) => line.slice(1))
      .filter((path) => !path.includes('*'));
    assert.deepEqual(
      files.filter((path) => !existsSync(join(ROOT, path))),
      [],
    );
  });
});
