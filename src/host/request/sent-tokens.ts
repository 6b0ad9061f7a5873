import type { BearerToken } from '../../core/call/call.ts';
import { withoutRaw } from '../../core/call/mask-exchange.ts';
import type { SignatureFinding } from '../../core/entra/signature.ts';

/** What is known of the tokens that identities have given in this session: decoded, for foreseeing. Never the tokens. */
export class SentTokens {
  readonly #byIdentity = new Map<string, BearerToken>();

  remember(identity: string, raw: string, signatures: Readonly<Record<string, SignatureFinding>> = {}): void {
    const decoded = withoutRaw({ type: 'bearer', bearer: { raw, partial: false, signatures } });
    if (decoded.type === 'bearer') this.#byIdentity.set(identity, decoded.bearer);
  }

  /** The last one of an identity, while it has not expired: after that the next call goes with another. */
  of(identity: string, nowMs: number): BearerToken | undefined {
    const bearer = this.#byIdentity.get(identity);
    const exp = bearer?.token?.payload.exp;
    return typeof exp === 'number' && exp * 1000 <= nowMs ? undefined : bearer;
  }

  forgetAll(): void {
    this.#byIdentity.clear();
  }
}
