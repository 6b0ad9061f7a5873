/** What a value of a type looks like, so that one can be built around a text. */
export type Sketch =
  | { kind: 'text' }
  | { kind: 'known'; value: string | number | boolean | null }
  | { kind: 'absent' }
  /** `unknown`, or JSON: whatever the text may be read as. */
  | { kind: 'data' }
  /** A JSON object: claims, an answer. */
  | { kind: 'object' }
  | { kind: 'list'; item: SketchId }
  | { kind: 'tuple'; items: SketchId[] }
  | { kind: 'either'; options: SketchId[] }
  | { kind: 'members'; of: Record<string, Member> }
  | { kind: 'table'; value: SketchId }
  | { kind: 'function'; result: SketchId }
  /** A class of the language, by its name. */
  | { kind: 'built'; name: string; parts: SketchId[] };

interface Member {
  type: SketchId;
  optional: boolean;
}

export type SketchId = number;
export type Sketches = Readonly<Record<SketchId, Sketch>>;

const DEEPEST = 7;
/** The size is that of all a function is given: one place has the whole text, another one with every turn. */
const MOST_WHOLE_TEXTS = 1;
const LENGTH_OF_OTHERS = 1_000;
const MOST_LINES = 1_000;
const SOME_TIME_MS = 1_800_000_000_000;
const HEADER_NAMES = [
  ...['www-authenticate', 'location', 'content-type', 'set-cookie', 'cookie', 'authorization', 'retry-after', 'server'],
  ...['x-ms-error-code', 'x-ms-middleware-request-id', 'ocp-apim-subscription-key', 'x-functions-key', 'link', 'date'],
];
const CLAIMS = ['aud', 'iss', 'scp', 'sub', 'tid', 'ver', 'appid', 'azp', 'idtyp', 'upn', 'name', 'acr', 'x5c'];
/** Names of what has to be an address to be read at all. */
export const ADDRESS = /url|uri|origin|base|authority|address|endpoint|location|resource|issuer/i;

/** A hostile text, and what is made of it once for all the values it goes into. */
export class Material {
  readonly text: string;
  readonly lines: string[];
  /** The first lines, cut, for places of which there may be many. */
  readonly shortLines: string[];
  /** What the text says as JSON; undefined when it is none. */
  readonly json: unknown;

  constructor(text: string) {
    this.text = text;
    this.lines = text.split('\n');
    this.shortLines = this.lines.slice(0, MOST_LINES).map((line) => line.slice(0, LENGTH_OF_OTHERS));
    this.json = jsonIn(text);
  }
}

/**
 * Builds values around one hostile text. Which of several alternatives a value takes follows from the variant. Of many
 * places for a text the whole goes into a few, others with every turn; into the rest its beginning.
 */
export class ValueBuilder {
  readonly #sketches: Sketches;
  readonly #material: Material;
  readonly #variant: number;
  readonly #turn: number;
  readonly #step: number;
  #places = 0;

  constructor(sketches: Sketches, material: Material, variant: number, turn = 0, places = 0) {
    this.#sketches = sketches;
    this.#material = material;
    this.#variant = variant;
    this.#turn = turn;
    this.#step = Math.max(1, Math.ceil(places / MOST_WHOLE_TEXTS));
  }

  /** How many places for a text there were. */
  get places(): number {
    return this.#places;
  }

  build(id: SketchId, name = '', depth = 0): unknown {
    const sketch = this.#sketches[id] ?? { kind: 'absent' };
    switch (sketch.kind) {
      case 'text':
        return this.#textFor(name);
      case 'known':
        return sketch.value;
      case 'absent':
        return undefined;
      case 'data':
        return this.#data();
      case 'object':
        return this.#object();
      case 'list':
        return this.#list(sketch.item, name, depth);
      case 'tuple':
        return sketch.items.map((item) => this.build(item, name, depth + 1));
      case 'either':
        return this.build(this.#chosen(sketch.options, depth), name, depth);
      case 'members':
        return this.#members(sketch.of, depth);
      case 'table':
        return {
          a: this.build(sketch.value, 'a', depth + 1),
          [this.#beginning()]: this.build(sketch.value, '', depth + 1),
        };
      case 'function':
        return () => this.build(sketch.result, name, depth + 1);
      case 'built':
        return this.#builtIn(sketch.name, sketch.parts, name, depth);
    }
  }

  /** An address has to be one to be read at all; secrets are our own, and short; every other text is what a stranger wrote. */
  #textFor(name: string): string {
    if (/method$/i.test(name)) return 'GET';
    if (name === 'secrets') return this.#beginning();
    const text = this.#nextText();
    return ADDRESS.test(name) && this.#variant % 2 === 0 ? `https://contoso.azure-api.net/${text}` : text;
  }

  #nextText(): string {
    const isWhole = (this.#places + this.#turn) % this.#step === 0;
    this.#places++;
    return isWhole ? this.#material.text : this.#beginning();
  }

  #beginning(): string {
    return this.#material.text.slice(0, LENGTH_OF_OTHERS);
  }

