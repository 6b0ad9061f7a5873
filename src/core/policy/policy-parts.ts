import { attributesOf, elementsOf, type PolicyDocument, type PolicyElement, placeOf } from './policy-tree.ts';
import { mapValue, type PolicyValue, readAttribute, readContent, toCount } from './policy-value.ts';

/** Attributes and children of one policy by name; names are compared exactly. */
export class PolicyParts {
  readonly #document: PolicyDocument;
  readonly #element: PolicyElement;

  constructor(document: PolicyDocument, element: PolicyElement) {
    this.#document = document;
    this.#element = element;
  }

  get line(): number {
    return placeOf(this.#document, this.#element).line;
  }

  /** Of attributes and children. */
  get names(): string[] {
    return this.#all().map(({ name }) => name);
  }

  /** Where each attribute and child begins; of several of one name, the first. */
  get lines(): Record<string, number> {
    const entries = this.#all().map((part) => [part.name, placeOf(this.#document, part).line] as const);
    return Object.fromEntries(entries.reverse());
  }

  text(name: string): PolicyValue | undefined {
    return readAttribute(this.#document, this.#element, name);
  }

  converted<T>(name: string, convert: (text: string) => T | undefined): PolicyValue<T> | undefined {
    const value = this.text(name);
    return value && mapValue(value, convert);
  }

  count(name: string): PolicyValue<number> | undefined {
    return this.converted(name, toCount);
  }

  children(name: string): PolicyParts[] {
    const found = elementsOf(this.#element.children).filter((child) => child.name === name);
    return found.map((child) => new PolicyParts(this.#document, child));
  }

  grandchildren(parent: string, name: string): PolicyParts[] {
    return this.children(parent).flatMap((child) => child.children(name));
  }

  /** What the element holds as text. */
  content(): PolicyValue {
    return readContent(this.#document, this.#element);
  }

  contents(name: string): PolicyValue[] {
    return this.children(name).map((child) => child.content());
  }

  /** The texts of a list such as `audiences`; undefined when the list is not there. */
  list(parent: string, name: string): PolicyValue[] | undefined {
    if (this.children(parent).length === 0) return undefined;
    return this.grandchildren(parent, name).map((child) => child.content());
  }

  #all(): { name: string; start: number; end: number }[] {
    return [...attributesOf(this.#element.openTag), ...elementsOf(this.#element.children)];
  }
}

type Filled<F> = { [K in keyof F as undefined extends F[K] ? never : K]: F[K] } & {
  [K in keyof F as undefined extends F[K] ? K : never]?: Exclude<F[K], undefined>;
};

/** The facts without those that are undefined. */
export function onlyKnown<const F extends object>(facts: F): Filled<F> {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined)) as Filled<F>;
}
