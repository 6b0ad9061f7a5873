import type { ApiProfile, Operation } from '../../core/entra/api-profile.ts';

/**
 * True when this URL may call the operation: under the profile's `baseUrl`, with the segments of its path. A segment in
 * braces stands for any, and one with a digit for another such: `/orders/1` is called as `/orders/42` too.
 */
export function isOfOperation(url: string, { baseUrl = '' }: ApiProfile, { path }: Operation): boolean {
  const [wanted, called] = [segmentsOf(baseUrl + path), segmentsOf(url)];
  return wanted.length === called.length && wanted.every((segment, at) => isSameSegment(segment, called[at] ?? ''));
}

function isSameSegment(wanted: string, called: string): boolean {
  if (wanted.toLowerCase() === called.toLowerCase() || /^\{.*\}$/.test(wanted)) return true;
  return /\d/.test(wanted) && /\d/.test(called);
}

function segmentsOf(url: string): string[] {
  const [address = ''] = url.split(/[?#]/, 1);
  return address
    .split('/')
    .filter((segment) => segment !== '')
    .slice(2)
    .map(decodeSegment);
}

function decodeSegment(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}
