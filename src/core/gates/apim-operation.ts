import { withoutEnd } from '../without-end.ts';
import type { Gate } from './gate.ts';
import { recogniseReason } from './gateway-reason.ts';
import { openJudgement, passing, refusing } from './recognition.ts';

/**
 * Whether the gateway has an operation for the call; without one it answers 404 before any inbound policy (apim.md §5).
 * Judged where the API's operations and its own address are known.
 */
export const apimOperation: Gate = {
  id: 'apimOperation',
  judge(_step, call, { target, profile }) {
    const operations = target?.operations?.value;
    const baseUrl = profile?.value.baseUrl;
    if (!operations || baseUrl === undefined || !URL.canParse(call.url)) return openJudgement(call);
    const base = new URL(baseUrl);
    const url = new URL(call.url);
    const basePath = withoutEnd(base.pathname, '/');
    if (url.origin !== base.origin || !url.pathname.startsWith(basePath)) return openJudgement(call);
    const path = url.pathname.slice(basePath.length);
    const isFound = operations.some(
      ({ method, template }) => method.toUpperCase() === call.method.toUpperCase() && fits(template, path),
    );
    if (isFound) return passing(call);
    // CORS may answer a preflight for which there is no operation.
    if (call.method === 'OPTIONS') return openJudgement(call);
    return refusing(call, { cause: 'apim-operation-not-found', seen: `${call.method} ${path}` });
  },
  recognise: (seen) => recogniseReason('apimOperation', 'apim-operation-not-found', ['configuration'], seen),
};

/** `{name}` stands for one segment, a closing `*` for the rest; a template's query does not count here. */
function fits(template: string, path: string): boolean {
  const wanted = segmentsOf(template.split('?')[0] ?? '');
  const found = segmentsOf(path);
  const isOpen = wanted.at(-1) === '*' || /^\{\*/.test(wanted.at(-1) ?? '');
  if (isOpen ? found.length < wanted.length - 1 : found.length !== wanted.length) return false;
  return wanted.every(
    (segment, at) => (isOpen && at === wanted.length - 1) || segment.includes('{') || same(segment, found[at] ?? ''),
  );
}

function segmentsOf(path: string): string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function same(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}
