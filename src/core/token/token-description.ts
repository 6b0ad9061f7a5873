import type { TokenKindId } from './token-kind.ts';

/** A token read as questions: who issued it, for whom, who and what may it do, when. Texts are final, in English. */
export interface TokenDescription {
  kind: TokenKindId;
  /** "Access token v1, on behalf of a user". Holds no claim value. */
  title: string;
  /** What the kind means for the reader, one sentence; for a Graph token: not meant for you to validate. */
  advice?: string;
  /** Why it is said to be of that kind, one sentence each. */
  evidence: string[];
  /** Faults in the token's text, errors first. */
  problems: { id: string; severity: 'error' | 'warning'; text: string }[];
  /** The first characters of header and payload for recognition; never the whole token. */
  preview: { header: string; payload: string };
  lifetime: { issuedAtSec?: number; notBeforeSec?: number; expiresAtSec?: number };
  /** Payload sections first, in reading order; the header's is the last. Empty sections are left out. */
  sections: ClaimSection[];
  /** Pretty-printed JSON, absent when the part is unreadable. */
  headerJson?: string;
  payloadJson?: string;
}

export type ClaimSectionId = 'issuer' | 'audience' | 'subject' | 'time' | 'other' | 'internal' | 'header';

export interface ClaimSection {
  id: ClaimSectionId;
  title: string;
  claims: ClaimLine[];
}

export interface ClaimLine {
  part: 'header' | 'payload';
  name: string;
  value: ClaimValue;
  /** What the claim is, one line; for an unknown claim, that it is unknown. */
  meaning: string;
  /** What this value means: `no client secret or certificate: a public client`. */
  says?: string;
  /** https page the meaning is taken from. */
  source?: string;
}

export type ClaimValue =
  | { type: 'text'; text: string; name?: string }
  | { type: 'time'; epochSec: number }
  | { type: 'list'; items: { text: string; name?: string }[] }
  | { type: 'json'; text: string };
