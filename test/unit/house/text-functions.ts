import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import type { Symbol as Named, Signature, Type } from 'typescript/unstable/sync';
import { type Checker, SignatureKind, SymbolFlags, TypeFlags } from 'typescript/unstable/sync';
import { scanImports } from './import-scan.ts';
import { ADDRESS, type Sketch, type Sketches, type SketchId } from './sketch.ts';
import { ROOT, type SourceProgram } from './source-program.ts';

/** Something exported that takes text: how to reach it, and what its parameters look like. */
export interface TextFunction {
  /** `src/core/call/mask-text.ts` */
  path: string;
  /** `maskText`, `easyAuth.recognise`, `Pseudonyms.hide` */
  name: string;
  parameters: { name: string; type: SketchId }[];
  /** Of a class: what its constructor takes. */
  constructedWith?: { name: string; type: SketchId }[];
  /** In how many ways to build its values. */
  variants: number;
}

type Found = Pick<TextFunction, 'name' | 'parameters' | 'constructedWith'>;

/** Whoever reaches these does more than compute. */
const OUTSIDE = /^(?:vscode$|@azure\/msal-node|node:(?:https?|fs|fs\/promises|child_process|net|tls|worker_threads)$)/;
const LANGUAGE =
  /^(?:Promise|(?:Readonly)?Map|(?:Readonly)?Set|Uint8Array|Buffer|URL|Date|AbortSignal|RegExp|PromiseLike|Thenable|Error|CryptoKey|KeyObject)$/;

/** How far from a parameter a type may be and still be filled in. */
const FARTHEST = 9;

/** True for a module that neither is nor loads one that talks to the world. */
export function isPure(path: string, known = new Map<string, boolean>()): boolean {
  const seen = known.get(path);
  if (seen !== undefined) return seen;
  known.set(path, true);
  const pure = scanImports(readFileSync(join(ROOT, path), 'utf8')).every(({ specifier, typesOnly }) => {
    if (typesOnly) return true;
    if (!specifier.startsWith('.')) return !OUTSIDE.test(specifier);
    const target = posix.join(posix.dirname(path), specifier);
    return !target.endsWith('.ts') || isPure(target, known);
  });
  known.set(path, pure);
  return pure;
}

/** Everything the modules at these paths export that takes text, with sketches of all types concerned. */
export function scanTextFunctions(
  { files, checker }: SourceProgram,
  paths: readonly string[],
): { functions: TextFunction[]; sketches: Sketches } {
  const reader = new TypeReader(checker);
  const functions = paths.flatMap((path) => {
    const file = files.get(path);
    const module = file && checker.getSymbolAtLocation(file);
    if (!module) return [];
    return checker.getExportsOfModule(module).flatMap((exported) => {
      if ((exported.flags & SymbolFlags.Value) === 0) return [];
      const type = checker.getTypeOfSymbol(exported);
      return type ? reader.functionsOf(exported, type).map((found) => ({ path, ...found })) : [];
    });
  });
  reader.readTypes();
  return {
    functions: functions.flatMap((found) => {
      const parameters = [...found.parameters, ...(found.constructedWith ?? [])];
      return reader.takesText(parameters) ? [{ ...found, variants: reader.variantsOf(parameters) }] : [];
    }),
    sketches: reader.sketches,
  };
}

class TypeReader {
  readonly sketches: Record<SketchId, Sketch> = {};
  readonly #checker: Checker;
  readonly #waiting: { type: Type; distance: number }[] = [];
  #distance = 0;

  constructor(checker: Checker) {
    this.#checker = checker;
  }

  functionsOf(exported: Named, type: Type): Found[] {
    const { name } = exported;
    const [direct] = this.#signatures(type);
    if (direct) return [{ name, parameters: this.#parameters(direct) }];
    const [made] = this.#checker.getSignaturesOfType(type, SignatureKind.Construct);
    if (made) {
      const instance = this.#checker.getReturnTypeOfSignature(made);
      const constructedWith = this.#parameters(made);
      const methods = instance ? this.#methods(name, instance) : [];
      return [{ name, parameters: [], constructedWith }, ...methods.map((method) => ({ ...method, constructedWith }))];
    }
    return this.#methods(name, type);
  }

  takesText(parameters: readonly { type: SketchId }[]): boolean {
    return this.#reached(parameters).some(({ kind }) => kind === 'text' || kind === 'data' || kind === 'object');
  }

  /** A choice among kinds of values is taken in four ways; what may be absent, or an address, in two. */
  variantsOf(parameters: readonly { name: string; type: SketchId }[]): number {
    const reached = this.#reached(parameters);
    const isChoice = (sketch: Sketch) =>
      sketch.kind === 'either' && sketch.options.filter((one) => this.#isLarge(one)).length > 1;
    if (reached.some(isChoice)) return 4;
    return reached.every(({ kind }) => kind === 'text') && !parameters.some(({ name }) => ADDRESS.test(name)) ? 1 : 2;
  }

  #isLarge(id: SketchId): boolean {
    return !['absent', 'known'].includes(this.sketches[id]?.kind ?? 'absent');
  }

  #reached(parameters: readonly { type: SketchId }[]): Sketch[] {
    const reached = new Set<SketchId>();
    const waiting = parameters.map(({ type }) => type);
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const sketch = this.sketches[id];
      if (!sketch || reached.has(id)) continue;
      reached.add(id);
      waiting.push(...partsOf(sketch));
    }
    return [...reached].flatMap((id) => this.sketches[id] ?? []);
  }

