/** What the `claims` parameter asks of the access token (OpenID Connect Core 1.0, 5.5, as Entra uses it). */
export interface ClaimsRequest {
  /** `xms_cc`: what the client says it can do. */
  capabilities?: unknown;
  /** Authentication contexts, such as `c1`. */
  contexts: string[];
}

interface Demand {
  value?: unknown;
  values?: unknown;
}

/** Reads the parameter; text that is no JSON asks for nothing. */
export function readClaimsRequest(text: string | null | undefined): ClaimsRequest {
  try {
    const { access_token: asked } = JSON.parse(text ?? '{}') as { access_token?: Record<string, Demand | null> };
    const capabilities = asked?.xms_cc?.values;
    return { contexts: valuesOf(asked?.acrs), ...(capabilities === undefined ? {} : { capabilities }) };
  } catch {
    return { contexts: [] };
  }
}

/** The JSON text of a challenge for one authentication context. */
export function contextChallenge(context: string): string {
  return JSON.stringify({ access_token: { acrs: { essential: true, value: context } } });
}

function valuesOf(demand: Demand | null | undefined): string[] {
  const values = Array.isArray(demand?.values) ? demand.values : [demand?.value];
  return values.filter((value) => typeof value === 'string');
}
