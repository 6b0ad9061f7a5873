import type { TargetFacts } from '../gates/facts.ts';
import type { Need } from '../gates/judgement.ts';
import type { ExplainedNeed } from './explanation.ts';

const IN_PROFILES = { setting: 'why401.apis' };

/** What to give for each fact, in words. Those that no setting takes yet can be learnt from the answer only. */
const FACT_TEXTS: Partial<Record<keyof TargetFacts, string>> = {
  kind: 'Say what the target is, "target" and "behind" in an API profile: that names the gates.',
  behind: 'Say what stands behind API Management, "behind" in the profile.',
  authLevel: 'Say which "authLevel" the function has, in the profile or the operation.',
  subscriptionKey: 'Say under which name the API looks for a subscription key, "subscriptionKey" in the profile.',
  policy: 'Give the policy of the API: its checks are then made here.',
  easyAuth: 'Ask the app once, without a token, how it authenticates: its challenge names tenant and client id.',
};

/** A need in words; undefined for one that the user can do nothing about. */
export function describeNeed(need: Need): ExplainedNeed | undefined {
  switch (need.fact) {
    case 'profile':
      return {
        text: 'Describe the API in a profile: the token is then compared with what it accepts.',
        ...IN_PROFILES,
        fact: 'profile',
      };
    case 'token':
      return { text: 'Choose a token: it is then checked before anything is sent.', fact: 'token' };
    case 'answer':
      return {
        text: 'Give the whole answer, with status, headers and body: it shows which gate wrote it.',
        fact: 'answer',
      };
    case 'call':
      return {
        text: 'Give the request as well, as curl -v prints it: it shows which token and key were sent.',
        fact: 'call',
      };
    case 'keys':
      return undefined;
    case 'target': {
      const text = FACT_TEXTS[need.member];
      if (text === undefined) return undefined;
      return { text, ...(need.member === 'easyAuth' ? {} : IN_PROFILES), fact: need.member };
    }
  }
}

/** Needs in words, each once, in their order. */
export function describeNeeds(needs: readonly Need[]): ExplainedNeed[] {
  const described = needs.flatMap((need) => describeNeed(need) ?? []);
  return described.filter(({ text }, index) => described.findIndex((other) => other.text === text) === index);
}