  #methods(owner: string, type: Type): Found[] {
    if ((type.flags & TypeFlags.Object) === 0 || this.#checker.isArrayLikeType(type)) return [];
    if (LANGUAGE.test(type.getSymbol()?.name ?? '')) return [];
    return this.#checker.getPropertiesOfType(type).flatMap((member) => {
      const memberType = this.#checker.getTypeOfSymbol(member);
      const [signature] = memberType ? this.#signatures(memberType) : [];
      const isPrivate = member.name.startsWith('#') || member.name.includes('@#');
      return signature && !isPrivate
        ? [{ name: `${owner}.${member.name}`, parameters: this.#parameters(signature) }]
        : [];
    });
  }

  #signatures(type: Type): readonly Signature[] {
    return this.#checker.getSignaturesOfType(type, SignatureKind.Call);
  }

  #parameters(signature: Signature): { name: string; type: SketchId }[] {
    return signature.getParameters().map((parameter) => {
      const type = this.#checker.getTypeOfSymbol(parameter);
      return { name: parameter.name, type: type ? this.#sketch(type) : -1 };
    });
  }

  #sketch(type: Type): SketchId {
    if (!(type.id in this.sketches)) {
      this.sketches[type.id] = { kind: 'absent' };
      this.#waiting.push({ type, distance: this.#distance + 1 });
    }
    return type.id;
  }

  /** Nearest first, so that a type is left out only where it is far from every parameter: some types never end. */
  readTypes(): void {
    for (let next = this.#waiting.shift(); next; next = this.#waiting.shift()) {
      this.#distance = next.distance;
      if (next.distance <= FARTHEST) this.sketches[next.type.id] = this.#read(next.type);
    }
    this.#distance = 0;
  }

  #read(type: Type): Sketch {
    const { flags } = type;
    if (type.isStringLiteralType() || type.isNumberLiteralType()) return { kind: 'known', value: type.value };
    if (type.isBooleanLiteralType()) return { kind: 'known', value: type.value };
    if (flags & TypeFlags.StringLike) return { kind: 'text' };
    if (flags & TypeFlags.NumberLike) return { kind: 'known', value: 1 };
    if (flags & TypeFlags.BooleanLike && !type.isUnionType()) return { kind: 'known', value: false };
    if (flags & TypeFlags.Null) return { kind: 'known', value: null };
    if (flags & TypeFlags.AnyOrUnknown) return { kind: 'data' };
    if (type.getAliasSymbol()?.name === 'JsonValue') return { kind: 'data' };
    if (type.isUnionType()) return { kind: 'either', options: type.getTypes().map((one) => this.#sketch(one)) };
    if (type.isTypeParameter()) return this.#readConstraint(type);
    if (type.isIntersectionType() && type.getTypes().some((part) => part.flags & TypeFlags.StringLike))
      return { kind: 'text' };
    if (flags & (TypeFlags.Object | TypeFlags.Intersection)) return this.#readObject(type);
    return { kind: 'absent' };
  }

  #readConstraint(type: Type): Sketch {
    const constraint = this.#checker.getBaseConstraintOfType(type);
    return constraint && !constraint.isTypeParameter() ? this.#read(constraint) : { kind: 'data' };
  }

  #readObject(type: Type): Sketch {
    const name = type.getSymbol()?.name ?? '';
    if (name === 'JsonObject') return { kind: 'object' };
    if (this.#checker.isTupleType(type) || this.#checker.isArrayType(type) || LANGUAGE.test(name)) {
      const parts = type.isTypeReference()
        ? this.#checker.getTypeArguments(type).map((part) => this.#sketch(part))
        : [];
      if (this.#checker.isTupleType(type)) return { kind: 'tuple', items: parts };
      if (LANGUAGE.test(name)) return { kind: 'built', name, parts };
      return { kind: 'list', item: parts[0] ?? -1 };
    }
    const [signature] = this.#signatures(type);
    const result = signature && this.#checker.getReturnTypeOfSignature(signature);
    if (signature) return { kind: 'function', result: result ? this.#sketch(result) : -1 };
    const [index] = this.#checker.getIndexInfosOfType(type);
    const properties = this.#checker.getPropertiesOfType(type);
    if (index && properties.length === 0) return { kind: 'table', value: this.#sketch(index.valueType) };
    const members = properties.flatMap((property) => {
      const memberType = this.#checker.getTypeOfSymbol(property);
      const optional = (property.flags & SymbolFlags.Optional) !== 0;
      return memberType ? [[property.name, { type: this.#sketch(memberType), optional }] as const] : [];
    });
    return { kind: 'members', of: Object.fromEntries(members) };
  }
}

function partsOf(sketch: Sketch): SketchId[] {
  switch (sketch.kind) {
    case 'list':
      return [sketch.item];
    case 'tuple':
      return sketch.items;
    case 'either':
      return sketch.options;
    case 'members':
      return Object.values(sketch.of).map(({ type }) => type);
    case 'table':
      return [sketch.value];
    case 'function':
      return [sketch.result];
    case 'built':
      return sketch.parts;
    default:
      return [];
  }
}
