import assert from 'node:assert/strict';
import { after, describe, test } from 'node:test';
import { readExchangeText } from '../../../../../src/core/call/http-text.ts';
import type { ApiProfile } from '../../../../../src/core/entra/api-profile.ts';
import { KeyStore } from '../../../../../src/core/entra/key-store.ts';
import type { CauseId } from '../../../../../src/core/gates/cause-id.ts';
import type { EvidenceId } from '../../../../../src/core/gates/evidence.ts';
import type { Knowledge, TargetFacts } from '../../../../../src/core/gates/facts.ts';
import { effectivePolicyOf } from '../../../../../src/core/policy/effective-policy.ts';
import { readPolicy } from '../../../../../src/core/policy/read-policy.ts';
import { readToken } from '../../../../../src/core/token/read-token.ts';
import type { TokenReading } from '../../../../../src/core/token/token.ts';
import { type Diagnosis, explain } from '../../../../../src/core/why/explain.ts';
import { predict } from '../../../../../src/core/why/predict.ts';
import {
  causeWords,
  closedFacts,
  correctionWords,
  evidenceWords,
} from '../../../../../src/core/why/tool-answers/catalogue-words.ts';
import { answerDiagnosis } from '../../../../../src/core/why/tool-answers/diagnosis-answer.ts';
import { EVIDENCE_LABELS, FACT_LABELS } from '../../../../../src/core/why/tool-answers/fact-labels.ts';
import { LabelledValues } from '../../../../../src/core/why/tool-answers/labelled-values.ts';
import { answerPrediction } from '../../../../../src/core/why/tool-answers/prediction-answer.ts';
import { answerToken } from '../../../../../src/core/why/tool-answers/token-answer.ts';
import { answerValidation } from '../../../../../src/core/why/tool-answers/validation-answer.ts';
import { validateToken } from '../../../../../src/core/why/validate.ts';
import { writeExplanation } from '../../../../../src/core/why/write-explanation.ts';
import { writePrediction } from '../../../../../src/core/why/write-prediction.ts';
import * as at from '../../entra-fixture.ts';
import { Chance } from '../../random.ts';
import { diagnoseScene, FIXTURES } from '../cause-fixtures/all-fixtures.ts';
import { answerOf, callOf, known, type Scene } from '../cause-fixtures/fixture-parts.ts';
import { hostileExchange } from '../hostile-exchanges.ts';
import {
  FORM_COUNT,
  labelsMarker,
  marker,
  markerOfForm,
  placesIn,
  unlabelledMarkers,
  withTexts,
} from './marked-input.ts';
import { TOLD_SCENES } from './told-scenes.ts';

/** Each word of each scene once with WHY401_HOSTILE set; every eighth by default, so that the suite stays short. */
const EVERY = process.env.WHY401_HOSTILE === undefined ? 8 : 1;
const HOSTILE = Number(process.env.WHY401_HOSTILE ?? 800);
/** Turns in which many words of a scene are marked at once. */
const ROUNDS = process.env.WHY401_HOSTILE === undefined ? 8 : 2 * FORM_COUNT;
const SEED = 401;

/** A profile with a text in every member that may hold one: a file of a workspace may bring all of them. */
const PROFILE: ApiProfile = {
  ...at.PROFILE,
  issuers: [at.V2_ISSUER],
  allowedTenants: [at.TENANT],
  audiences: [at.API_ID, at.API_URI],
  baseUrl: 'https://contoso.azure-api.net/orders',
  subscriptionKey: { header: 'X-Contoso-Key', query: 'contoso-key' },
  identities: {
    ada: { signIn: 'browser', clientId: at.CLIENT_ID, scopes: [`${at.API_URI}/Orders.Read`], tenant: at.TENANT },
  },
  operations: [{ name: 'list orders', method: 'GET', path: '/orders', headers: { 'X-Part': 'north' } }],
  policy: 'policies/orders.xml',
};

