import { wellKnownAppName } from '../token/well-known-apps.ts';
import { type MendingPlace, PLACES } from './aadsts-places.ts';
import { isAppOnly } from './identity.ts';
import { apiWords, clientWords, redirectOf, resourceIn } from './identity-words.ts';
import type { IdentityFacts } from './sign-in-diagnosis.ts';

/** What a code means for one identity, and where that differs from the code's usual place. */
type IdentityCause = { cause: string; action: string } & Partial<MendingPlace>;

/** Undefined where the catalogue's sentences say it for every identity. */
export function ofThisIdentity(number: number, facts: IdentityFacts): IdentityCause | undefined {
  return CAUSES[number]?.(facts);
}

const MOBILE_AND_DESKTOP = '"Mobile and desktop applications"';

const CAUSES: Readonly<Record<number, (facts: IdentityFacts) => IdentityCause>> = {
  50011: (facts) => ({
    cause: `The redirect URI ${redirectOf(facts)} is not registered for ${clientWords(facts)}.`,
    action: redirectAction(facts),
  }),
  500113: (facts) => ({
    cause: `No redirect URI appears to be registered for ${clientWords(facts)}.`,
    action: redirectAction(facts),
  }),
  65001: consentMissing,
  65002: (facts) => ({
    cause: `${capital(clientWords(facts))} is an application of Microsoft’s own, and it is not pre-authorised for ${apiWords(facts)}.`,
    action: `Register a client of your own with ${redirectOf(facts)} under ${MOBILE_AND_DESKTOP} and put its id into the identity, or ask for another API.`,
  }),
  70011: (facts) => ({
    cause: `The scope ${scopesOf(facts)} is not valid for this way of signing in.`,
    action: isAppOnly(facts)
      ? `An application asks as itself: the scope is ${resourceIn(facts.scopes) ?? facts.appIdUri ?? '<App ID URI>'}/.default and nothing else.`
      : 'Name scopes of one API only, each as <App ID URI>/<scope>, or <App ID URI>/.default.',
  }),
  1002012: (facts) => ({
    cause: `The scope ${scopesOf(facts)} seems to be none for an application that asks as itself.`,
    action: `Ask for ${resourceIn(facts.scopes) ?? facts.appIdUri ?? '<App ID URI>'}/.default: app roles are granted beforehand and not asked for one by one.`,
  }),
  500011: (facts) => ({
    cause: `${capital(apiWords(facts))} is not known in the tenant ${facts.tenant}: its name is written otherwise there, it has no service principal in this tenant, or it belongs to another tenant.`,
    action: `Compare ${resourceIn(facts.scopes) ?? 'the name'} with the App ID URI under "Expose an API", letter by letter. If the API is registered in another tenant, sign in to that one, or have an administrator create its service principal here.`,
  }),
  650057: (facts) => ({
    cause: `${capital(clientWords(facts))} asks for ${apiWords(facts)}, which its API permissions do not list.`,
    action:
      'Add the API and the scope under API permissions, then sign in again and consent. The message lists the ids that are valid.',
  }),
  700016: (facts) => ({
    cause: `${capital(clientWords(facts))} is not known in the tenant ${facts.tenant}: the id is wrong, the tenant is, or nobody has consented to the client there.`,
    action:
      'Compare the client id with "Application (client) ID" in its registration (object ids look alike), and the tenant with the one it is registered in. A client of another tenant has to be multi-tenant and consented to here.',
  }),
  7000215: (facts) => ({
    cause: `What was sent is not a valid secret of ${clientWords(facts)}.`,
    action:
      'Use the column "Value", which is shown only when a secret is made; "Secret ID", a GUID, is not the secret. If the value is lost, make a new secret, and check that it is made for this very client.',
  }),
  7000218: clientTypeMismatch,
  7000222: (facts) => ({
    cause: `The secret of ${clientWords(facts)} has expired.`,
    action:
      'Make a new secret and enter it here, or better, register a certificate and sign in with that. Nothing else changes.',
  }),
  9002326: (facts) => ({
    cause: `The code was redeemed as a web page does it, and the redirect URI of ${clientWords(facts)} is not registered for a single-page application.`,
    action: `A web page needs its redirect URI under "Single-page application". For this extension register ${redirectOf(facts)} under ${MOBILE_AND_DESKTOP} instead.`,
  }),
  9002327: (facts) => ({
    cause: `The redirect URI ${redirectOf(facts)} of ${clientWords(facts)} is registered for a single-page application, whose codes only a browser may redeem.`,
    action: `Register it under ${MOBILE_AND_DESKTOP}, and remove it from "Single-page application".`,
  }),
  50105: (facts) => ({
    cause: `Only assigned users are let in, and ${facts.account ?? 'this user'} is not assigned. The message names the application that wants it: the client, or the API.`,
    action:
      'Have the user, or a group with the user in it, assigned to that application; members of nested groups do not count.',
  }),
  50020: (facts) => ({
    cause: `${facts.account ?? 'The account'} is neither a member nor a guest of the tenant ${facts.tenant}.`,
    action:
      'Sign in with an account of this tenant, have this one invited as a guest, or name the account’s own tenant in the identity if the API serves it too.',
  }),
  53003: (facts) => ({
    cause: `Conditional Access of the tenant ${facts.tenant} blocks this sign-in; another attempt of the same kind ends the same way.`,
    action:
      facts.signIn === 'deviceCode'
        ? 'Policies often block device codes: sign in with the browser instead. If that is blocked too, ask an administrator which policy the sign-in log names.'
        : 'Ask an administrator which policy the sign-in log names for this sign-in, and what it demands.',
  }),
  50076: (facts) => ({
    cause: `The tenant ${facts.tenant} demands a second factor for ${apiWords(facts)}.`,
    action:
      facts.signIn === 'onBehalfOf'
        ? 'An API cannot ask for a second factor: the claims of this error have to go back to the front end, which signs the user in with them. Sign in the identity that "from" names anew, then exchange again.'
        : 'Sign in interactively and complete what the page asks for; the claims of this error are passed on.',
  }),
  90002: (facts) => ({
    cause: `There is no tenant ${facts.tenant} at ${facts.loginBase}.`,
    action:
      'Check the tenant’s id or domain letter by letter, and the cloud: a tenant of US Government or 21Vianet has another login host.',
  }),
  90009: (facts) => ({
    cause: `${capital(clientWords(facts))} asks for a token for itself under its App ID URI.`,
    action: `Ask for ${facts.clientId ?? '<client id>'}/.default. The token’s aud will then be ${facts.clientId ?? 'the client id'}, with v1 and with v2 tokens${facts.appIdUri ? `: an API that expects ${facts.appIdUri} has to accept that too` : ''}. Two registrations, one for the client and one for the API, avoid this.`,
  }),
  700023: (facts) =>
    facts.signIn === 'clientCertificate'
      ? {
          ...PLACES.tenant,
          cause: `The assertion that was signed with the certificate seems to be made out to another login host or tenant than ${facts.loginBase}/${facts.tenant}.`,
          action: 'Use the tenant’s own id or domain, and the login host of its cloud.',
        }
      : {
          cause: `A scope names no API, which this request does not allow: ${scopesOf(facts)}.`,
          action: 'Write scopes as <App ID URI>/<scope>, or <App ID URI>/.default.',
        },
  700027: (facts) => ({
    cause: `The certificate that was used is not registered for ${clientWords(facts)}, or has been replaced there.`,
    action:
      'Compare the thumbprint in the message with those under Certificates. Upload the public part of the certificate in use, or point the identity to the file of the registered one.',
  }),
  500131: (facts) => ({
    cause: `The token handed over appears to be for ${facts.assertionAudience ?? 'another application'}, not for ${clientWords(facts)}, which makes the on-behalf-of call.`,
    action: `The identity that "from" names has to ask for a scope of ${facts.clientId ?? 'this client'}: an API can only exchange tokens that were meant for it. Capital letters in an App ID URI are known to lead here too.`,
  }),
  50013: (facts) => ({
    cause: `The token handed over was not accepted by the tenant ${facts.tenant}: its signature, issuer, version or time does not fit. Often it is a token for Microsoft Graph, whose signature nobody else can check.`,
    action: `Hand over the access token that ${clientWords(facts)} itself was called with, whole, unchanged and unexpired, of the same tenant.`,
  }),
  240002: (facts) => ({
    cause: `The token handed over is an ID token; ${clientWords(facts)} can exchange only access tokens.`,
    action:
      'Have the identity that "from" names ask for a scope of the API that makes the call, and hand over the access token it gets.',
  }),
  530003: (facts) => ({
    cause: 'The device appears not to be managed as Conditional Access demands.',
    action:
      facts.signIn === 'deviceCode'
        ? 'With a device code nobody can show which device this is: sign in with the browser, on a managed device.'
        : 'Sign in on a device that the organisation manages.',
  }),
};

