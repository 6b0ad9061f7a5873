import type { ProfileOrigin } from '../entra/api-profile.ts';

const ORIGINS: Record<ProfileOrigin, string> = {
  user: 'your user settings',
  workspace: 'the workspace settings',
  folder: 'the folder settings',
};

/** Where a profile was written, in words. */
export function describeOrigin(origin: ProfileOrigin): string {
  return ORIGINS[origin];
}
