/** One element of a policy document, as a gate sees it. Names and values are as written, untrusted text. */
export interface PolicyStatement {
  /** `validate-jwt`, `set-header`, … */
  name: string;
  attributes: Readonly<Record<string, string>>;
  children: readonly PolicyStatement[];
  /** Text directly inside, entities resolved. */
  text: string;
  /** Line in the document, from 1. */
  line: number;
  /** Stands in a `when` or `otherwise` whose condition is not decided: it may not run. */
  isConditional?: true;
}

/** What runs for a call, section by section, in order. An absent section is not known. */
export interface EffectivePolicy {
  inbound: readonly PolicyStatement[];
  backend?: readonly PolicyStatement[];
  outbound?: readonly PolicyStatement[];
  onError?: readonly PolicyStatement[];
}
