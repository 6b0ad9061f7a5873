import { wantedClaimType } from './claim-types.ts';
import type { TokenPart, TokenProblem } from './token.ts';

const PART_NAMES: Record<TokenPart, string> = {
  token: 'token',
  header: 'header (part 1)',
  payload: 'payload (part 2)',
  signature: 'signature (part 3)',
  encryptedKey: 'encrypted key (part 2)',
  iv: 'initialization vector (part 3)',
  ciphertext: 'ciphertext (part 4)',
  tag: 'authentication tag (part 5)',
};

/**
 * A fault in the text of a token, in words: what is wrong, where, and what to do. Shows no more of the token than the
 * offending character or the name of the claim.
 */
export function describeProblem(problem: TokenProblem): string {
  const part = PART_NAMES[problem.part];
  const place = placeOf(problem);
  switch (problem.id) {
    case 'empty':
      return 'There is no text to decode. Select or copy the whole token: three parts with dots between them.';
    case 'notAToken':
      return `This is not a JWT: one has three parts with dots between them, and the first begins with “eyJ”. ${notATokenAdvice(problem)}`;
    case 'partCount':
      return `The token has ${partCountWords(problem)}; a signed token has 3 and an encrypted one has 5. ${partCountAdvice(problem)}`;
    case 'emptyPart':
      return `The ${part} is empty. ${emptyPartAdvice(problem.part)}`;
    case 'notBase64url':
      return `The ${part} has a character no base64url text may have: ${quoteCharacter(problem.found)}${place}. ${characterAdvice(problem.found)}`;
    case 'base64Length':
      return `The length of the ${part}, ${problem.found ?? 'as it is'} in characters, is one no base64url text can have. At least one character is missing or too many: copy the token again.`;
    case 'base64NotCanonical':
      return problem.found === '='
        ? `The ${part} ends with “=” padding${place}, which a JWT must not have. Some validators refuse it: remove it.`
        : `The last character of the ${part} (${quoteCharacter(problem.found)}${place}) carries bits that must be zero. It may have been altered; some validators refuse it.`;
    case 'notUtf8':
      return `The ${part} is not UTF-8 text${place}. It was damaged, or its issuer encoded it wrongly.`;
    case 'notJson':
      return problem.severity === 'warning'
        ? `The ${part} begins with a byte order mark. Some validators refuse it: the issuer should leave it out.`
        : `The ${part} is not JSON: ${jsonFaultWords(problem)}. Part of the token is missing or was changed: copy it again.`;
    case 'notAnObject':
      return `The ${part} must be a JSON object, and is ${problem.found ?? 'something else'}. The issuer made this token wrongly, or it is not a JWT.`;
    case 'duplicateClaim':
      return `The ${part} has ${quoteName(problem.claim)} more than once (again${place}). Validators may differ in which one they take; the last one is shown.`;
    case 'claimType':
      return claimTypeText(problem);
    case 'tooDeep':
      return problem.severity === 'warning'
        ? `The ${part} is nested deeper than 64 levels${place}. .NET validators refuse it.`
        : `The ${part} is nested too deeply to be read${place}. No issuer makes such a token on purpose.`;
    case 'tooLarge':
      return problem.severity === 'warning'
        ? `The token has ${problem.found ?? 'too many'} characters. .NET validators refuse more than 256,000, and servers limit headers to much less: ask for fewer claims, such as groups.`
        : `The text has ${problem.found ?? 'too many'} characters, too many for a token. Select the token alone.`;
  }
}

function placeOf(problem: TokenProblem): string {
  if (problem.at === undefined) return '';
  return problem.in === 'json' ? ` at character ${problem.at} of the decoded text` : ` at character ${problem.at}`;
}

function notATokenAdvice(problem: TokenProblem): string {
  return problem.found === '1'
    ? 'It may be an opaque token, a key or a secret, which only its issuer can read.'
    : 'Select or copy the token alone.';
}

function partCountWords(problem: TokenProblem): string {
  return problem.found === '1' ? '1 part' : `${problem.found ?? 'a wrong number of'} parts`;
}

function partCountAdvice(problem: TokenProblem): string {
  const count = Number(problem.found);
  if (count < 3) return 'The end is missing, or the signature was cut off: copy the whole token.';
  if (count > 5) return 'More than one token, or other text, was taken with it: select one token alone.';
  return 'A part is missing, or something was taken with it: copy the token alone and whole.';
}

function emptyPartAdvice(part: TokenPart): string {
  if (part === 'signature') {
    return 'Only a token with alg “none” has no signature, and no API should accept that. The signature may have been removed before sharing.';
  }
  return 'Copy the token again.';
}

function characterAdvice(found: string | undefined): string {
  if (found === '+' || found === '/') return 'It belongs to ordinary base64; a JWT has “-” and “_” instead.';
  if (found === '=') return 'Padding may stand only at the end of ordinary base64, and not in a JWT.';
  if (found === '%') return 'The token is percent-encoded: decode it first.';
  if (found === '…' || found === '*' || found === '•') return 'The token was shortened or masked: copy the original.';
  return 'Something was mixed into the token, or it was cut in the wrong place: copy it again.';
}

function jsonFaultWords(problem: TokenProblem): string {
  if (problem.at === undefined) return 'it cannot be parsed';
  if (problem.found === undefined) return `it ends too early${placeOf(problem)}`;
  return `${quoteCharacter(problem.found)} is not expected${placeOf(problem)}`;
}

function claimTypeText(problem: TokenProblem): string {
  const part = problem.part === 'header' ? 'header' : 'payload';
  const name = problem.claim ?? '';
  const wanted = wantedClaimType(part, name) ?? 'another type';
  if (problem.found === 'nothing') {
    return `The ${part} has no ${quoteName(name)}, which every token must have. Validators refuse it.`;
  }
  return `${quoteName(name)} in the ${part} is ${problem.found ?? 'of a wrong type'}; it should be ${wanted}. Validators may refuse the token or ignore the claim.`;
}

/** A character as a reader can recognise it: control and invisible ones by their code. */
function quoteCharacter(found: string | undefined): string {
  if (found === undefined || found === '') return 'an unknown character';
  const code = found.codePointAt(0) ?? 0;
  if (code === 0x20) return 'a space';
  if (code === 0x0a || code === 0x0d) return 'a line break';
  if (code === 0x09) return 'a tab';
  const isVisible = /^[\p{L}\p{N}\p{P}\p{S}]$/u.test(found);
  return isVisible ? `“${found}”` : `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

function quoteName(name: string | undefined): string {
  return `“${name ?? ''}”`;
}
