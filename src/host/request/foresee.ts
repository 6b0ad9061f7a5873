import { readAuthorization } from '../../core/call/authorization.ts';
import type { Authorization, Call } from '../../core/call/call.ts';
import { maskCall } from '../../core/call/mask-exchange.ts';
import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';
import type { Prediction } from '../../core/why/explanation.ts';
import { predict } from '../../core/why/predict.ts';
import { writePrediction } from '../../core/why/write-prediction.ts';
import type { RequestForm } from '../../protocol/request-view.ts';
import { draftRequest } from './request-draft.ts';
import type { SentTokens } from './sent-tokens.ts';
import type { StoredKeys } from './stored-keys.ts';
import { readTargetFiles } from './target-files.ts';
import type { TargetKnowledge } from './target-knowledge.ts';

/** In place of a key: that there is one is known, and nothing else of it is needed. */
const SOME_KEY = 'key-of-the-user';

export interface ForeseenCall {
  form: RequestForm;
  profile?: ApiProfile;
  operation?: Operation;
}

export interface Foreseen {
  /** Absent while there is no address. */
  prediction?: Prediction;
  notes: string[];
}

/** Judges the form before it is sent. Nothing is asked of anybody: no network, no sign-in. */
export async function foresee(
  { form, profile, operation }: ForeseenCall,
  { keys, tokens, targets }: { keys: StoredKeys; tokens: SentTokens; targets: TargetKnowledge },
): Promise<Foreseen> {
  if (!URL.canParse(form.url)) return { notes: [] };
  const nowMs = Date.now();
  const { facts, notes } = await readTargetFiles(profile, operation);
  const call = await draftCall(form, profile, keys, tokens, nowMs);
  const knowledge = targets.of(
    { ...(profile ? { profile } : {}), ...(operation ? { operation } : {}) },
    call,
    facts,
    nowMs,
  );
  return { prediction: writePrediction(predict(call, knowledge, nowMs), knowledge), notes };
}

async function draftCall(
  form: RequestForm,
  profile: ApiProfile | undefined,
  keys: StoredKeys,
  tokens: SentTokens,
  nowMs: number,
): Promise<Call> {
  const { origin } = new URL(form.url);
  const hasKey = await keys.hasKey(origin, form.authorize.key);
  const { method, url, headers, body } = draftRequest(form, profile, undefined, hasKey ? SOME_KEY : undefined);
  const sent = [...headers.map(({ name, value }) => ({ name, value })), { name: 'Host', value: new URL(url).host }];
  const authorization = authorizationOf(form, origin, keys, tokens, nowMs) ?? readAuthorization(sent);
  return maskCall({
    method,
    url,
    headers: sent,
    ...(body === undefined ? {} : { body }),
    authorization: { ...authorization, setBy: 'caller' },
  });
}

/** Undefined: what is typed as a header decides. */
function authorizationOf(
  { authorize }: RequestForm,
  origin: string,
  keys: StoredKeys,
  tokens: SentTokens,
  nowMs: number,
): Authorization | undefined {
  switch (authorize.token) {
    case 'none':
      return undefined;
    case 'pasted': {
      const raw = keys.pastedToken(origin);
      if (raw === undefined) return { type: 'unknown', why: 'notChosen' };
      return { type: 'bearer', bearer: { raw, partial: false, signatures: {} } };
    }
    case 'identity': {
      const bearer = tokens.of(authorize.identity ?? '', nowMs);
      return bearer ? { type: 'bearer', bearer } : { type: 'unknown', why: 'notAcquired' };
    }
  }
}