function redirectAction(facts: IdentityFacts): string {
  if (facts.signIn === 'vscode') {
    return `Register https://vscode.dev/redirect and http://localhost under ${MOBILE_AND_DESKTOP}: VS Code chooses between them.`;
  }
  return `Register ${redirectOf(facts)} under ${MOBILE_AND_DESKTOP}, not under "Web" or "Single-page application"; any port is then right.`;
}

function consentMissing(facts: IdentityFacts): IdentityCause {
  const cause = `Nobody has consented that ${clientWords(facts)} asks for ${scopesOf(facts)} in the tenant ${facts.tenant}.`;
  if (facts.signIn === 'onBehalfOf') {
    return {
      ...PLACES.adminConsent,
      cause,
      action:
        'Nobody can be asked during an exchange. Have an administrator consent for the API that makes the call, or list the front end’s client in knownClientApplications of that API and have it ask for <App ID URI>/.default, so that people consent to both at once.',
    };
  }
  if (isAppOnly(facts)) {
    return {
      ...PLACES.adminConsent,
      cause,
      action:
        'An application that asks as itself needs app roles, which an administrator grants under API permissions.',
    };
  }
  if (wellKnownAppName(facts.clientId ?? '') !== undefined) {
    return {
      cause,
      portal: 'App registrations › {api} › Expose an API › Add a client application',
      property: 'api.preAuthorizedApplications',
      command: 'az ad app show --id {api} --query api.preAuthorizedApplications',
      ...{ who: 'apiOwner', retry: 'afterFix' },
      action: `Have an owner of the API pre-authorise ${clientWords(facts)} for this scope, or sign in with a client of your own.`,
    };
  }
  return {
    cause,
    action:
      'Sign in interactively and accept. Where people may not consent, an administrator grants it; an owner of the API can also list the client as pre-authorised under "Expose an API".',
  };
}

