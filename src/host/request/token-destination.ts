import { SETTINGS, SETTINGS_SECTION } from '../../contract.ts';
import { AppError, Cancelled } from '../../core/app-error.ts';
import { readAudience } from '../../core/azure/read-audience.ts';
import {
  audiencesOfToken,
  cloudsOfToken,
  type DestinationVerdict,
  judgeDestination,
  type TokenJourney,
} from '../../core/call/token-destination.ts';
import { typedTokens } from '../../core/call/typed-tokens.ts';
import { originsOf } from '../../core/entra/api-profile.ts';
import { ownAudiencesOf } from '../../core/entra/own-api.ts';
import { audiencesOfScopes } from '../../core/entra/scope-resource.ts';
import { listIdentities, type NamedIdentity, requireTrustedAuthority, tokenRequestOf } from '../identities.ts';
import { plainHost } from '../plain-text.ts';
import { readSendExceptions } from '../send-exception-settings.ts';
import { listProfiles } from '../workspace-profiles.ts';
import { originOf } from './form-origin.ts';
import { draftRequest } from './request-draft.ts';
import type { SendJob, SendServices } from './request-session.ts';

type Refusal = Extract<DestinationVerdict, { verdict: 'refused' }>;

/**
 * The token the form asks for, once every other one that the request brings may go where it goes; what is missing is told
 * before anything is asked. Where it may go is judged twice: by what is asked for, before anybody signs in, and by what the
 * token says. Throws {@link Cancelled} when the user backs out.
 */
export async function tokenFor(
  services: SendServices,
  job: SendJob,
  identity: NamedIdentity | undefined,
  key?: string,
): Promise<string | undefined> {
  const origin = originOf(job.form.url);
  const pasted = !identity && job.form.authorize.token === 'pasted' ? pastedToken(services, origin) : undefined;
  if (identity) requireOrigin(identity, origin);
  const request = draftRequest(job.form, job.profile, identity ? TO_COME : pasted, key);
  const given = new Set([...typedTokens(request, request.credentials), ...(pasted === undefined ? [] : [pasted])]);
  for (const raw of given) await requireTokenDestination(services, raw, origin);
  return identity ? identityToken(services, job, identity, origin) : pasted;
}

/** A typed header gives way to the token that an identity will bring. */
const TO_COME = '';

async function identityToken(
  services: SendServices,
  job: SendJob,
  identity: NamedIdentity,
  origin: string,
): Promise<string> {
  const request = tokenRequestOf(identity);
  const { authority } = identity.profile;
  services.bindings.requireAskable({ request, origin });
  if (asksForScopes(identity)) {
    const asked = {
      audiences: audiencesOfScopes(request.scopes, authority),
      ...(authority.kind === 'entra' && authority.cloud !== undefined ? { clouds: [authority.cloud] } : {}),
    };
    await requireDestination(services, asked, origin, identity);
  }
  await requireTrustedAuthority(services.hostTrust, identity);
  if (!(await services.bindings.confirm({ request, origin }))) throw new Cancelled();
  const { accessToken } = await services.signIn.tokenFor(identity, job);
  services.tokensSent.remember(identity.id, accessToken);
  await requireTokenDestination(services, accessToken, origin, identity);
  return accessToken;
}

/** False for a token that the user pastes for a profile: what it is for was never asked about. */
function asksForScopes({ identity }: NamedIdentity): boolean {
  return identity.signIn !== 'pasted';
}

/** Throws where the token may not go to this origin; asks where nobody knows whose API it is for. `identity`: whose it is. */
export async function requireTokenDestination(
  services: Pick<SendServices, 'audiences'>,
  raw: string,
  origin: string,
  identity?: NamedIdentity,
): Promise<void> {
  const clouds = cloudsOfToken(raw);
  const said = { audiences: audiencesOfToken(raw), ...(clouds ? { clouds } : {}) };
  await requireDestination(services, said, origin, identity);
}

/** Of an identity that asks for scopes, what nobody can read goes: scopes and binding were asked about. */
async function requireDestination(
  services: Pick<SendServices, 'audiences'>,
  token: Pick<TokenJourney, 'audiences' | 'clouds'>,
  origin: string,
  identity: NamedIdentity | undefined,
): Promise<void> {
  const asking = identity && asksForScopes(identity) ? identity : undefined;
  if (asking && token.audiences.length === 0) return;
  const { exceptions } = readSendExceptions();
  await requireAllowed(services, { ...token, origin, own: ownAudiencesAt(origin, asking), exceptions });
}

function requireOrigin({ profile }: NamedIdentity, origin: string): void {
  if (originsOf(profile).includes(origin)) return;
  throw new AppError(
    'badSettings',
    `Tokens of ${profile.name} may go to ${originsOf(profile).join(', ') || 'no origin yet'} only, not to ${origin}. Give the profile a "baseUrl" or "origins".`,
    { actions: ['openSettings'] },
  );
}

function pastedToken({ keys }: SendServices, origin: string): string {
  const token = keys.pastedToken(origin);
  if (token === undefined)
    throw new AppError('noSecret', 'No token was pasted for this origin: paste one first, or choose another way.');
  return token;
}

/**
 * What the user's own profiles of this origin name. Of an identity, about which the binding asks, also what its profile
 * names as it stands in the settings: no scope that a server proposed.
 */
function ownAudiencesAt(origin: string, identity: NamedIdentity | undefined): string[] {
  const profiles = listProfiles().filter((profile) => profile.origin === 'user' && originsOf(profile).includes(origin));
  const asked = identity && listIdentities().find(({ id }) => id === identity.id)?.profile;
  return [...profiles, asked].flatMap(ownAudiencesOf);
}

async function requireAllowed(services: Pick<SendServices, 'audiences'>, journey: TokenJourney): Promise<void> {
  const judged = judgeDestination(journey);
  if (judged.verdict === 'refused') throw refusalOf(judged, journey.origin);
  if (judged.verdict === 'allowed') return;
  const { audience, because } = judged;
  if (!(await services.audiences.confirm({ audience, because, origin: journey.origin }))) throw new Cancelled();
  // Another audience of the same token may have to be asked about, too.
  const audiences = journey.audiences.filter((one) => one !== audience);
  if (audiences.length > 0) await requireAllowed(services, { ...journey, audiences });
}

function refusalOf({ audience, name }: Refusal, origin: string): AppError {
  const { faults } = readSendExceptions();
  const [fault] = faults;
  return new AppError(
    'badSettings',
    [
      `Not sent to ${plainHost(origin)}: the token is for ${plainHost(name)}, one of Microsoft’s own; it may go to that service’s own hosts only.`,
      adviceFor(audience, origin),
      ...(fault ? [`The setting has a fault: ${fault.path} ${fault.text}.`] : []),
    ].join(' '),
    { actions: ['openUserSettings'] },
  );
}

function adviceFor(audience: string, origin: string): string {
  const { text, isPlain } = readAudience(audience);
  if (!isPlain) return 'Ask for a scope of your own API.';
  const entry = JSON.stringify({ audience: text, origin });
  return `Ask for a scope of your own API. If that host is meant to take this token, add ${entry} to ${SETTINGS_SECTION}.${SETTINGS.sendServiceTokensTo} in your user settings.`;
}
