import type { Call } from '../call/call.ts';
import type { ApiProfile, Operation } from '../entra/api-profile.ts';
import type { KeySource } from '../entra/metadata.ts';
import type { Fact, FactSource, Knowledge, TargetFacts, TargetKind } from '../gates/facts.ts';
import { isLoginHost } from '../token/login-hosts.ts';

/** Hosts that only one kind of target has. `*.azurewebsites.net` has Functions, plain apps and Logic Apps. */
const HOSTS: readonly (readonly [pattern: RegExp, kind: TargetKind])[] = [
  [/\.azure-api\.(net|us|cn)$/, 'apim'],
  [/\.vault\.(azure\.net|usgovcloudapi\.net|azure\.cn)$/, 'keyVault'],
  [/\.managedhsm\.(azure\.net|usgovcloudapi\.net|azure\.cn)$/, 'keyVault'],
  [/^management\.(azure\.com|core\.windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/, 'arm'],
  [/^(graph|dod-graph)\.microsoft\.(com|us)$|^microsoftgraph\.chinacloudapi\.cn$/, 'graph'],
  [/\.(blob|queue|table|file|dfs)\.core\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/, 'storage'],
  [/\.servicebus\.(windows\.net|usgovcloudapi\.net|chinacloudapi\.cn)$/, 'dataPlane'],
  [
    /\.(documents|batch|search|azconfig|eventgrid|webpubsub|service\.signalr)\.(azure\.com|azure\.net|windows\.net|io)$/,
    'dataPlane',
  ],
  [/\.(cognitiveservices|openai)\.azure\.(com|us|cn)$|\.database\.windows\.net$|\.azconfig\.io$/, 'dataPlane'],
  [/\.azurestaticapps\.net$/, 'staticWebApp'],
  [/\.logic\.azure\.(com|us|cn)$/, 'logicApp'],
  [/\.azurewebsites\.(net|us)$|\.chinacloudsites\.cn$/, 'appService'],
  [/\.(b2clogin|ciamlogin)\.com$|^169\.254\.169\.254$/, 'tokenEndpoint'],
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

function kindOfHost(url: string): TargetKind | undefined {
  if (!URL.canParse(url)) return undefined;
  const { hostname } = new URL(url);
  if (isLoginHost(hostname)) return 'tokenEndpoint';
  return HOSTS.find(([pattern]) => pattern.test(hostname))?.[1];
}

function compact(facts: { [K in keyof TargetFacts]: TargetFacts[K] | undefined }): TargetFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, fact]) => fact !== undefined));
}
