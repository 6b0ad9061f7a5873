import { createHash, randomBytes } from 'node:crypto';
import jwt from 'jsonwebtoken';
import type { LabRequest } from '../loopback-server.ts';
import type { Members } from '../token-signing.ts';

const EIGHT_HOURS_SEC = 8 * 3600;
const COOKIE = /(?:^|; *)AppServiceAuthSession=([^;]+)/;

/** Sessions of one site: what its client-directed login gives and what `X-ZUMO-AUTH` or the cookie brings back. */
export class AuthSessions {
  readonly #secret = randomBytes(32);
  readonly #now: () => number;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** A session for whoever the token is about. */
  open(claims: Members, host: string): { authenticationToken: string; user: { userId: string } } {
    const issuedAtSec = Math.floor(this.#now() / 1000);
    const userId = `sid:${createHash('md5').update(String(claims.sub)).digest('hex')}`;
    const session = { stable_sid: userId, sub: userId, idp: 'aad', ver: '4', oid: claims.oid };
    const times = { iat: issuedAtSec, nbf: issuedAtSec, exp: issuedAtSec + EIGHT_HOURS_SEC };
    const authenticationToken = jwt.sign({ ...session, ...times }, this.#secret, {
      issuer: `https://${host}/`,
      audience: `https://${host}/`,
      algorithm: 'HS256',
    });
    return { authenticationToken, user: { userId } };
  }

  /** Who a session token is about; undefined when it is expired, or of another site. */
  read(token: string): Members | undefined {
    try {
      const clockTimestamp = Math.floor(this.#now() / 1000);
      return jwt.verify(token, this.#secret, { algorithms: ['HS256'], clockTimestamp }) as Members;
    } catch {
      return undefined;
    }
  }
}

/** The session a request brings, and whether a browser brought it by itself. */
export function presentedSession({ headers }: LabRequest): { token: string; isCookie: boolean } | undefined {
  const header = headers['x-zumo-auth'];
  if (typeof header === 'string') return { token: header, isCookie: false };
  const cookie = COOKIE.exec(headers.cookie ?? '')?.[1];
  return cookie === undefined ? undefined : { token: cookie, isCookie: true };
}
