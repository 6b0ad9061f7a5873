import * as v from 'valibot';
import { decodeBase64url } from '../token/base64url.ts';
import type { Header } from './call.ts';
import type { CallResponse } from './exchange.ts';
import { type DraftExchange, draftBody, MOST_HEADERS } from './exchange-draft.ts';

/** Characters of a recording that are read: a browser's recording of a page with pictures is some megabytes. */
export const GREATEST_HAR_LENGTH = 64 * 1024 * 1024;
const MOST_ENTRIES = 2000;
const LONGEST_BODY = 256 * 1024;

const text = v.fallback(v.string(), '');
const header = v.object({ name: v.string(), value: text });
const headers = v.fallback(v.pipe(v.array(v.unknown()), v.transform(keepHeaders)), []);
const entryShape = v.object({
  request: v.object({
    method: v.string(),
    url: v.string(),
    headers,
    postData: v.fallback(v.optional(v.object({ text })), undefined),
  }),
  response: v.object({
    status: v.fallback(v.number(), 0),
    statusText: text,
    headers,
    content: v.fallback(
      v.optional(v.object({ text: v.optional(v.string()), encoding: v.optional(v.string()) })),
      undefined,
    ),
  }),
});

type Entry = v.InferOutput<typeof entryShape>;

/**
 * The entries of a recording (HAR 1.2: `log.entries`), or the one entry that was copied alone; undefined when the text is
 * neither. What an entry lacks is absent; an entry without a request is left out. At most 2000; bodies to 256 kB.
 * Never throws.
 */
export function readHarEntries(source: string): DraftExchange[] | undefined {
  const entries = entriesIn(parse(source));
  return entries?.slice(0, MOST_ENTRIES).flatMap((entry) => {
    const parsed = v.safeParse(entryShape, entry);
    return parsed.success ? [draftOf(parsed.output)] : [];
  });
}

function parse(source: string): unknown {
  const start = source.slice(0, 200).trimStart();
  if (!start.startsWith('{') || source.length > GREATEST_HAR_LENGTH) return undefined;
  try {
    return JSON.parse(source);
  } catch {
    return undefined;
  }
}

function entriesIn(value: unknown): readonly unknown[] | undefined {
  const recording = v.safeParse(v.object({ log: v.object({ entries: v.array(v.unknown()) }) }), value);
  if (recording.success) return recording.output.log.entries;
  return v.is(entryShape, value) ? [value] : undefined;
}

function keepHeaders(list: unknown[]): Header[] {
  return list.slice(0, MOST_HEADERS).flatMap((item) => {
    const parsed = v.safeParse(header, item);
    // `:method` and its kin are no headers (RFC 9113 §8.3).
    return parsed.success && !parsed.output.name.startsWith(':') ? [parsed.output] : [];
  });
}

function draftOf({ request, response }: Entry): DraftExchange {
  const body = request.postData?.text ?? '';
  return {
    request: {
      method: request.method.toUpperCase(),
      url: request.url,
      headers: request.headers,
      // Browsers leave Authorization and cookies out of what they export: only one that is there proves anything.
      headersComplete: request.headers.some(({ name }) => name.toLowerCase() === 'authorization'),
      ...(body === '' ? {} : { body: body.slice(0, LONGEST_BODY) }),
    },
    ...(response.status > 0 ? { response: responseOf(response) } : {}),
  };
}

function responseOf({ status, statusText, headers: list, content }: Entry['response']): CallResponse {
  const whole = bodyText(content);
  const shown = whole?.slice(0, LONGEST_BODY);
  return {
    status,
    ...(statusText === '' ? {} : { statusText }),
    headers: list,
    headersComplete: true,
    ...(shown === undefined ? {} : { body: draftBody(shown, shown.length === whole?.length) }),
  };
}

/** A recording without bodies leaves `text` out: then nothing is known of it. */
function bodyText(content: Entry['response']['content']): string | undefined {
  if (content?.text === undefined) return undefined;
  if (content.encoding !== 'base64') return content.text;
  const reading = decodeBase64url(content.text.replaceAll('+', '-').replaceAll('/', '_'));
  return reading.fault ? undefined : new TextDecoder().decode(reading.bytes);
}
