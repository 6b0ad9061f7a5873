import { PUBLIC_LOGIN } from '../../azure/login-hosts.ts';
import { serviceIdAt } from '../../azure/service-table.ts';
import type { Call } from '../../call/call.ts';
import type { ApiProfile } from '../../entra/api-profile.ts';
import { isGuid } from '../../token/issuer-shape.ts';
import type { JsonObject } from '../../token/token.ts';
import { microsoftApiOf } from '../../token/well-known-apps.ts';
import { readStrings, sameId, showClaim } from '../bearer/token-under-check.ts';
import { bearerCheck } from '../bearer-check.ts';
import type { CauseId } from '../cause-id.ts';
import type { EasyAuthFacts, Knowledge } from '../facts.ts';
import type { Finding, Judgement } from '../judgement.ts';
import { hasAppServiceSession, openJudgement, passing, refusing } from '../recognition.ts';
import type { Step } from '../step.ts';

/** About five minutes, as Microsoft.IdentityModel comes (causes.md, token-expired). */
const CLOCK_SKEW_SEC = 300;
/** Checks of a token that App Service makes, too, whoever set it up. */
const COMMON_CHECKS = ['structure', 'algorithm', 'signature', 'expiry', 'notBefore', 'tenant'];

/**
 * What App Service authentication makes of a call by its settings (functions-easyauth.md §4): first whether a caller may
 * come without a token, then issuer, audience and time, then the built-in policy. It checks neither scopes nor roles.
 */
export function judgeEasyAuth(step: Step, call: Call, knowledge: Knowledge, nowMs: number): Judgement {
  const settings = knowledge.target?.easyAuth?.value;
  if (settings?.enabled === false || isExcluded(call, settings)) return passing(call);
  if (isOfStaticWebApp(knowledge)) return judgeLinked(call);
  if (hasAppServiceSession(call)) return openJudgement(call);
  const { authorization } = call;
  if (authorization.type === 'none' || authorization.type === 'other') return judgeWithoutToken(call, settings);
  const judged = bearerCheck.judge(step, call, withSettings(knowledge, settings), nowMs);
  if (authorization.type === 'unknown' || !settings) return { ...judged, verdict: 'unknown' };
  if (takesNoBearer(settings)) return refusing(call, { cause: 'easyauth-oidc-bearer-unsupported' });
  const payload = authorization.bearer.token?.payload;
  const sure = [...timeFindings(judged), ...(payload ? audienceFindings(payload, settings) : [])];
  const refused = [...sure, ...(payload ? policyFindings(payload, settings) : [])];
  const open = [...judged.findings.filter(isNotAboutAudience), ...(payload ? openFindings(payload, settings) : [])];
  if (refused.length > 0) return { ...judged, verdict: 'refuses', findings: unique([...refused, ...open]) };
  return { ...judged, verdict: 'unknown', findings: unique(open) };
}

function isExcluded(call: Call, settings: EasyAuthFacts | undefined): boolean {
  if (!settings?.excludedPaths || !URL.canParse(call.url)) return false;
  return settings.excludedPaths.includes(new URL(call.url).pathname);
}

function judgeWithoutToken(call: Call, settings: EasyAuthFacts | undefined): Judgement {
  const { authorization } = call;
  const presence: Finding =
    authorization.type === 'other'
      ? { cause: 'bearer-prefix-missing', check: 'structure', seen: authorization.scheme }
      : { cause: 'missing-token', check: 'structure' };
  const admits = settings?.requireAuthentication === false || settings?.unauthenticatedAction === 'allowAnonymous';
  if (admits) return passing(call);
  const isDemanded = settings?.requireAuthentication === true || settings?.unauthenticatedAction !== undefined;
  if (!settings || settings.enabled === undefined || !isDemanded)
    return openJudgement(call, [presence], [{ fact: 'target', member: 'easyAuth' }]);
  const isRedirected = settings.unauthenticatedAction === 'redirectToLoginPage' && authorization.type === 'none';
  return refusing(call, isRedirected ? { cause: 'easyauth-login-redirect' } : presence);
}

/** The profile that the settings amount to, where they say more than the user's. */
function withSettings(knowledge: Knowledge, settings: EasyAuthFacts | undefined): Knowledge {
  const profile = knowledge.profile?.value;
  const tenant = settings?.tenant ?? tenantIn(settings?.issuer);
  if (!settings || (!profile && tenant === undefined)) return knowledge;
  const { accepts: _accepts, allowedClients: _clients, ...own } = profile ?? NOBODY;
  const value: ApiProfile = {
    ...own,
    ...(tenant === undefined ? {} : { authority: entraAuthority(tenant) }),
    clockSkewSec: CLOCK_SKEW_SEC,
  };
  return { ...knowledge, profile: { value, source: 'setting', readAtMs: 0 } };
}

const NOBODY: ApiProfile = { origin: 'user', authority: { kind: 'oidc', base: 'https://unknown.invalid' } };

function entraAuthority(tenant: string): ApiProfile['authority'] {
  return { kind: 'entra', loginBase: PUBLIC_LOGIN, tenant, cloud: 'public' };
}

function tenantIn(issuer: string | undefined): string | undefined {
  if (issuer === undefined || !URL.canParse(issuer)) return undefined;
  const first = new URL(issuer).pathname.split('/')[1] ?? '';
  return isGuid(first) ? first : undefined;
}

