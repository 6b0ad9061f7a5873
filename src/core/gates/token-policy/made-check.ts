import type { Check } from '../check.ts';

/** A check, and where something unknown decides: what it would be if that does not let the token pass. */
export interface MadeCheck {
  check: Check;
  doubt?: Check;
}

/** A check that leaves no doubt. */
export function decided(check: Check): MadeCheck {
  return { check };
}

/** A failure that is not sure: the check could not be made, and may refuse. */
export function open(failed: Check): MadeCheck {
  const { cause: _cause, verdict: _verdict, ...facts } = failed;
  return { check: { ...facts, verdict: 'notChecked' }, doubt: failed };
}