function clientTypeMismatch(facts: IdentityFacts): IdentityCause {
  const client = clientWords(facts);
  if (facts.signIn === 'deviceCode') {
    return {
      concerns: 'client',
      cause: `A device code has no redirect URI, and ${client} may not sign in without a secret where there is none.`,
      action: 'Set "Allow public client flows" to Yes in the client’s registration, or sign in with the browser.',
      portal: 'App registrations › {client} › Authentication › Allow public client flows',
      property: 'isFallbackPublicClient',
      command: 'az ad app update --id {client} --is-fallback-public-client true',
      caution: 'It holds for every flow without a redirect URI; better on a client that is used for nothing else.',
    };
  }
  if (isAppOnly(facts) || facts.signIn === 'onBehalfOf') {
    return {
      ...PLACES.secret,
      cause: `${capital(client)} has to show a secret or certificate, and the request held none.`,
      action: 'Enter the secret of this client again, or name its certificate in the identity.',
    };
  }
  return {
    cause: `The redirect URI ${redirectOf(facts)} of ${client} is registered for a web app, which has a secret: the platform of the address decides, not the switch "Allow public client flows".`,
    action: `Register ${redirectOf(facts)} under ${MOBILE_AND_DESKTOP}, and remove it from "Web".`,
  };
}

function scopesOf({ scopes }: IdentityFacts): string {
  return scopes.join(' ') || '(none)';
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