/** Linked to a static web app: only what comes through it is let in. */
function isOfStaticWebApp(knowledge: Knowledge): boolean {
  const { staticWebApp, easyAuth } = knowledge.target ?? {};
  return staticWebApp?.value === true || easyAuth?.value.providers?.includes('azureStaticWebApps') === true;
}

function judgeLinked(call: Call): Judgement {
  const isDirect = serviceIdAt(call.url) === 'appService';
  const finding: Finding = { cause: 'swa-platform-owns-auth' };
  return isDirect ? refusing(call, finding) : openJudgement(call, [finding]);
}

/** A custom OpenID Connect provider alone: sessions only. */
function takesNoBearer({ providers }: EasyAuthFacts): boolean {
  return providers !== undefined && providers.length > 0 && providers.every((name) => name.startsWith('custom'));
}

function timeFindings({ findings }: Judgement): Finding[] {
  return findings.filter(({ check }) => check !== undefined && COMMON_CHECKS.includes(check));
}

function isNotAboutAudience({ check }: Finding): boolean {
  return check === 'issuer' || check === 'tenant' || check === 'version';
}

/** The client id is always allowed; every other audience has to be listed exactly. */
function audienceFindings(payload: JsonObject, { clientId, allowedAudiences, isWhole }: EasyAuthFacts): Finding[] {
  const audiences = readStrings(payload.aud) ?? [];
  if (audiences.length === 0 || (allowedAudiences === undefined && !isWhole)) return [];
  const allowed = [...(clientId === undefined ? [] : [clientId]), ...(allowedAudiences ?? [])];
  if (audiences.some((audience) => allowed.some((wanted) => sameId(audience, wanted)))) return [];
  const couldBeTheClientId = clientId === undefined && audiences.some(isGuid) && !audiences.some(microsoftApiOf);
  if (couldBeTheClientId) return [];
  return [
    { cause: audienceCause(audiences, clientId), check: 'audience', seen: audiences.join(', '), expected: allowed },
  ];
}

/** The app's own name, spelt as the list does not have it, is a matter of the list; another API's is another token. */
function audienceCause(audiences: readonly string[], clientId: string | undefined): CauseId {
  const api = audiences.map(microsoftApiOf).find((name) => name !== undefined);
  if (api !== undefined) return api === 'Microsoft Graph' ? 'aud-is-graph' : 'aud-mismatch';
  const isOwn =
    clientId === undefined || audiences.some((audience) => namesOf(audience).includes(clientId.toLowerCase()));
  return isOwn || audiences.every((audience) => !isGuid(bareId(audience)))
    ? 'easyauth-audience-not-allowed'
    : 'aud-mismatch';
}

function namesOf(audience: string): string[] {
  return bareId(audience).split('/');
}

function bareId(audience: string): string {
  return audience
    .replace(/^(?:api:\/\/|spn:)/i, '')
    .replace(/\/$/, '')
    .toLowerCase();
}

/** What a challenge gave away tells the client id only: another audience may be listed, or not. */
function openFindings(payload: JsonObject, settings: EasyAuthFacts): Finding[] {
  const { clientId, allowedAudiences, allowedApplications, isWhole } = settings;
  const audiences = readStrings(payload.aud) ?? [];
  const caller = callerOf(payload);
  const findings: Finding[] = [];
  if (clientId !== undefined && allowedAudiences === undefined && !isWhole) {
    const isOther = audiences.length > 0 && !audiences.some((audience) => sameId(audience, clientId));
    if (isOther)
      findings.push({
        cause: audienceCause(audiences, clientId),
        check: 'audience',
        seen: audiences.join(', '),
        expected: [clientId],
      });
  }
  // An empty list, and one left to its default, admit the app itself only, or everybody: which, is not documented.
  const isDefault = allowedApplications?.length === 0 || (isWhole && allowedApplications === undefined);
  if (isDefault && caller !== clientId)
    findings.push({
      cause: 'easyauth-client-not-allowed',
      check: 'allowedClients',
      ...(caller ? { seen: caller } : {}),
    });
  return findings;
}

/** AND of the parts of the default authorization policy; what fails here is a 403. */
function policyFindings(payload: JsonObject, settings: EasyAuthFacts): Finding[] {
  const { allowedApplications = [], allowedIdentities = [], allowedGroups = [] } = settings;
  const caller = callerOf(payload);
  const cause = 'easyauth-client-not-allowed' as const;
  const isCallerMissing = allowedApplications.length > 0 && !allowedApplications.some((id) => sameId(caller ?? '', id));
  if (isCallerMissing)
    return [{ cause, check: 'allowedClients', ...(caller ? { seen: caller } : {}), expected: allowedApplications }];
  const principals = [...allowedIdentities, ...allowedGroups];
  const own = [...(typeof payload.oid === 'string' ? [payload.oid] : []), ...(readStrings(payload.groups) ?? [])];
  if (principals.length === 0 || principals.some((id) => own.some((mine) => sameId(mine, id)))) return [];
  return [{ cause, ...(payload.oid === undefined ? {} : { seen: showClaim(payload.oid) }), expected: principals }];
}

/** The application that asked for the token: `azp` in v2, `appid` in v1 tokens. */
function callerOf(payload: JsonObject): string | undefined {
  return [payload.azp, payload.appid].find((id): id is string => typeof id === 'string');
}

function unique(findings: readonly Finding[]): Finding[] {
  return findings.filter(({ cause }, index) => findings.findIndex((other) => other.cause === cause) === index);
}
