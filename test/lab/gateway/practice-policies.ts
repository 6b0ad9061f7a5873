import { issuerV2 } from '../entra-discovery.ts';
import { APPS, CONTOSO } from '../entra-tenant.ts';

/** The named value that stands for the function app's host key. */
export const FUNCTIONS_KEY_NAME = 'orders-functions-key';

/** A policy document of these inbound policies. */
export function policyDocument(inbound: readonly string[], onError: readonly string[] = []): string {
  const lines = (policies: readonly string[]) =>
    ['<base />', ...policies].flatMap((policy) => policy.split('\n')).map((line) => `    ${line}`);
  return [
    '<policies>',
    '  <inbound>',
    ...lines(inbound),
    '  </inbound>',
    '  <backend>',
    '    <base />',
    '  </backend>',
    '  <outbound>',
    '    <base />',
    '  </outbound>',
    '  <on-error>',
    ...lines(onError),
    '  </on-error>',
    '</policies>',
    '',
  ].join('\n');
}

export interface ValidateJwtWish {
  /** Attributes over the right ones. */
  attributes?: Readonly<Record<string, string>>;
  audiences?: readonly string[];
  issuers?: readonly string[];
  /** `<claim …>…</claim>` elements. */
  claims?: readonly string[];
}

/** A scope that may read: either of two, in the one string that `scp` is. */
export const READ_OR_WRITE = claimElement('scp', ['Orders.Read', 'Orders.Write'], { match: 'any', separator: ' ' });

/** `validate-jwt` for v2 tokens of Contoso for the Orders API, with a scope that may read. */
export function ordersTokenPolicy(origin: string, wish: ValidateJwtWish = {}): string {
  const { attributes = {}, audiences = [APPS.ordersApi.id], issuers, claims = [READ_OR_WRITE] } = wish;
  return element('validate-jwt', { 'header-name': 'Authorization', ...attributes }, [
    element('openid-config', { url: `${issuerV2(origin, CONTOSO.id)}/.well-known/openid-configuration` }),
    ...list('audiences', 'audience', audiences),
    ...list('issuers', 'issuer', issuers),
    ...(claims.length > 0 ? [element('required-claims', {}, claims)] : []),
  ]);
}

/** `validate-azure-ad-token` for the Orders API's own clients. */
export function entraTokenPolicy(clients: readonly string[] = [APPS.ordersWeb.id]): string {
  return element('validate-azure-ad-token', { 'tenant-id': CONTOSO.id }, [
    ...list('client-application-ids', 'application-id', clients),
    ...list('audiences', 'audience', [APPS.ordersApi.id]),
  ]);
}

export function claimElement(
  name: string,
  values: readonly string[],
  attributes: Readonly<Record<string, string>> = {},
): string {
  return element('claim', { name, ...attributes }, values.map(valueElement));
}

export function setHeaderPolicy(name: string, value: string | undefined, existsAction = 'override'): string {
  const values = value === undefined ? [] : [valueElement(value)];
  return element('set-header', { name, 'exists-action': existsAction }, values);
}

export function checkHeaderPolicy(name: string, values: readonly string[], code: number, message: string): string {
  const attributes = {
    name,
    'failed-check-httpcode': String(code),
    'failed-check-error-message': message,
    'ignore-case': 'false',
  };
  return element('check-header', attributes, values.map(valueElement));
}

/** The example of the documentation's page on errors. */
export const TELL_LAST_ERROR = ['Source', 'Reason', 'Message', 'Scope', 'Section', 'Path', 'PolicyId'].map((member) =>
  setHeaderPolicy(`Error${member}`, `@(context.LastError.${member})`),
);

export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly string[] = [],
): string {
  const start = [name, ...Object.entries(attributes).map(([key, value]) => `${key}="${value}"`)].join(' ');
  if (children.length === 0) return `<${start} />`;
  const inner = children.flatMap((child) => child.split('\n')).map((line) => `  ${line}`);
  return [`<${start}>`, ...inner, `</${name}>`].join('\n');
}

function valueElement(value: string): string {
  return `<value>${value}</value>`;
}

function list(outer: string, inner: string, texts: readonly string[] | undefined): string[] {
  return texts
    ? [
        element(
          outer,
          {},
          texts.map((text) => `<${inner}>${text}</${inner}>`),
        ),
      ]
    : [];
}
