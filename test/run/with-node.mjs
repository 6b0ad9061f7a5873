// node test/run/with-node.mjs script.mjs arguments…: the script on Node 24 with the packages installed.
import { ensureDependencies, runOnNode24 } from './setup.mjs';
import { runMain } from './shell.mjs';

await runMain(async () => {
  await ensureDependencies();
  process.exitCode = await runOnNode24(process.argv.slice(2));
});
