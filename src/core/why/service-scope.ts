import { audiencesOf, serviceAtHost } from '../azure/service-table.ts';

/** The scope to ask for to call a service of Microsoft's at this address; undefined for any other address. */
export function serviceScopeOf(url: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  const placed = serviceAtHost(new URL(url).hostname);
  const [audience] = placed ? audiencesOf(placed.id, placed.cloud) : [];
  return audience === undefined ? undefined : `${audience}/.default`;
}
