import { AppError } from '../../core/app-error.ts';

/** Where a call to this address goes: what secrets and answers are kept for. */
export function originOf(url: string): string {
  if (!URL.canParse(url))
    throw new AppError('badUrl', 'The address is no URL: it begins with https:// and names a host.');
  return new URL(url).origin;
}
