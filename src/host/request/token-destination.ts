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
import { type ApiProfile, originsOf } from '../../core/entra/api-profile.ts';
import { ownAudiencesOf } from '../../core/entra/own-api.ts';
import { audiencesOfScopes } from '../../core/entra/scope-resource.ts';
import type { RequestForm } from '../../protocol/request-view.ts';
import { type NamedIdentity, requireTrustedAuthority, tokenRequestOf } from '../identities.ts';
import { plainHost } from '../plain-text.ts';
import { readSendExceptions } from '../send-exception-settings.ts';
import { originOf } from './form-origin.ts';
import { keyNamesOf } from './request-draft.ts';
import type { SendJob, SendServices } from './request-session.ts';

type Refusal = Extract<DestinationVerdict, { verdict: 'refused' }>;

/**
 * The token the form asks for, once those that are typed in the form may go where it goes; one that is missing is told
 * before anything is asked. Where it may go is judged twice: by what is asked for, before anybody signs in, and by what the
 * token says. Throws {@link Cancelled} when the user backs out.
 */
export async function tokenFor(
  services: SendServices,
  job: SendJob,
  identity: NamedIdentity | undefined,
): Promise<string | undefined> {
  const origin = originOf(job.form.url);
  const pasted = !identity && job.form.authorize.token === 'pasted' ? pastedToken(services, origin) : undefined;
  await requireTypedDestinations(services, job.form, job.profile);
  if (pasted !== undefined) await requireTokenDestination(services, pasted, origin, job.profile);
  if (!identity) return pasted;
  if (!originsOf(identity.profile).includes(origin)) {
    throw new AppError(
      'badSettings',
      `Tokens of ${identity.profile.name} may go to ${originsOf(identity.profile).join(', ') || 'no origin yet'} only, not to ${origin}. Give the profile a "baseUrl" or "origins".`,
      { actions: ['openSettings'] },
    );
  }
  const request = tokenRequestOf(identity);
  const { authority } = identity.profile;
  await requireDestination(services, {
    ...journeyTo(origin, identity.profile),
    audiences: audiencesOfScopes(request.scopes, authority),
    ...(authority.kind === 'entra' && authority.cloud !== undefined ? { clouds: [authority.cloud] } : {}),
  });
  await requireTrustedAuthority(services.hostTrust, identity);
  if (!(await services.bindings.confirm({ request, origin }))) throw new Cancelled();
  const { accessToken } = await services.signIn.tokenFor(identity, job);
  services.tokensSent.remember(identity.id, accessToken);
  await requireTokenDestination(services, accessToken, origin, identity.profile);
  return accessToken;
}

/** Throws where the token may not go to this origin; asks where nobody knows whose API it is for. */
export async function requireTokenDestination(
  services: Pick<SendServices, 'audiences'>,
  raw: string,
  origin: string,
  profile: ApiProfile | undefined,
): Promise<void> {
  const clouds = cloudsOfToken(raw);
  const audiences = audiencesOfToken(raw);
  await requireDestination(services, { ...journeyTo(origin, profile), audiences, ...(clouds ? { clouds } : {}) });
}

/** The same as {@link requireTokenDestination} for tokens that stand in the form itself: in a header, the address or the body. */
async function requireTypedDestinations(
  services: Pick<SendServices, 'audiences'>,
  { headers, url, body }: Pick<RequestForm, 'headers' | 'url' | 'body'>,
  profile: ApiProfile | undefined,
): Promise<void> {
  for (const raw of typedTokens({ headers, url, body }, keyNamesOf(profile)))
    await requireTokenDestination(services, raw, originOf(url), profile);
}

function pastedToken({ keys }: SendServices, origin: string): string {
  const token = keys.pastedToken(origin);
  if (token === undefined)
    throw new AppError('noSecret', 'No token was pasted for this origin: paste one first, or choose another way.');
  return token;
}

function journeyTo(origin: string, profile: ApiProfile | undefined): Omit<TokenJourney, 'audiences'> {
  return { origin, own: ownAudiencesOf(profile), exceptions: readSendExceptions().exceptions };
}

async function requireDestination(services: Pick<SendServices, 'audiences'>, journey: TokenJourney): Promise<void> {
  const judged = judgeDestination(journey);
  if (judged.verdict === 'refused') throw refusalOf(judged, journey.origin);
  if (judged.verdict === 'allowed') return;
  const { audience, because } = judged;
  if (!(await services.audiences.confirm({ audience, because, origin: journey.origin }))) throw new Cancelled();
  // Another audience of the same token may have to be asked about, too.
  await requireDestination(services, {
    ...journey,
    audiences: journey.audiences.filter((one) => one !== audience),
  });
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
