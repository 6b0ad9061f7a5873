import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { explainAadsts } from '../../../../src/core/entra/aadsts.ts';
import { AADSTS_CODES_BY_CAUSE, causeOfAadsts } from '../../../../src/core/entra/aadsts-causes.ts';
import { aadstsCodeIn } from '../../../../src/core/entra/aadsts-code.ts';
import { AADSTS_ROWS } from '../../../../src/core/entra/aadsts-texts.ts';

describe('the table', () => {
  it('names every code once', () => {
    const codes = AADSTS_ROWS.flatMap(([known]) => known);
    assert.ok(codes.length > 150);
    assert.equal(new Set(codes).size, codes.length);
  });

  it('says of each code what it means and what to do, in a sentence', () => {
    for (const [codes, meaning, remedy] of AADSTS_ROWS) {
      for (const sentence of [meaning, remedy]) assert.match(sentence, /^[A-Z].{5,}\.$/, String(codes));
    }
  });

  it('never advises to lower protection', () => {
    for (const [codes, , remedy] of AADSTS_ROWS) {
      assert.doesNotMatch(remedy, /\b(disable|exclude|turn off|switch off|anonymous)\b/i, String(codes));
    }
  });
});

describe('the cause of a code', () => {
  const causes: [code: number, cause: string | undefined][] = [
    [500011, 'aadsts-500011-resource-not-found'],
    [700016, 'aadsts-700016-app-not-found'],
    [7000218, 'aadsts-client-type-mismatch'],
    [65001, 'consent-required'],
    [53003, 'conditional-access'],
    [50173, 'refresh-token-expired'],
    [50011, undefined],
    [90033, undefined],
  ];
  for (const [code, cause] of causes) {
    it(`${code}: ${cause ?? 'no cause of its own'}`, () => assert.equal(causeOfAadsts(code), cause));
  }

  it('takes the code in every form', () => {
    for (const form of [500011, '500011', 'AADSTS500011', 'aadsts500011']) {
      assert.equal(causeOfAadsts(form), 'aadsts-500011-resource-not-found');
    }
  });

  it('is one, and the code is explained', () => {
    const explained = new Set(AADSTS_ROWS.flatMap(([codes]) => codes));
    const codes = Object.values(AADSTS_CODES_BY_CAUSE).flat();
    assert.equal(new Set(codes).size, codes.length);
    assert.deepEqual(
      codes.filter((code) => !explained.has(code)),
      [],
    );
  });
});

describe('explaining a code', () => {
  it('takes the code in every form', () => {
    const forms = [50011, '50011', 'AADSTS50011', 'aadsts50011'].map((code) => explainAadsts(code)?.code);
    assert.deepEqual(forms, Array(4).fill('AADSTS50011'));
  });

  for (const code of [12345, '', 'AADSTS', '50011x', 'constructor', -50011, Number.NaN, '5e4']) {
    it(`knows nothing of ${code}`, () => assert.equal(explainAadsts(code), undefined));
  }
});

describe('finding the code', () => {
  const cases: [text: string, code: string | undefined][] = [
    ['AADSTS50011: The redirect URI …', 'AADSTS50011'],
    ['MsalServiceException: AADSTS7000215: Invalid client secret', 'AADSTS7000215'],
    ['{"error":"invalid_grant","error_description":"AADSTS1111: x","error_codes":[50076]}', 'AADSTS50076'],
    ['{"error_description":"AADSTS65001: x","error_codes":[]}', 'AADSTS65001'],
    ['{"error_description":"AADSTS65001: x","error_codes":["50076"]}', 'AADSTS65001'],
    ['{"error_codes":[1e99]}', undefined],
    ['{"error": "AADSTS65001: cut off', 'AADSTS65001'],
    ['AADSTS123', undefined],
    ['AADSTS123456789', undefined],
    ['50011', undefined],
    ['', undefined],
  ];
  for (const [text, code] of cases) {
    it(text.slice(0, 60) || '(empty)', () => assert.equal(aadstsCodeIn(text), code));
  }
});
