import type { Call } from '../../call/call.ts';
import type { ApiProfile } from '../../entra/api-profile.ts';
import { clientIdOf } from '../../entra/identity.ts';
import type { Evidence } from '../../gates/evidence.ts';
import { isGuid, issuerShapeOf } from '../../token/issuer-shape.ts';
import { factsOf } from '../cause-facts.ts';
import { CAUSE_TEXTS } from '../cause-text.ts';
import type { CauseFacts } from '../causes/cause-words.ts';
import type { Diagnosis, RankedCause } from '../explain.ts';
import type { ExplainedCause, Explanation, TokenPair } from '../explanation.ts';
import { Pseudonyms } from './pseudonyms.ts';
import type { Report } from './report.ts';

/** A diagnosis without what names somebody, and without any text of a server, a token or a file. */
export function reportOf(diagnosis: Diagnosis, explanation: Explanation): Report {
  const names = new Pseudonyms('raw');
  learnFromCall(names, diagnosis.exchange.call);
  learnFromProfile(names, diagnosis.knowledge.profile?.value);
  const { isRefusal, refusedAt, confidence, exchange } = diagnosis;
  const status = exchange.response?.status;
  const signature = signatureOf(exchange.call);
  return {
    format: 'why401-report-1',
    ...(status === undefined ? {} : { status }),
    isRefusal,
    ...(refusedAt ? { refusedAt } : {}),
    ...(confidence ? { confidence } : {}),
    path: pathOf(diagnosis, explanation),
    ...(signature ? { signature } : {}),
    ...(explanation.pair ? { pair: pairOf(explanation.pair, names) } : {}),
    causes: diagnosis.causes.map((cause) =>
      causeOf(
        cause,
        explanation.causes.find(({ id }) => id === cause.cause),
        diagnosis,
        names,
      ),
    ),
  };
}

function learnFromCall(names: Pseudonyms, call: Call | undefined): void {
  const bearer = call?.authorization.type === 'bearer' ? call.authorization.bearer : undefined;
  const claims = bearer?.token?.payload ?? {};
  const issuer = typeof claims.iss === 'string' ? issuerShapeOf(claims.iss) : undefined;
  names.learn('tenant', claims.tid);
  if (issuer && 'tenant' in issuer) names.learn('tenant', issuer.tenant);
  for (const claim of ['appid', 'azp', 'client_id', 'aud']) {
    if (typeof claims[claim] === 'string' && isGuid(claims[claim])) names.learn('application', claims[claim]);
  }
  for (const claim of ['oid', 'sub']) names.learn('user', claims[claim]);
  for (const claim of ['upn', 'preferred_username', 'email', 'unique_name']) names.learn('e-mail', claims[claim]);
  for (const claim of ['name', 'given_name', 'family_name']) names.learn('name', claims[claim]);
}

function learnFromProfile(names: Pseudonyms, profile: ApiProfile | undefined): void {
  if (!profile) return;
  if (profile.authority.kind === 'entra') names.learn('tenant', profile.authority.tenant);
  for (const tenant of profile.allowedTenants ?? []) names.learn('tenant', tenant);
  names.learn('application', profile.appId);
  for (const client of profile.allowedClients ?? []) names.learn('application', client);
  for (const identity of Object.values(profile.identities ?? {})) names.learn('application', clientIdOf(identity));
}

/** Titles are the catalogue's own; the place of a step is its line, and no name of a setting. */
function pathOf({ steps }: Diagnosis, { path }: Explanation): Report['path'] {
  const hops: Report['path'] = [];
  let at = 0;
  for (const { steps: shown } of path) {
    const hop = steps[at]?.step.hop;
    if (hop === undefined) break;
    hops.push({
      hop,
      steps: shown.map(({ gate, verdict, isProbable, line }) => ({
        gate,
        verdict,
        ...(isProbable ? { isProbable } : {}),
        ...(line === undefined ? {} : { line }),
      })),
    });
    at += shown.length;
  }
  return hops;
}

/** The best that any source of keys said. */
function signatureOf(call: Call | undefined): Report['signature'] {
  if (call?.authorization.type !== 'bearer') return undefined;
  const states = Object.values(call.authorization.bearer.signatures).map(({ state }) => state);
  return (
    (['valid', 'assumed', 'invalid', 'keyNotFound'] as const).find((state) => states.includes(state)) ?? 'notChecked'
  );
}

function pairOf({ acceptsTitle, rows }: TokenPair, names: Pseudonyms): NonNullable<Report['pair']> {
  const accepts = (['profile', 'policy'] as const).find((word) => acceptsTitle.startsWith(word)) ?? 'target';
  return {
    accepts,
    rows: rows.map((row) => ({
      ...row,
      says: names.hide(row.says),
      accepts: row.accepts.map((accepted) => names.hide(accepted)),
    })),
  };
}

function causeOf(
  ranked: RankedCause,
  explained: ExplainedCause | undefined,
  diagnosis: Diagnosis,
  names: Pseudonyms,
): Report['causes'][number] {
  const facts = factsOf(ranked, diagnosis);
  const catalogue = CAUSE_TEXTS[ranked.cause](facts).fixes;
  return {
    id: ranked.cause,
    confidence: ranked.confidence,
    refusedAt: ranked.refusedAt,
    ...(explained?.faultAt ? { faultAt: explained.faultAt } : {}),
    evidence: ranked.evidence.map((one) => hideEvidence(one, names)),
    facts: hideFacts(facts, names),
    fixes: (explained?.fixes ?? []).flatMap(({ text, kind, proof }) => {
      const number = catalogue.findIndex((fix) => fix.text === text);
      if (number < 0) return [];
      const weakens = kind === 'weakens' && catalogue[number]?.kind !== 'weakens';
      return [
        {
          number,
          ...(weakens ? { weakens } : {}),
          ...(proof ? { proof: { verdict: proof.verdict, ...(proof.next ? { next: proof.next } : {}) } } : {}),
        },
      ];
    }),
    rejected: (explained?.rejected ?? []).map(({ id }) => id),
  };
}

function hideEvidence({ id, value, other }: Evidence, names: Pseudonyms): Evidence {
  return {
    id,
    ...(value === undefined ? {} : { value: names.hide(value) }),
    ...(other === undefined ? {} : { other: names.hide(other) }),
  };
}

function hideFacts(facts: CauseFacts, names: Pseudonyms): Report['causes'][number]['facts'] {
  const hidden: Report['causes'][number]['facts'] = {};
  for (const [name, fact] of Object.entries<unknown>({ ...facts })) {
    if (typeof fact === 'string') hidden[name] = names.hide(fact);
    else if (typeof fact === 'object' && fact !== null) hidden[name] = hideTexts(fact, names);
  }
  return hidden;
}

function hideTexts(texts: object, names: Pseudonyms): Record<string, string> {
  const hidden = Object.entries(texts).flatMap(([name, text]) =>
    typeof text === 'string' ? [[name, names.hide(text)] as const] : [],
  );
  return Object.fromEntries(hidden);
}
