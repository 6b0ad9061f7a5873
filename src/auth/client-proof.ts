import { readClientCertificate } from './client-certificate.ts';
import { type ClientSecrets, clientSecretKey } from './client-secrets.ts';
import type { ClientProof } from './msal-confidential.ts';
import { NotReady } from './not-ready.ts';
import { failureHere } from './sign-in-failure.ts';
import { untilAborted } from './stopping.ts';
import type { Credential, SignInFailure, TokenResult } from './token-source.ts';

/** What the user is asked for a client secret with. */
export interface SecretQuestion extends Pick<Credential, 'clientId' | 'authority'> {
  /** True when the one given before was refused. */
  isRejected: boolean;
}

export interface ProofOptions {
  secrets: ClientSecrets;
  /** Asks the user for a client secret; undefined when they give none. */
  askSecret: (question: SecretQuestion) => PromiseLike<string | undefined>;
}

type Proof = { ok: true; proof: ClientProof; isNew: boolean } | Extract<TokenResult, { ok: false }>;

/** AADSTS7000215: wrong. 7000222: expired. The next one has to be another. */
const REJECTED_SECRETS = new Set(['AADSTS7000215', 'AADSTS7000222']);

/** A server without numbers says no more than RFC 6749 §5.2 has words for. */
function isRejection({ code, oauthError }: SignInFailure): boolean {
  return code === undefined ? oauthError === 'invalid_client' : REJECTED_SECRETS.has(code);
}

/** How confidential clients prove who they are: with a certificate file, or a secret that is asked for once. */
export class ClientProofs {
  readonly #secrets: ClientSecrets;
  readonly #askSecret: ProofOptions['askSecret'];
  readonly #rejected = new Set<string>();

  constructor({ secrets, askSecret }: ProofOptions) {
    this.#secrets = secrets;
    this.#askSecret = askSecret;
  }

  /** `mayAsk` is whether the user may be asked; without, a secret that is not there is a matter of signing in. */
  async find(
    credential: Credential,
    certificatePath: string | undefined,
    mayAsk: boolean,
    signal: AbortSignal,
  ): Promise<Proof> {
    try {
      if (certificatePath !== undefined) {
        return {
          ok: true,
          proof: { signAssertion: await readClientCertificate(certificatePath, Date.now()) },
          isNew: false,
        };
      }
      const kept = await this.#secrets.get(credential);
      if (kept !== undefined) return { ok: true, proof: { secret: kept }, isNew: false };
      if (!mayAsk) return { ok: false, failure: { kind: 'interactionRequired', detail: 'no client secret is kept' } };
      const { clientId, authority } = credential;
      const isRejected = this.#rejected.has(clientSecretKey(credential));
      const given = (await untilAborted(signal, this.#askSecret({ clientId, authority, isRejected })))?.trim();
      if (!given) throw new NotReady('secretNotGiven');
      return { ok: true, proof: { secret: given }, isNew: true };
    } catch (error) {
      return failureHere(error, signal);
    }
  }

  /** Keeps a secret that was taken, and throws one away that was refused. What was not judged stays as it is. */
  async learn(
    credential: Credential,
    { proof, isNew }: Extract<Proof, { ok: true }>,
    failure?: SignInFailure,
  ): Promise<void> {
    if (!('secret' in proof)) return;
    const key = clientSecretKey(credential);
    if (failure && isRejection(failure)) {
      this.#rejected.add(key);
      if (!isNew) await this.#secrets.forget(key).catch(() => undefined);
    } else if (isNew && (!failure || (failure.kind === 'refused' && failure.oauthError !== 'invalid_client'))) {
      this.#rejected.delete(key);
      await this.#secrets.set(credential, proof.secret);
    }
  }
}
