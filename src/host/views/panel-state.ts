import type { PanelState, TokenPanelState } from '../../protocol/token-panel.ts';
import { comparisonState } from './comparison-state.ts';
import { rowOf, type ShownToken } from './shown-token.ts';

/** What the panel shows of its tokens. */
export type Page = { page: 'token' } | { page: 'list' } | { page: 'comparison'; right: ShownToken };

/** What the panel holds. */
interface PanelContents {
  tokens: readonly ShownToken[];
  selected: number;
  page: Page;
  /** Where the tokens came from, when they are all tokens of a file. */
  file: { name: string; notes: string[] } | undefined;
  isRunning: boolean;
}

/** The whole state of the view for its page; `token` is the selected one. */
export function panelStateOf(token: ShownToken, contents: PanelContents, nowMs: number): PanelState {
  const { page, tokens, file, isRunning } = contents;
  switch (page.page) {
    case 'token':
      return tokenState(token, contents, nowMs);
    case 'list':
      return {
        page: 'list',
        nowMs,
        file: file?.name ?? '',
        rows: tokens.map((listed) => rowOf(listed, isRunning)),
        running: isRunning,
        notes: file?.notes ?? [],
      };
    case 'comparison':
      return comparisonState(token, page.right, nowMs);
    default:
      return page satisfies never;
  }
}

function tokenState(
  { description, validation }: ShownToken,
  { tokens, selected, file }: PanelContents,
  nowMs: number,
): TokenPanelState {
  return {
    page: 'token',
    nowMs,
    tokens: tokens.map(({ description: { title }, line }, position) => ({
      label: line === undefined ? `Token ${position + 1}` : `Line ${line}`,
      detail: title,
    })),
    selected,
    token: description,
    validation,
    hasList: file !== undefined,
  };
}

/** The addresses a state links to: sources of claims and of checks. */
export function linksOf(state: PanelState): string[] {
  if (state.page !== 'token') return [];
  const { token, validation } = state;
  const lines = validation.state === 'done' ? validation.report.lines : [];
  const sources = [...token.sections.flatMap(({ claims }) => claims), ...lines].map(({ source }) => source);
  return sources.filter((source) => source !== undefined);
}
