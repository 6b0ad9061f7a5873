import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';
import type { ThemeName } from './panel-server.ts';

const source = readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/**
 * Runs every rule axe-core has, also those it leaves off by default, and returns the violations in short.
 * The enhanced contrast (7:1) is asked only of the high-contrast themes: the muted colours of the others are VS Code's.
 */
export async function findViolations(page: Page, theme: ThemeName): Promise<string[]> {
  await page.evaluate(await source);
  const withEnhancedContrast = theme.startsWith('hc-');
  const results = await page.evaluate(async (enhanced) => {
    const { axe } = window as unknown as { axe: typeof import('axe-core') };
    const rules = Object.fromEntries(axe.getRules().map(({ ruleId }) => [ruleId, { enabled: true }]));
    if (!enhanced) rules['color-contrast-enhanced'] = { enabled: false };
    return (await axe.run(document, { rules, resultTypes: ['violations'] })) as AxeResults;
  }, withEnhancedContrast);
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html.slice(0, 160)} ${node.failureSummary ?? ''}`),
  );
}
