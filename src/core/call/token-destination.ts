import { homeOf, microsoftAudience } from '../azure/audience.ts';
import { LONGEST_AUDIENCE, readAudience } from '../azure/read-audience.ts';
import { cloudsOfIssuer } from '../entra/issuer.ts';
import { readToken } from '../token/read-token.ts';
import type { SendException } from './send-exceptions.ts';

/** A token on its way: what it is for, and to whom it would go. */
export interface TokenJourney {
  /** The audiences of the token, or of what scopes ask for. Empty: nobody can tell, as of a token that is encrypted. */
  audiences: readonly string[];
  origin: string;
  /** Audiences of the user's own API (`ownAudiencesOf`). */
  own: readonly string[];
  /** From the user's own settings, never from a workspace's. */
  exceptions: readonly SendException[];
  /** The clouds, by id, whose Entra may have issued the token, where that is known. */
  clouds?: readonly string[];
}

/**
 * `refused`: an audience of Microsoft's, away from its service. `asks`, `listeners`: the host is the service's, and its
 * customers answer below it too. `asks`, `unknown`: nobody knows whose API it is. `asks`, `unreadable`: nor whom the token
 * is for.
 */
export type DestinationVerdict =
  | { verdict: 'allowed' }
  | { verdict: 'asks'; audience: string; because: 'unknown' | 'listeners' }
  | { verdict: 'asks'; audience: ''; because: 'unreadable' }
  | { verdict: 'refused'; audience: string; name: string };

/**
 * Whether a token may go to an origin. The rule is closed, and the audience decides, not the client: what is Microsoft's
 * goes to that service in that cloud and nowhere else, unless the user's settings name audience and origin; what is the
 * profile's own goes; everything else asks. Of several audiences the strictest verdict counts.
 *
 * Where customers listen below a service's own hosts (Relay's hybrid connections at `*.servicebus.…`, endpoints of Machine
 * Learning, clusters), a token good for the whole service asks: the host is the service's, yet whoever listens may be
 * handed it. For Relay that is so for every namespace of `*.servicebus.…`, as nobody sees which ones have a hybrid
 * connection. A token for that very host goes.
 */
export function judgeDestination(journey: TokenJourney): DestinationVerdict {
  if (journey.audiences.length === 0) return { verdict: 'asks', audience: '', because: 'unreadable' };
  const verdicts = journey.audiences.map((audience) => judgeAudience(audience, journey));
  const refused = verdicts.find(({ verdict }) => verdict === 'refused');
  return refused ?? verdicts.find(({ verdict }) => verdict === 'asks') ?? { verdict: 'allowed' };
}

function judgeAudience(
  audience: string,
  { origin, own, exceptions, clouds }: Omit<TokenJourney, 'audiences'>,
): DestinationVerdict {
  const microsoft = microsoftAudience(audience);
  if (!microsoft)
    return isOwn(audience, own) ? { verdict: 'allowed' } : { verdict: 'asks', audience, because: 'unknown' };
  const home = homeOf(microsoft, origin, clouds);
  if (home === 'home' || isExcepted(audience, origin, exceptions)) return { verdict: 'allowed' };
  if (home === 'shared') return { verdict: 'asks', audience, because: 'listeners' };
  return { verdict: 'refused', audience, name: microsoft.name };
}

/** The same text; or, where both are read surely, the same as Entra compares them. */
function isOwn(audience: string, own: readonly string[]): boolean {
  if (audience.length <= LONGEST_AUDIENCE && own.includes(audience)) return true;
  const { text, isPlain } = readAudience(audience);
  return isPlain && own.some((one) => readAudience(one).text === text);
}

function isExcepted(audience: string, origin: string, exceptions: readonly SendException[]): boolean {
  const { text, isPlain } = readAudience(audience);
  return isPlain && exceptions.some((one) => one.origin === origin && readAudience(one.audience).text === text);
}

/** The audiences that a token names; none of a text that is no token. */
export function audiencesOfToken(raw: string): string[] {
  const aud = readToken(raw).payload?.aud;
  return (Array.isArray(aud) ? aud : [aud]).filter((one) => typeof one === 'string');
}

/** The clouds whose Entra may have issued a token, by what its `iss` says; undefined where that names none. */
export function cloudsOfToken(raw: string): readonly string[] | undefined {
  const iss = readToken(raw).payload?.iss;
  return typeof iss === 'string' ? cloudsOfIssuer(iss) : undefined;
}
