/** Settings or code for a validator, or why there are none. `note` is for the user to know before pasting them. */
export type Settings =
  | { ok: true; language: 'xml' | 'json' | 'javascript' | 'python'; text: string; note?: string }
  | { ok: false; why: string };
