/** What can be wrong with scopes, before they are sent. */
export type ScopeFindingId = keyof typeof TEXTS;

/** What a finding is about. */
export interface ScopeFindingFacts {
  /** The scope as it was written. */
  scope: string;
  /** What to write instead, or the other value concerned. */
  value: string;
}

/** One sentence or two each. Codes are what Entra answers where it does not accept the scope. */
const TEXTS = {
  nothingAsked: () => 'No scope is asked for.',
  notAResource: ({ scope }) =>
    `${scope} names no API: an API is named by its App ID URI, such as api://orders, or by its application id.`,
  scopeNameMissing: ({ scope, value }) =>
    `${scope} names an API but no scope of it; ${value} asks for everything that was granted.`,
  graphByDefault: ({ scope }) =>
    `${scope} names no API, and what names none is Microsoft Graph’s: the token will be for Graph, and no other API accepts it.`,
  microsoftApi: ({ scope, value }) =>
    `${scope} asks for a token for ${value}; send it to that service and to nobody else.`,
  mixedResources: ({ scope, value }) =>
    `${scope} is of another API than ${value}: a token is for one API, and Entra refuses scopes of several (AADSTS28000).`,
  defaultMixed: ({ scope }) =>
    `${scope} stands beside .default, which already means everything that was granted; Entra refuses the two together (AADSTS70011).`,
  defaultMissing: ({ scope, value }) =>
    `${scope} cannot be asked for without a user: an application that asks as itself writes ${value} (AADSTS1002012).`,
  reservedScope: ({ scope }) => `${scope} is asked for without being written, and names no API.`,
  reservedScopeAppOnly: ({ scope }) => `${scope} is about a user, and there is none: leave it out.`,
  selfToken: ({ scope, value }) =>
    `With ${scope} the client asks for a token for itself, which Entra gives only under the application id (AADSTS90009): write ${value}. The aud of the token is then that id.`,
  slashTooMany: ({ scope, value }) =>
    `${scope} has a slash too many: the App ID URI has none at its end, so a v1 token gets an audience the API does not expect. Write ${value}.`,
  slashMissing: ({ scope, value }) =>
    `The App ID URI ends with a slash, which the scope has to keep: write ${value}, with two. With ${scope} a v1 token can get an audience the API does not expect.`,
  otherApi: ({ scope, value }) => `${scope} is of another API than the profile’s, ${value}.`,
  audienceNotAccepted: ({ scope, value }) =>
    `With ${scope} the token’s aud will be ${value}, which is none of the audiences the profile accepts.`,
} as const satisfies Record<string, (facts: ScopeFindingFacts) => string>;

/** The finding in words. */
export function scopeFindingText(id: ScopeFindingId, facts: ScopeFindingFacts): string {
  return TEXTS[id](facts);
}
