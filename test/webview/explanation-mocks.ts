import type { CauseId } from '../../src/core/gates/cause-id.ts';
import type { ExplainedCause, Explanation, PathStep, StepVerdict } from '../../src/core/why/explanation.ts';

export const TENANT = '3f2a7c1e-5b0d-4e8a-9c67-1d2e3f4a9c1e';
export const OTHER_TENANT = '3f2a7c1e-0000-4e8a-9c67-1d2e3f4a9c1e';

/** What text of a token, a response or a setting may try. */
export const HOSTILE = {
  image: '<img src=x onerror="window.hacked=true">',
  command: '[x](command:workbench.action.terminal.new)',
  script: '</script><script>window.hacked=true</script>',
  link: 'javascript:window.hacked=true',
};

const step = (gate: PathStep['gate'], title: string, verdict: StepVerdict, place?: string): PathStep => ({
  gate,
  title,
  verdict,
  ...(place ? { place } : {}),
});

function makeCause(
  id: string,
  more: Omit<ExplainedCause, 'id' | 'rejected'> & Partial<ExplainedCause>,
): ExplainedCause {
  return { rejected: [], ...more, id: id as CauseId };
}

export const functionsKeyMissing: Explanation = {
  headline: 'The Functions host refused the call: no function key.',
  path: [
    {
      title: 'Function app · orders-api',
      steps: [
        step('easyAuth', 'Easy Auth', 'unknown'),
        { ...step('functionsKey', 'Functions key', 'refused'), isProbable: true },
        step('app', 'Your code', 'notReached'),
      ],
    },
  ],
  causes: [
    makeCause('function-key-missing', {
      title: 'No function key was sent',
      confidence: 'likely',
      refusedAt: 'functionsKey',
      means: 'The function asks for a key of its own, of its host or the master key, and the call carries none.',
      evidence: [
        '401 with an empty body, as the Functions host answers.',
        'The call has neither x-functions-key nor a code parameter.',
      ],
      fixes: [
        { kind: 'call', text: 'Choose “Functions key (header)” and enter the key of this function.' },
        {
          kind: 'weakens',
          text: 'Set authLevel to anonymous.',
          exposes: 'Anybody who knows the URL can then call the function.',
        },
      ],
      rejected: [
        {
          id: 'missing-token',
          title: 'No token',
          why: 'A token was sent, and Easy Auth would have said so in its body.',
        },
      ],
      source: 'https://learn.microsoft.com/azure/azure-functions/function-keys-how-to',
    }),
  ],
  needs: [{ text: 'Whether Easy Auth is on for this app.', setting: 'why401.apis' }],
};

export const issuerV1: Explanation = {
  headline: 'API Management refused the token: version 1, where version 2 is accepted.',
  path: [
    {
      title: 'API Management · contoso',
      steps: [
        step('subscriptionKey', 'Subscription key', 'passed'),
        step('validateJwt', 'validate-jwt', 'refused', 'line 7'),
      ],
    },
    {
      title: 'Function app · orders-api',
      steps: [
        step('easyAuth', 'Easy Auth', 'notReached'),
        step('functionsKey', 'Functions key', 'notReached'),
        step('app', 'Your code', 'notReached'),
      ],
    },
  ],
  pair: {
    acceptsTitle: 'profile accepts',
    rows: [
      {
        claim: 'iss',
        says: `https://sts.windows.net/${TENANT}/`,
        accepts: [`https://login.microsoftonline.com/${TENANT}/v2.0`],
        fits: false,
      },
      { claim: 'ver', says: '1.0', accepts: ['2.0'], fits: false },
      {
        claim: 'aud',
        says: 'api://orders',
        accepts: ['api://orders', '7b1d0c2e-93f4-4a51-8f6b-2f0a9d6e40aa'],
        fits: true,
      },
    ],
  },
  causes: [
    makeCause('issuer-v1-v2-mismatch', {
      title: 'The token is version 1, the API accepts version 2',
      confidence: 'likely',
      refusedAt: 'validateJwt',
      means: 'Same tenant, other token version. The registration of the API decides the version, not the client.',
      evidence: [
        'iss is the version 1 issuer of the right tenant.',
        'The profile orders-dev accepts version 2 only.',
        '“Unauthorized. Access token is missing or invalid.” is what validate-jwt says by default.',
      ],
      fixes: [
        {
          kind: 'target',
          text: 'Let the API’s registration issue version 2, then sign in again.',
          where: 'manifest of the API’s registration',
          value: '"api": { "requestedAccessTokenVersion": 2 }',
          action: { type: 'signInAgain' },
          proof: { verdict: 'passes', text: 'With this change every gate we can see passes.' },
        },
        {
          kind: 'target',
          text: 'Let the policy accept both issuers of the tenant, if callers need version 1.',
          where: 'validate-jwt, line 9',
          value: `<issuers>\n  <issuer>https://sts.windows.net/${TENANT}/</issuer>\n</issuers>`,
          action: { type: 'openPolicy', line: 9 },
          proof: {
            verdict: 'nextRefusal',
            text: 'Then the call meets the next refusal: the audience is not accepted.',
            next: 'aud-mismatch',
          },
        },
        {
          kind: 'client',
          text: 'Ask for a token of another API that issues version 2 already.',
          proof: { verdict: 'unknown', text: 'What comes after this change is not known.' },
        },
        {
          kind: 'weakens',
          text: 'Remove the issuers from validate-jwt.',
          exposes: 'Tokens of every tenant with the same audience would pass.',
        },
      ],
      rejected: [
        { id: 'issuer-wrong-tenant', title: 'Wrong tenant', why: 'tid and both issuers name the same tenant.' },
        { id: 'token-expired', title: 'Token expired', why: 'It is valid for another 52 minutes.' },
      ],
      source: 'https://learn.microsoft.com/entra/identity-platform/access-tokens',
    }),
    makeCause('aud-clientid-vs-appiduri', {
      title: 'The policy names the API by its id only',
      confidence: 'possible',
      refusedAt: 'validateJwt',
      means: 'A version 1 token names the API by its URI, a version 2 token by its id.',
      evidence: ['aud is api://orders.'],
      fixes: [{ kind: 'target', text: 'Add both forms to the audiences of the policy.' }],
    }),
    makeCause('scope-missing', {
      title: 'A required claim is missing',
      confidence: 'possible',
      means: 'validate-jwt may require scp or roles.',
      evidence: [],
      fixes: [{ kind: 'outside', text: 'Ask an administrator to consent to the scope.' }],
    }),
  ],
  needs: [],
};

