import type { Call } from '../../core/call/call.ts';
import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';
import type { KeySource } from '../../core/entra/metadata.ts';
import type { Fact, Knowledge, TargetFacts } from '../../core/gates/facts.ts';
import { knowledgeOf, learn } from '../../core/why/knowledge.ts';

interface Target {
  profile?: ApiProfile;
  operation?: Operation;
}

/**
 * Everything that is known of targets and is not in the settings: what their answers gave away, origin by origin, and the
 * keys that were read. In memory only. The user's settings and files are not overruled by a server.
 */
export class TargetKnowledge {
  readonly #learned = new Map<string, TargetFacts>();
  readonly #keySources: Record<string, KeySource> = {};

  /** Facts of an answer or a probe. What a setting or a file says has another source and is left out. */
  remember(url: string, facts: TargetFacts | undefined): void {
    if (!facts || !URL.canParse(url)) return;
    const { origin } = new URL(url);
    const told = Object.entries(facts).filter(([, fact]) => isTold(fact));
    this.#learned.set(origin, { ...this.#learned.get(origin), ...Object.fromEntries(told) });
  }

  rememberKeys(keySources: Readonly<Record<string, KeySource>>): void {
    Object.assign(this.#keySources, keySources);
  }

  of({ profile, operation }: Target, call: Call | undefined, files: TargetFacts, nowMs: number): Knowledge {
    const said = learn(knowledgeOf(profile, operation, this.#keySources, call, nowMs), files);
    const origin = call && URL.canParse(call.url) ? new URL(call.url).origin : '';
    return learn(said, this.#learned.get(origin) ?? {});
  }
}

function isTold(fact: Fact<unknown>): boolean {
  return fact.source === 'response' || fact.source === 'probe';
}
