import { redactToken } from '../../core/token/redact-token.ts';
import type { JsonObject, TokenReading } from '../../core/token/token.ts';
import type { CopyTarget } from '../../protocol/token-panel.ts';

/** What the panel's copy buttons put into the clipboard; undefined for what the token does not have. */
export function textToCopy(reading: TokenReading, target: CopyTarget): string | undefined {
  const { header, payload } = reading;
  switch (target.what) {
    case 'header':
      return header && prettyJson(header);
    case 'payload':
      return payload && prettyJson(payload);
    case 'redacted':
      return redactToken(reading);
    case 'claim': {
      const part = target.part === 'header' ? header : payload;
      if (!part || !Object.hasOwn(part, target.name)) return undefined;
      const value = part[target.name];
      return typeof value === 'string' ? value : JSON.stringify(value, undefined, 2);
    }
  }
}

function prettyJson(value: JsonObject): string {
  return JSON.stringify(value, undefined, 2);
}