const tally = {
  gaps: 0,
  diagnoses: 0,
  predictions: 0,
  tokens: 0,
  validations: 0,
  labelled: 0,
  causes: new Set<CauseId>(),
  told: new Set<string>(),
};
after(() => {
  const { gaps, diagnoses, predictions, tokens, validations, labelled, causes, told } = tally;
  console.log(
    `closed answers: ${gaps} gaps of sentences, ${diagnoses} explanations, ${predictions} predictions, ${tokens} tokens, ${validations} validations with marked words; ${labelled} answers hold one, labelled; ${causes.size} causes; ${told.size} values of observations`,
  );
});

function assertClosed(answer: object, input: () => unknown): void {
  // What a model reads is the text, not the object.
  const read: unknown = JSON.parse(JSON.stringify(answer));
  if (labelsMarker(read)) tally.labelled += 1;
  const leaked = unlabelledMarkers(read);
  assert.deepEqual(leaked, [], `${JSON.stringify(leaked)} of ${JSON.stringify(input())}`);
}

function askAll(diagnosis: Diagnosis, input: () => unknown): void {
  assertClosed(answerDiagnosis(diagnosis, writeExplanation(diagnosis)), input);
  tally.diagnoses += 1;
  for (const { cause, evidence } of diagnosis.causes) {
    tally.causes.add(cause);
    for (const { id, value, other } of evidence) {
      if (value) tally.told.add(`${id}.value`);
      if (other) tally.told.add(`${id}.other`);
    }
  }
  const { call } = diagnosis.exchange;
  if (!call) return;
  foretell(call, diagnosis.knowledge, input);
  const sent = call.authorization.type === 'bearer' ? call.authorization.bearer : undefined;
  if (sent?.token) askToken({ raw: '', form: 'jws', ...sent.token, problems: [...(sent.problems ?? [])] }, input);
}

function foretell(call: NonNullable<Diagnosis['exchange']['call']>, knowledge: Knowledge, input: () => unknown): void {
  assertClosed(answerPrediction(writePrediction(predict(call, knowledge, at.NOW_MS), knowledge)), input);
  tally.predictions += 1;
}

function askToken(reading: TokenReading, input: () => unknown): void {
  assertClosed(answerToken(reading), input);
  tally.tokens += 1;
}

function askScene(scene: Scene): void {
  askAll(diagnoseScene(scene), () => scene);
}

describe('every fact of every cause', () => {
  const chance = new Chance(SEED);
  let form = 0;
  const scenes = Object.entries(FIXTURES).map(
    ([cause, { positive, lookAlike }]) => [cause, [positive, lookAlike]] as const,
  );
  for (const [name, ofCause] of [...scenes, ['other observations', TOLD_SCENES] as const]) {
    test(name, () => {
      for (const scene of ofCause) {
        const places = placesIn(scene);
        places.forEach((place, index) => {
          if (index % EVERY === form++ % EVERY) askScene(withTexts(scene, [[place, markerOfForm(form, chance)]]));
        });
        for (let turn = 0; turn < ROUNDS; turn++) {
          const rich = turn % 2 === 0 ? scene : { ...scene, profile: { ...PROFILE, ...scene.profile } };
          const some = placesIn(rich).filter(() => chance.happens(turn < ROUNDS / 2 ? 10 : 60));
          askScene(
            withTexts(
              rich,
              some.map((place) => [place, marker(chance)]),
            ),
          );
        }
      }
    });
  }
});

describe('every gap of every sentence', () => {
  const chance = new Chance(SEED);
  const forms = Array.from({ length: FORM_COUNT }, (_, form) => form);
  const mark = (form: number) => markerOfForm(form, chance);

  test('of causes and their fixes', () => {
    const ofInput = Object.entries(FACT_LABELS).flatMap(([name, label]) => (label === 'ours' ? [] : [name]));
    for (const cause of Object.keys(FIXTURES) as CauseId[]) {
      for (const form of forms) {
        const facts = Object.fromEntries(ofInput.map((name) => [name, mark(form)]));
        const challenge = { authority: mark(form), resource: mark(form) };
        const words = causeWords(cause, closedFacts({ ...facts, challenge }, new LabelledValues([])));
        assertClosed(words, () => ({ cause, facts }));
        tally.gaps += ofInput.length;
      }
    }
  });

  test('of observations', () => {
    for (const id of Object.keys(EVIDENCE_LABELS) as EvidenceId[]) {
      for (const form of forms) {
        const evidence = { id, value: mark(form), other: mark(form) };
        assertClosed([evidenceWords(evidence, new LabelledValues([]))], () => evidence);
        tally.gaps += 2;
      }
    }
  });

  test('of corrections of a profile', () => {
    for (const form of forms) {
      for (const action of [
        { type: 'correctProfile', member: 'audiences', value: [mark(form), mark(form)] },
        { type: 'correctProfile', member: 'subscriptionKey', value: { header: mark(form), query: mark(form) } },
      ] as const) {
        assertClosed(correctionWords(action, 7, new LabelledValues([])), () => action);
        tally.gaps += 2;
      }
    }
  });
});

