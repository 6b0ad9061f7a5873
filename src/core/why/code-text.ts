import type { NumberedCode } from '../call/error-codes.ts';
import type { AadstsExplanation } from '../entra/aadsts.ts';
import { meaningOfCode } from '../gates/code-causes.ts';
import { CAUSE_TEXTS } from './cause-text.ts';

/** What is known of an error code by itself, without the answer it came in. Texts are final, in English. */
export interface CodeDescription {
  code: string;
  /** Who writes codes of this family. */
  writer: string;
  /** What it means and what to do, one sentence each; several where the code has several causes; none when unknown. */
  meanings: { meaning: string; remedy?: string }[];
}

const WRITERS: Record<NumberedCode['family'], string> = {
  aadsts: 'Microsoft Entra, when it issues a token',
  idx: 'Microsoft.IdentityModel, which validates tokens in .NET',
  idw: 'Microsoft.Identity.Web, in the API itself',
  akv: 'Azure Key Vault',
};

/** Describes a code; `aadsts` is what the table of Entra's codes says of it, undefined for other families. Never throws. */
export function describeCode(
  { family, code }: Pick<NumberedCode, 'family' | 'code'>,
  aadsts: Pick<AadstsExplanation, 'meaning' | 'remedy'> | undefined,
): CodeDescription {
  return { code, writer: WRITERS[family], meanings: aadsts ? [aadsts] : meaningsByCause(family, code) };
}

function meaningsByCause(family: NumberedCode['family'], code: string): CodeDescription['meanings'] {
  const causes = meaningOfCode({ family, code, where: 'text' })?.causes ?? [];
  return causes.map((cause) => {
    const { title, means, fixes } = CAUSE_TEXTS[cause]({});
    const [best] = fixes;
    return { meaning: `${title}. ${means}`, ...(best ? { remedy: best.text } : {}) };
  });
}
