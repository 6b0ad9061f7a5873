import { posix } from 'node:path';
import type { FoundImport } from './import-scan.ts';

/** `core/token`, `host`, `extension`, `test/lab`: who lives where. */
export type Room = string;

/** The rooms of core from the first to the last: each may use those before it, never one behind it. */
const CORE_ORDER = [
  'core/azure',
  'core/token',
  'core/entra',
  'core/call',
  'core/policy',
  'core/operations',
  'core/gates',
  'core/why',
];

/** The table of the house: importing room → imported room → all of it, or its types only. Not named is forbidden. */
const TABLE: Record<string, Record<string, 'all' | 'types'>> = {
  contract: {},
  extension: { contract: 'all', host: 'all', auth: 'all', net: 'all', core: 'all' },
  core: { core: 'all' },
  protocol: { protocol: 'all', core: 'types', contract: 'all' },
  auth: { auth: 'all', net: 'all', core: 'all' },
  net: { net: 'all', core: 'all' },
  host: { host: 'all', net: 'all', auth: 'all', protocol: 'all', core: 'all', contract: 'all' },
  webview: { webview: 'all', protocol: 'all', core: 'types', contract: 'all' },
  'test/lab': { 'test/lab': 'all' },
};

/** The one thing of core that runs in a webview: helpers that put times into words. */
const SHARED_WITH_WEBVIEW = /^src\/core\/token\/time[\w-]*\.ts$/;
/** Style sheets and data belong to whoever imports them. */
const NOT_CODE = /\.(css|json)$/;

/** Which packages each room may import; a name ending in `*` stands for all that start so. */
export type PackageRooms = Record<string, string[]>;

/** The room of a file, by its path from the top folder. */
export function roomOf(file: string): Room {
  const [top, first = '', second = ''] = file.split('/');
  if (top === 'test') return `test/${first}`;
  if (first.endsWith('.ts')) return first.replace(/\.ts$/, '');
  return first === 'core' && !second.endsWith('.ts') ? `core/${second}` : first;
}

/** Why this import is not allowed, or undefined. */
export function findFault(file: string, found: FoundImport, packages: PackageRooms): string | undefined {
  const { specifier } = found;
  if (specifier === '(computed)') return `${file}: an import whose module is computed cannot be checked`;
  if (!specifier.startsWith('.')) return findPackageFault(file, specifier, packages);
  const target = posix.join(posix.dirname(file), specifier);
  if (NOT_CODE.test(target) && roomOf(target) === roomOf(file)) return undefined;
  const from = roomOf(file);
  const to = roomOf(target);
  const allowed = TABLE[outerRoom(from)]?.[outerRoom(to)];
  if (allowed === undefined) return `${file}: ${from} may not import ${target}`;
  if (allowed === 'types' && !found.typesOnly && !SHARED_WITH_WEBVIEW.test(target)) {
    return `${file}: ${from} may import only types of ${target}`;
  }
  if (outerRoom(from) === 'core' && isBackwards(from, to))
    return `${file}: ${to} comes after ${from} and may not be imported`;
  return undefined;
}

function findPackageFault(file: string, specifier: string, packages: PackageRooms): string | undefined {
  const name = Object.keys(packages).find((known) => isOfPackage(specifier, known));
  if (name === undefined) return `${file}: ${specifier} is not listed in src/imports.json`;
  // An entry may name a room, a room in a room, or one file without its extension.
  const path = file.replace(/^src\//, '').replace(/\.ts$/, '');
  const isAllowed = packages[name]?.some((place) => path === place || path.startsWith(`${place}/`));
  return isAllowed ? undefined : `${file}: ${name} may be imported only by ${packages[name]?.join(', ')}`;
}

function isOfPackage(specifier: string, known: string): boolean {
  if (known.endsWith('*')) return specifier.startsWith(known.slice(0, -1));
  return specifier === known || specifier.startsWith(`${known}/`);
}

function outerRoom(room: Room): Room {
  return room.startsWith('core') ? 'core' : room;
}

/** What stands directly in core (`ports.ts`, errors) is for everybody in it, and knows of no room. */
function isBackwards(from: Room, to: Room): boolean {
  if (to === 'core') return false;
  if (!CORE_ORDER.includes(to)) return true;
  return from === 'core' || CORE_ORDER.indexOf(to) > CORE_ORDER.indexOf(from);
}
