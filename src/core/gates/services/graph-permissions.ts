import { ownMember } from '../../own-member.ts';

/** First words of the permissions that open a resource of Graph's, by the first segment of a path. */
const FAMILIES: Readonly<Record<string, readonly string[]>> = {
  me: ['User', 'Directory'],
  users: ['User', 'Directory'],
  groups: ['Group', 'GroupMember', 'Directory'],
  applications: ['Application', 'Directory'],
  serviceprincipals: ['Application', 'Directory'],
  devices: ['Device', 'Directory'],
  directoryroles: ['RoleManagement', 'Directory'],
  rolemanagement: ['RoleManagement', 'Directory'],
  organization: ['Organization', 'User', 'Directory'],
  tenantdetails: ['Organization', 'Directory'],
  domains: ['Domain', 'Directory'],
  policies: ['Policy'],
  identity: ['Policy', 'Identity', 'IdentityUserFlow'],
  auditlogs: ['AuditLog', 'Directory'],
  sites: ['Sites', 'Files'],
  drives: ['Files', 'Sites'],
  teams: ['Team', 'TeamSettings', 'Group', 'Channel'],
  chats: ['Chat'],
};
/** What a mailbox holds is named by a later segment. */
const INNER_FAMILIES: Readonly<Record<string, readonly string[]>> = {
  messages: ['Mail'],
  mailfolders: ['Mail'],
  sendmail: ['Mail'],
  calendar: ['Calendars'],
  calendars: ['Calendars'],
  events: ['Calendars'],
  contacts: ['Contacts'],
  drive: ['Files', 'Sites'],
  onenote: ['Notes'],
  checkmembergroups: ['Group', 'GroupMember', 'Directory'],
  memberof: ['Group', 'GroupMember', 'Directory'],
};

/**
 * Whether one of the permissions held (scopes or roles) could open an address of Graph's with a method: its family by the
 * path, and `ReadWrite` for what changes something. Undefined for a path that is not in the table: nothing is said of it.
 * A rule of thumb: permissions are named `{family}.{right}.{constraint}`. Source: Graph permissions overview.
 */
export function mayOpen(permissions: readonly string[], method: string, url: string): boolean | undefined {
  const families = familiesOf(url);
  if (!families) return undefined;
  const isReading = ['GET', 'HEAD'].includes(method.toUpperCase()) || /\/(?:check|get)[A-Z]\w+$/.test(pathOf(url));
  return permissions.some((permission) => {
    const [family = '', right = '', constraint = ''] = permission.split('.');
    if (/^Directory\.AccessAsUser\.All$/i.test(permission)) return true;
    if (!families.some((wanted) => wanted.toLowerCase() === family.toLowerCase())) return false;
    // A user's own profile is all these open.
    const isOwnOnly = family === 'User' && /^(?:Read|ReadWrite|ReadBasic)$/i.test(right);
    if (isOwnOnly && (constraint === '' || right === 'ReadBasic') && !/\/me(?:\/|$)/i.test(pathOf(url))) return false;
    return isReading || !/^Read(?:Basic)?$/i.test(right);
  });
}

function familiesOf(url: string): readonly string[] | undefined {
  const [, ...segments] = pathOf(url).toLowerCase().split('/');
  const inner = segments.find((segment) => ownMember(INNER_FAMILIES, segment));
  const outer = segments.find((segment) => ownMember(FAMILIES, segment));
  return (
    (inner === undefined ? undefined : INNER_FAMILIES[inner]) ?? (outer === undefined ? undefined : FAMILIES[outer])
  );
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : '';
}
