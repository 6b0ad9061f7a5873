import type { Lab } from '../../../../lab/lab.ts';

/** Remembers everything of a lab that rows change, and gives back what puts it as it was. */
export function rememberLab(lab: Lab): () => void {
  const { gateway, functions, easyAuth, frontDoor, staticWebApp, logicApp, services, world } = lab;
  const objects: object[] = [
    gateway.namedValues,
    functions.app.keys,
    functions.site,
    easyAuth.app.keys,
    easyAuth.site,
    easyAuth.settings,
    frontDoor.edge,
    staticWebApp.linked.settings,
    logicApp.app,
    world.validators.settings,
    ...gateway.apis,
    ...gateway.subscriptions,
    ...Object.values(services).map(({ settings }) => settings),
  ];
  const before = objects.map((object) => structuredClone(object));
  return () => {
    for (const [index, object] of objects.entries()) Object.assign(object, structuredClone(before[index]));
  };
}
