import { type Exchange, findHeader } from '../../call/exchange.ts';
import { asJsonObject } from './json-body.ts';
import { readServiceError, type ServiceError } from './service-error.ts';

/**
 * The error of a data service: `x-ms-error-code` and `<Error><Code>` of Storage, `<Error><Code>…<Detail>` of Service Bus,
 * `{"code","values":[{"key":"AuthenticationErrorDetail"}]}` of Batch, `{"code","message"}` of Cosmos DB, else the usual
 * `error` object.
 */
export function readDataError(exchange: Exchange): ServiceError | undefined {
  const header = findHeader(exchange.response?.headers ?? [], 'x-ms-error-code')?.value.trim();
  const text = exchange.response?.body?.text?.slice(0, 20_000) ?? '';
  const code = header ?? /<Code>([A-Za-z0-9]{2,60})<\/Code>/.exec(text)?.[1];
  if (code !== undefined) return { code, message: detailOf(text) };
  return readServiceError(exchange) ?? readFlatError(text);
}

function detailOf(text: string): string {
  const parts = ['AuthenticationErrorDetail', 'Detail', 'Message'].flatMap((name) => {
    const start = text.indexOf(`<${name}>`);
    const end = text.indexOf(`</${name}>`, start);
    return start < 0 || end < 0 ? [] : [text.slice(start + name.length + 2, end)];
  });
  return parts.join(' ').slice(0, 2_000);
}

function readFlatError(text: string): ServiceError | undefined {
  const json = asJsonObject(text);
  if (typeof json?.code !== 'string') return undefined;
  const values = Array.isArray(json.values) ? json.values : [];
  const details = values.flatMap((entry) =>
    typeof entry === 'object' && entry !== null && !Array.isArray(entry) && typeof entry.value === 'string'
      ? [entry.value]
      : [],
  );
  const message = [typeof json.message === 'string' ? json.message : '', ...details].join(' ').trim();
  return { code: json.code, message: message.slice(0, 2_000) };
}
