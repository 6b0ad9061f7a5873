import { customerLoginOf, isLoginHost } from '../azure/login-hosts.ts';
import { serviceAtHost } from '../azure/service-table.ts';
import type { Call } from '../call/call.ts';
import type { ApiProfile, Operation } from '../entra/api-profile.ts';
import type { KeySource } from '../entra/metadata.ts';
import type { Fact, FactSource, Knowledge, TargetFacts, TargetKind } from '../gates/facts.ts';

/** Where a machine of Azure's asks for the token of its own identity. */
const INSTANCE_METADATA = '169.254.169.254';

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
  const { target = {} } = knowledge;
  const easyAuth = beside(target.easyAuth, facts.easyAuth);
  const vault = beside(target.vault, facts.vault);
  return {
    ...knowledge,
    target: { ...facts, ...target, ...(easyAuth ? { easyAuth } : {}), ...(vault ? { vault } : {}) },
  };
}

/** Member by member, with the source of what was known. */
function beside<T extends object>(known: Fact<T> | undefined, told: Fact<T> | undefined): Fact<T> | undefined {
  return known && told ? { ...known, value: { ...told.value, ...known.value } } : (known ?? told);
}

/** The kind of target that only this host has. An App Service's has Functions, plain apps and Logic Apps. */
function kindOfHost(url: string): TargetKind | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  const isLogin = isLoginHost(hostname) || customerLoginOf(hostname) !== undefined;
  return isLogin || hostname === INSTANCE_METADATA ? 'tokenEndpoint' : serviceAtHost(hostname)?.service.target;
}

function compact(facts: { [K in keyof TargetFacts]: TargetFacts[K] | undefined }): TargetFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}