test(`${HOSTILE} exchanges of nobody's server`, { timeout: 600_000 }, () => {
  const chance = new Chance(SEED);
  for (let number = 0; number < HOSTILE; number++) {
    const sent = hostileExchange(chance);
    const some = placesIn(sent).filter(() => chance.happens(20));
    const { exchanges, knowledge } = withTexts(
      sent,
      some.map((place) => [place, marker(chance)]),
    );
    askAll(explain(exchanges, knowledge, at.NOW_MS), () => sent);
  }
});

const POLICY = `<policies><inbound><base />
  <set-header name="Authorization" exists-action="override"><value>north</value></set-header>
  <include-fragment fragment-id="shared" /><contoso-policy name="own" />
  <check-header name="X-Part" failed-check-httpcode="401" failed-check-error-message="Part missing" ignore-case="true"><value>north</value></check-header>
  <authentication-managed-identity resource="api://backend" client-id="${at.CLIENT_ID}" />
  <ip-filter action="allow"><address>203.0.113.7</address></ip-filter>
  <validate-jwt header-name="Authorization" failed-validation-error-message="Not today" require-scheme="Bearer">
    <openid-config url="${at.V2_METADATA_URL}" />
    <audiences><audience>${at.API_ID}</audience></audiences><issuers><issuer>${at.V2_ISSUER}</issuer></issuers>
    <required-claims><claim name="department" match="any"><value>sales</value></claim></required-claims>
  </validate-jwt>
  <validate-azure-ad-token tenant-id="${at.TENANT}" failed-validation-error-message="Not ever">
    <client-application-ids><application-id>${at.CLIENT_ID}</application-id></client-application-ids>
  </validate-azure-ad-token>
  <return-response><set-status code="403" reason="Closed" /><set-body>Closed</set-body></return-response>
</inbound><backend><forward-request /></backend></policies>`;

test('policies: names, values and messages of a file', () => {
  const chance = new Chance(SEED);
  const call = () =>
    callOf('https://contoso.azure-api.net/orders', {
      claims: at.v2Claims({ aud: at.OTHER_TENANT, department: 'north' }),
      headers: { 'X-Part': 'south' },
    });
  const messages = ['Not today', 'Not ever', 'Part missing', 'Closed', 'Access denied'];
  const words = placesIn({ text: POLICY });
  words.forEach((place, index) => {
    for (const message of messages.filter((_, number) => (index + number) % Math.min(EVERY, messages.length) === 0)) {
      const marked = withTexts({ text: POLICY, message }, [[place, marker(chance)]]);
      const policy = known(effectivePolicyOf(readPolicy(marked.text)));
      const kept = POLICY.includes(message) && !marked.text.includes(message) ? marker(chance) : message;
      const response = answerOf(401, { statusCode: 401, message: kept });
      const target: TargetFacts = { kind: known('apim'), policy };
      askScene({ exchanges: [{ call: call(), response }], profile: { ...PROFILE, target: 'apim' }, target });
    }
  });
});