  #data(): unknown {
    const { json } = this.#material;
    return this.#variant % 2 === 0 && json !== undefined ? json : this.#object();
  }

  /** Claims, an error as services write it, and a member nobody knows: the text is shared out among them. */
  #object(): object {
    const { json, shortLines } = this.#material;
    if (this.#variant % 2 === 0 && isObject(json)) return json;
    const text = this.#share(CLAIMS.length + 4);
    const claims = Object.fromEntries(CLAIMS.map((claim) => [claim, text]));
    const error = { code: text, message: text };
    return { ...claims, error, roles: [text], groups: shortLines, [text]: 1 };
  }

  #headers(): { name: string; value: string }[] {
    const value = this.#share(HEADER_NAMES.length);
    if (this.#variant % 2 === 0) return HEADER_NAMES.map((name) => ({ name, value }));
    const lines = this.#material.shortLines;
    return [{ name: value, value }, ...lines.map((line, at) => ({ name: HEADER_NAMES[at % 40] ?? line, value: line }))];
  }

  #share(places: number): string {
    const text = this.#nextText();
    return text.slice(0, Math.ceil(text.length / places));
  }

  #list(item: SketchId, name: string, depth: number): unknown[] {
    const sketch = this.#sketches[item];
    if (depth > DEEPEST) return [];
    if (sketch?.kind === 'text') {
      return name === 'lines' ? this.#material.lines : [this.#textFor(name), ...this.#material.shortLines.slice(0, 20)];
    }
    if (sketch?.kind === 'members' && 'masked' in sketch.of) return this.#headers();
    const first = this.build(item, name, depth + 1);
    return sketch?.kind === 'either' ? [first, this.build(item, name, depth + 2)] : [first];
  }

  #members(of: Record<string, Member>, depth: number): object {
    const built: Record<string, unknown> = {};
    for (const [name, { type, optional }] of Object.entries(of)) {
      if (optional && (depth > DEEPEST || (this.#variant + depth) % 4 === 3)) continue;
      if (depth <= DEEPEST * 2) built[name] = this.build(type, name, depth + 1);
    }
    return built;
  }

  #chosen(options: SketchId[], depth: number): SketchId {
    const simple = options.find((option) => ['text', 'known', 'absent'].includes(this.#sketches[option]?.kind ?? ''));
    if (depth > DEEPEST && simple !== undefined) return simple;
    return options[(this.#variant + depth) % options.length] ?? -1;
  }

  #builtIn(kind: string, [first = -1, second = -1]: SketchId[], name: string, depth: number): unknown {
    switch (kind.replace(/^Readonly/, '')) {
      case 'Promise':
      case 'PromiseLike':
      case 'Thenable':
        return Promise.resolve(this.build(first, name, depth + 1));
      case 'Map':
        return new Map([[this.build(first, 'key', depth + 1), this.build(second, name, depth + 1)]]);
      case 'Set':
        return new Set([this.build(first, name, depth + 1)]);
      case 'Uint8Array':
      case 'Buffer':
        return Buffer.from(this.#nextText());
      case 'URL':
        return new URL(`https://contoso.azure-api.net/${this.#nextText()}`);
      case 'Date':
        return new Date(SOME_TIME_MS);
      case 'AbortSignal':
        return new AbortController().signal;
      case 'RegExp':
        return /a/;
      case 'Error':
        return new Error(this.#nextText());
      default:
        return undefined;
    }
  }
}

function jsonIn(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