export const roleMissing: Explanation = {
  headline: 'The app refused the call: it knows the caller, and the role is missing.',
  path: [
    {
      title: 'Web app · orders-api',
      steps: [step('easyAuth', 'Easy Auth', 'passed'), step('app', 'Your code', 'refused')],
    },
  ],
  causes: [
    makeCause('role-missing', {
      title: 'The token has no app role Orders.Approve',
      confidence: 'certain',
      refusedAt: 'app',
      means: 'Whoever calls was recognised, but has not been given the role the API asks for.',
      evidence: ['WWW-Authenticate says insufficient_scope.', 'roles in the token: Orders.Read.'],
      fixes: [
        { kind: 'outside', text: 'Ask an administrator to assign Orders.Approve to the user, then sign in again.' },
        { kind: 'client', text: 'Call with an identity that has the role.' },
      ],
    }),
  ],
  needs: [],
};

export const appRefused: Explanation = {
  headline: 'The app itself refused the call; no Azure gate in front of it did.',
  path: [
    {
      title: 'Function app · orders-api',
      steps: [
        step('easyAuth', 'Easy Auth', 'passed'),
        step('functionsKey', 'Functions key', 'passed'),
        step('app', 'Your code', 'refused'),
      ],
    },
  ],
  causes: [
    makeCause('missing-token', {
      title: 'The code behind the function answered 401',
      confidence: 'possible',
      refusedAt: 'app',
      means: 'The answer carries headers only the app sets, so every gate before it had let the call through.',
      evidence: ['x-powered-by: Express is not sent by the Functions host.', 'The body is no text of a known gate.'],
      fixes: [{ kind: 'target', text: "Read the app's own log for this request: trace id 4bf92f3577b34da6." }],
    }),
  ],
  needs: [{ text: 'What the app accepts, as an API profile.', setting: 'why401.apis' }],
};

export const nothingKnown: Explanation = {
  headline: 'Somebody refused the call; who, the answer does not give away.',
  path: [],
  causes: [
    makeCause('missing-token', {
      title: 'No token was sent',
      confidence: 'possible',
      means: 'Most APIs that answer 401 want a bearer token.',
      evidence: ['The call has no Authorization header.', 'The answer asks for Bearer.'],
      fixes: [{ kind: 'call', text: 'Choose an identity, or paste a token.' }],
    }),
  ],
  needs: [
    { text: 'Which API this is: add it as an API profile.', setting: 'why401.apis' },
    { text: 'Which tenant its tokens come from.', setting: 'why401.tenant' },
  ],
};

export const onlyWeakening: Explanation = {
  ...functionsKeyMissing,
  causes: functionsKeyMissing.causes.map((cause) => ({
    ...cause,
    fixes: cause.fixes.filter(({ kind }) => kind === 'weakens'),
  })),
};

export const hostileExplanation: Explanation = {
  headline: HOSTILE.image,
  path: [
    {
      title: HOSTILE.script,
      steps: [
        step('keyVault', HOSTILE.image, 'refused', HOSTILE.command),
        step('app', `${'long-'.repeat(40)}gate`, 'unknown', HOSTILE.link),
      ],
    },
  ],
  pair: {
    acceptsTitle: HOSTILE.command,
    rows: [
      { claim: 'iss', says: HOSTILE.script, accepts: [HOSTILE.image, `https://${'x'.repeat(400)}/`], fits: false },
      {
        claim: 'aud',
        says: `https://sts.windows.net/${TENANT}/`,
        accepts: [`https://sts.windows.net/${OTHER_TENANT}/`],
        fits: false,
      },
      { claim: 'ver', says: '', accepts: [], fits: false },
    ],
  },
  causes: [
    makeCause('missing-token', {
      title: HOSTILE.image,
      confidence: 'certain',
      means: HOSTILE.script,
      evidence: [HOSTILE.command, 'x'.repeat(500)],
      fixes: [
        { kind: 'call', text: HOSTILE.image },
        { kind: 'weakens', text: HOSTILE.script, exposes: HOSTILE.command },
      ],
      rejected: [{ id: 'aud-mismatch', title: HOSTILE.image, why: HOSTILE.script }],
      source: HOSTILE.link,
    }),
    makeCause('aud-mismatch', {
      title: HOSTILE.script,
      confidence: 'possible',
      means: HOSTILE.image,
      evidence: [],
      fixes: [],
      source: 'command:workbench.action.terminal.new',
    }),
  ],
  needs: [{ text: HOSTILE.image, setting: HOSTILE.command }],
};

export const longPath: Explanation = {
  ...issuerV1,
  path: [
    {
      title: 'Edge · Front Door with a long name that does not fit into any sidebar there is',
      steps: [step('edge', 'Web application firewall', 'unknown')],
    },
    ...issuerV1.path,
    { title: 'Key Vault · orders-vault', steps: [step('bearerCheck', 'Bearer check', 'notReached')] },
  ],
};
