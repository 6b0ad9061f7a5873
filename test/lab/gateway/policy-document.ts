import { parseXml, XmlElement, XmlText } from '@rgrove/parse-xml';

/** One policy, or an element inside one, as the operator wrote it. */
export interface PolicyElement {
  name: string;
  attributes: Readonly<Record<string, string>>;
  /** Trimmed; expressions and named values as they stand. */
  text: string;
  children: readonly PolicyElement[];
}

/** The sections of a policy document; a missing one is empty. */
export interface PolicyDocument {
  inbound: readonly PolicyElement[];
  onError: readonly PolicyElement[];
}

/** Reads a policy document. Throws for what is no well-formed XML or has no `<policies>`: the gateway would not save it. */
export function readPolicyDocument(xml: string): PolicyDocument {
  const { root } = parseXml(xml);
  if (root?.name !== 'policies') throw new Error('A policy document begins with <policies>.');
  const { children } = elementOf(root);
  const section = (name: string) => children.find((child) => child.name === name)?.children ?? [];
  return { inbound: section('inbound'), onError: section('on-error') };
}

/** The texts of `<outer><inner>…</inner></outer>`, or undefined without `outer`. */
export function listOf(policy: PolicyElement, outer: string): string[] | undefined {
  return childOf(policy, outer)?.children.map(({ text }) => text);
}

export function childOf(policy: PolicyElement, name: string): PolicyElement | undefined {
  return policy.children.find((child) => child.name === name);
}

function elementOf({ name, attributes, children }: XmlElement): PolicyElement {
  const text = children.map((child) => (child instanceof XmlText ? child.text : '')).join('');
  const elements = children.filter((child) => child instanceof XmlElement);
  return { name, attributes, text: text.trim(), children: elements.map(elementOf) };
}
