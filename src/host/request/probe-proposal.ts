import type { Fact, TargetFacts } from '../../core/gates/facts.ts';
import { microsoftApiOf, wellKnownAppName } from '../../core/token/well-known-apps.ts';
import { wellKnownTenantName } from '../../core/token/well-known-tenants.ts';
import { plainHost } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';

const USE = 'Use It';

/**
 * Shows what a target said of itself when it was asked without credentials: application, tenant, and the one origin that
 * would receive a token. Gives the facts as the user's own findings when they agree; undefined when there is nothing, or
 * they do not.
 */
export async function confirmProposal(url: string, told: TargetFacts | undefined): Promise<TargetFacts | undefined> {
  const facts = proposalOf(told);
  const lines = linesOf(facts);
  if (lines.length === 0 || !URL.canParse(url)) return undefined;
  const { origin } = new URL(url);
  const detail = [
    ...lines,
    `Would receive the token: ${plainHost(origin)}`,
    '',
    'The server says so; it is not proven. It is used to explain and foresee, and sets nothing. Nothing is sent.',
  ].join('\n');
  const picked = await plainWindow.showInformationMessage(
    'Use what the target says of itself?',
    { modal: true, detail },
    USE,
  );
  return picked === USE ? facts : undefined;
}

function proposalOf({ easyAuth, vault }: TargetFacts = {}): TargetFacts {
  return {
    ...(easyAuth?.source === 'response' ? { easyAuth: asProbed(easyAuth) } : {}),
    ...(vault?.source === 'response' ? { vault: asProbed(vault) } : {}),
  };
}

function asProbed<T>(fact: Fact<T>): Fact<T> {
  return { ...fact, source: 'probe' };
}

function linesOf({ easyAuth, vault }: TargetFacts): string[] {
  const { clientId, tenant } = easyAuth?.value ?? {};
  const { resource, authority, tenant: vaultTenant } = vault?.value ?? {};
  return [
    ...line('Application', clientId, clientId && wellKnownAppName(clientId)),
    ...line('Resource', resource, resource && microsoftApiOf(resource)),
    ...line('Authority', authority, undefined),
    ...line('Tenant', tenant ?? vaultTenant, wellKnownTenantName(tenant ?? vaultTenant ?? '')),
  ];
}

function line(label: string, value: string | undefined, name: string | undefined): string[] {
  return value === undefined ? [] : [`${label}: ${plainHost(value)}${name ? ` (${name})` : ''}`];
}