test('pasted text: an answer, a log line, a trace', () => {
  const chance = new Chance(SEED);
  for (const text of [
    `GET https://contoso.vault.azure.net/secrets/a HTTP/1.1\nHost: contoso.vault.azure.net\n\nHTTP/1.1 401 Unauthorized\nWWW-Authenticate: Bearer authorization="${at.LOGIN}/${at.TENANT}", resource="https://vault.azure.net"\n\n`,
    `HTTP/1.1 403 Forbidden\nContent-Type: application/json\n\n{"error":{"code":"AuthorizationFailed","message":"The client 'ada@contoso.example' with object id '${at.CLIENT_ID}' does not have authorization to perform action 'Microsoft.Storage/storageAccounts/read' over scope '/subscriptions/${at.TENANT}/resourceGroups/rg' or the scope is invalid."}}`,
    'AADSTS500011: The resource principal named api://orders was not found in the tenant named Contoso.',
    'validate-jwt (7 ms): JWT Validation Failed: Claim value mismatch: department=sales. Access denied.',
    `IDX10214: Audience validation failed. Audiences: '${at.API_URI}'. Did not match: validationParameters.ValidAudience: 'api://other'`,
    '{"traceEntries":{"inbound":[{"source":"validate-jwt","data":"JWT Validation Failed: IDX10205"},{"source":"check-header","data":{"message":"Header X-Part was not found in the request. Access denied."}}]}}',
    'curl -v https://contoso.azurewebsites.net/api/orders\n> GET /api/orders HTTP/1.1\n> Host: contoso.azurewebsites.net\n> X-Functions-Key: north\n<\n< HTTP/1.1 401 Unauthorized\n< Server: Kestrel\n< Content-Length: 0\n',
  ]) {
    for (const place of placesIn(text)) {
      for (let turn = 0; turn < 4; turn++) {
        const pasted = withTexts(text, [[place, marker(chance)]]);
        const exchanges = readExchangeText(pasted);
        const known = knowledgeOfText(exchanges.at(-1)?.call?.url);
        askAll(explain(exchanges, known, at.NOW_MS), () => pasted);
      }
    }
  }
});

function knowledgeOfText(url: string | undefined): Knowledge {
  return { keySources: {}, ...(url?.includes('azure-api') ? { target: { kind: known('apim') } } : {}) };
}

test('validation: claims, header and profile', async () => {
  const chance = new Chance(SEED);
  const base = {
    header: { alg: 'RS256', typ: 'JWT', kid: at.KID, crit: ['exp'], nonce: 'north' },
    payload: { ...at.v2Claims({ roles: ['Orders.Read.All'], name: 'Ada', department: 'sales', idtyp: 'user' }) },
    profile: PROFILE,
  };
  const keyStore = new KeyStore(at.fakeFetch(at.tenantDocuments()).fetchText, () => at.NOW_MS);
  const places = placesIn(base);
  for (const place of places) {
    for (let turn = 0; turn < 6; turn++) {
      const more = turn < 3 ? [] : placesIn(base).filter(() => chance.happens(15));
      const all = [place, ...more.filter((one) => one !== place)];
      const inOrder = places.filter((one) => all.some((other) => isSame(one, other)));
      const marked = withTexts(
        base,
        inOrder.map((one) => [one, marker(chance)]),
      );
      const raw = at.encodeToken(marked.header, marked.payload, 'AAAA');
      const mayFetch = async () => false;
      const report = await validateToken({ raw, profile: marked.profile, keyStore, mayFetch, nowMs: at.NOW_MS });
      assertClosed(answerValidation(report), () => marked);
      tally.validations += 1;
      askToken(readToken(raw), () => marked);
    }
  }
});

function isSame(one: object, other: object): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

test('every cause was explained, and every value an observation may have was told', () => {
  for (const scene of [
    ...Object.values(FIXTURES).flatMap(({ positive, lookAlike }) => [positive, lookAlike]),
    ...TOLD_SCENES,
  ])
    askScene(scene);
  const { causes, told } = tally;
  assert.deepEqual(
    Object.keys(FIXTURES).filter((cause) => !causes.has(cause as CauseId)),
    [],
  );
  const values = Object.entries(EVIDENCE_LABELS).flatMap(([id, parts]) =>
    Object.keys(parts).map((part) => `${id}.${part}`),
  );
  assert.deepEqual(
    values.filter((value) => !told.has(value)),
    [],
  );
});
