import type { Call } from '../call/call.ts';
import type { ApiProfile, Operation } from '../entra/api-profile.ts';
import type { KeySource } from '../entra/metadata.ts';
import type { Fact, FactSource, Knowledge, TargetFacts, TargetKind } from '../gates/gate.ts';

/** Hosts that only one kind of target has. `*.azurewebsites.net` is left out: Logic Apps and plain apps have it too. */
const HOSTS: readonly (readonly [suffix: string, kind: TargetKind])[] = [
  ['.azure-api.net', 'apim'],
  ['.azure-api.us', 'apim'],
  ['.azure-api.cn', 'apim'],
  ['.vault.azure.net', 'keyVault'],
  ['.vault.usgovcloudapi.net', 'keyVault'],
  ['.vault.azure.cn', 'keyVault'],
  ['management.azure.com', 'arm'],
  ['management.usgovcloudapi.net', 'arm'],
  ['graph.microsoft.com', 'graph'],
  ['graph.microsoft.us', 'graph'],
];

/** What is known before anything was sent: what the profile and the operation say, and what the host's name tells. */
export function knowledgeOf(
  profile: ApiProfile | undefined,
  operation: Operation | undefined,
  keySources: Readonly<Record<string, KeySource>>,
  call: Call | undefined,
  nowMs: number,
): Knowledge {
  const fact = <T>(value: T | undefined, source: FactSource): Fact<T> | undefined =>
    value === undefined ? undefined : { value, source, readAtMs: nowMs };
  const target: TargetFacts = compact({
    kind: fact(profile?.target, 'setting') ?? fact(call && kindOfHost(call.url), 'default'),
    behind: fact(profile?.behind, 'setting'),
    authLevel: fact(operation?.authLevel ?? profile?.authLevel, 'setting'),
    subscriptionKey: fact(profile?.subscriptionKey, 'setting'),
  });
  const judged = profile && operation?.accepts ? { ...profile, accepts: operation.accepts } : profile;
  const known = fact(judged, 'setting');
  return { keySources, target, ...(known ? { profile: known } : {}) };
}

/** Facts of an answer stand beside what was known; a setting of the user's is not overruled by a server. */
export function learn(knowledge: Knowledge, facts: TargetFacts): Knowledge {
  return { ...knowledge, target: { ...facts, ...knowledge.target } };
}

function kindOfHost(url: string): TargetKind | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  return HOSTS.find(([suffix]) => (suffix.startsWith('.') ? hostname.endsWith(suffix) : hostname === suffix))?.[1];
}

function compact(facts: { [K in keyof TargetFacts]: TargetFacts[K] | undefined }): TargetFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}
