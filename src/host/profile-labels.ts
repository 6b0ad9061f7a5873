import type { ApiProfile } from '../core/entra/api-profile.ts';

/** A folder of the workspace, and the profiles that its own settings add. */
export interface FolderProfiles {
  folder: string;
  profiles: readonly ApiProfile[];
}

/**
 * The profiles of user and workspace, then those of every folder. A name stands for one profile wherever it is shown or
 * chosen: a folder's profile whose name is taken elsewhere is called `orders (web)`, and `orders (web 2)` if need be.
 */
export function nameApart(shared: readonly ApiProfile[], folders: readonly FolderProfiles[]): ApiProfile[] {
  const all = [...shared, ...folders.flatMap(({ profiles }) => profiles)];
  const isShared = (name: string | undefined) => all.filter((profile) => profile.name === name).length > 1;
  const taken = new Set(all.map(({ name }) => name));
  const named = folders.flatMap(({ folder, profiles }) =>
    profiles.map((profile) =>
      isShared(profile.name) ? { ...profile, name: freeName(profile, folder, taken) } : profile,
    ),
  );
  return [...shared, ...named];
}

/** Two folders of a workspace may have the same name, too. */
function freeName({ name }: ApiProfile, folder: string, taken: Set<string | undefined>): string {
  let label = `${name} (${folder})`;
  for (let count = 2; taken.has(label); count++) label = `${name} (${folder} ${count})`;
  taken.add(label);
  return label;
}
