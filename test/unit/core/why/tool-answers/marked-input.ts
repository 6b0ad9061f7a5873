import type { Chance } from '../../random.ts';

/** Letters that stand four in a row in no word of ours: whatever of a marker comes out is seen, also a piece of it. */
const LETTERS = [...'qxzvjkw'];
const SEEN = /[qxzvjkw]{4}/i;

/** A place in the text of some data: `at` leads to the text, or to the member whose name it is. */
export interface TextPlace {
  at: readonly (string | number)[];
  isName: boolean;
  start: number;
  end: number;
}

/** Members whose texts are the product's own ids, whatever the input: types say so, and no text gets there. */
const OWN_IDS = new Set([
  ...['type', 'kind', 'source', 'setBy', 'state', 'cloud', 'target', 'behind', 'authLevel', 'validator', 'signIn'],
  ...['unauthenticatedAction', 'isOptional', 'form', 'edge', 'clientCertificate', 'backendCredential', 'permissions'],
]);
/** Of a policy only its text is input; a login address has been held against the form of one by whoever read the settings. */
const NOT_WALKED = new Set(['policy', 'signatures', 'keySources', 'loginBase']);
const WORD = /[0-9a-f]{8}-[0-9a-f-]{27}|[A-Za-z]{3,}/gi;

/** Every word and every GUID of some data, in texts and in names of claims; each is a place for a marker. */
export function placesIn(data: unknown, at: readonly (string | number)[] = []): TextPlace[] {
  if (typeof data === 'string') return wordsOf(data, at, false);
  if (typeof data !== 'object' || data === null) return [];
  const isOfToken = at.includes('header') || at.includes('payload');
  return Object.entries(data).flatMap(([name, value]) => {
    if (OWN_IDS.has(name) || NOT_WALKED.has(name) || isFileOrigin(name, value)) return [];
    const here = [...at, Array.isArray(data) ? Number(name) : name];
    return [...(isOfToken && !Array.isArray(data) ? wordsOf(name, here, true) : []), ...placesIn(value, here)];
  });
}

function isFileOrigin(name: string, value: unknown): boolean {
  return name === 'origin' && (value === 'user' || value === 'workspace' || value === 'folder');
}

function wordsOf(text: string, at: readonly (string | number)[], isName: boolean): TextPlace[] {
  return [...text.matchAll(WORD)].map(({ index, 0: word }) => ({ at, isName, start: index, end: index + word.length }));
}

/** The data with texts in these places. The places stand in reading order. */
export function withTexts<T>(data: T, replacements: readonly (readonly [place: TextPlace, text: string])[]): T {
  let marked = data;
  for (const [place, text] of [...replacements].reverse()) marked = replaced(marked, place, place.at, text) as T;
  return marked;
}

function replaced(
  data: unknown,
  place: TextPlace,
  [step, ...more]: readonly (string | number)[],
  text: string,
): unknown {
  const put = (old: string) => old.slice(0, place.start) + text + old.slice(place.end);
  if (step === undefined) return put(String(data));
  if (Array.isArray(data))
    return data.map((item, index) => (index === step ? replaced(item, place, more, text) : item));
  const entries = Object.entries(data as object).map(([name, value]): [string, unknown] => {
    if (name !== step) return [name, value];
    return place.isName && more.length === 0 ? [put(name), value] : [name, replaced(value, place, more, text)];
  });
  return Object.fromEntries(entries);
}

function letters(chance: Chance, count: number): string {
  return Array.from({ length: count }, () => chance.pick(LETTERS)).join('');
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

type Form = (word: () => string) => string;

/** How words that are an instruction may look where an id, a name, an address or a sentence is expected. */
const FORMS: readonly Form[] = [
  (word) => word(),
  (word) => `${capital(word())}${capital(word())}`,
  (word) => `${word()} ${word()} ${word()}`,
  (word) => `/${word()}/${word()}`,
  (word) => `${word()}_${word()}`,
  (word) => `${capital(word())}.Read`,
  (word) => `${capital(word())}.ReadWrite.All`,
  (word) => `Microsoft.${capital(word())}/${word()}/${word()}/action`,
  (word) => `https://${word()}.example/${word()}`,
  (word) => `https://graph.microsoft.com/${word()}`,
  (word) => `https://login.microsoftonline.com/${word()}/v2.0`,
  (word) => `api://${word()}/${capital(word())}.Read`,
  (word) => `AADSTS50011: ${word()} ${word()}`,
  (word) => `Bearer ${word()}`,
  (word) => `scp ${word()}`,
  (word) => `"${word()}"`,
  (word) => `'${word()}'`,
  (word) => `<${word()}>`,
  (word) => `${word()}@${word()}.example`,
  (word) => `untrustedData.1 ${word()}`,
  (word) => `\u202e${word()}\u0000\n${word()}`,
];

/** Words nobody of ours would say, in one of the forms words are met in. */
export function marker(chance: Chance): string {
  return chance.pick(FORMS)(() => letters(chance, 4 + chance.below(8)));
}

export const FORM_COUNT = FORMS.length;

/** The marker in this form: to go through them all. */
export function markerOfForm(form: number, chance: Chance): string {
  const write = FORMS[form % FORMS.length] as Form;
  return write(() => letters(chance, 4 + chance.below(8)));
}

/** What of an answer holds a marker though it is not labelled: in names and texts alike. Empty for a closed answer. */
export function unlabelledMarkers(answer: unknown): string[] {
  if (typeof answer === 'string') return SEEN.test(answer) ? [answer] : [];
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, value]) =>
    name === 'untrustedData' ? [] : [...(SEEN.test(name) ? [name] : []), ...unlabelledMarkers(value)],
  );
}

/** True when a marker stands in a labelled value: the answer told what it must not say itself. */
export function labelsMarker(answer: unknown): boolean {
  return SEEN.test(JSON.stringify(answer)) && unlabelledMarkers(answer).length === 0;
}
