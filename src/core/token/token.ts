/** What a token is made of: the types every room shares. */

export type JsonValue = string | number | boolean | null | JsonValue[] | JsonObject;
export interface JsonObject {
  [name: string]: JsonValue;
}

export type TokenPart = 'token' | 'header' | 'payload' | 'signature' | 'encryptedKey' | 'iv' | 'ciphertext' | 'tag';

export type TokenProblemId =
  | 'empty'
  | 'notAToken' // no dots, or nothing that looks like a token
  | 'partCount' // 1, 2, 4 or more than 5 parts
  | 'emptyPart'
  | 'notBase64url' // a character outside the alphabet
  | 'base64Length' // a length no base64url text can have
  | 'base64NotCanonical' // padding, or spare bits set in the last character: readable, but some validators refuse
  | 'notUtf8'
  | 'notJson'
  | 'notAnObject'
  | 'duplicateClaim'
  | 'claimType' // a known claim with a value of the wrong type: exp: "soon", aud: 5
  | 'tooDeep' // JSON nested deeper than 64 levels (.NET refuses), or than 512 (not read)
  | 'tooLarge'; // over 250 KB, which .NET validators refuse

/** A fault in the text of a token. `error`: that part cannot be read. `warning`: readable, but a validator may refuse. */
export interface TokenProblem {
  id: TokenProblemId;
  severity: 'error' | 'warning';
  part: TokenPart;
  /** 1-based position inside the part (base64url text, or the decoded JSON text when `in` is `json`). */
  at?: number;
  in?: 'base64url' | 'json';
  /** The offending character, count or type; never more than a few characters of a token. */
  found?: string;
  /** The claim concerned. */
  claim?: string;
}

/** A token as read: never an exception, whatever the text was. `header` and `payload` are absent when unreadable. */
export interface TokenReading {
  /** The compact serialisation without white space, quotes or scheme. */
  raw: string;
  form: 'jws' | 'jwe' | 'unreadable';
  header?: JsonObject;
  payload?: JsonObject;
  /** Length of the decoded signature in bytes; 0 for an empty third part; absent when unreadable. */
  signatureBytes?: number;
  problems: TokenProblem[];
}
