// npm run score -- FILE.jsonl [--json]: how well the engine explains the cases of a file. Installs what it needs.
import { ensureSetup } from './setup.mjs';
import { RunFailure, runMain } from './shell.mjs';

await runMain(async () => {
  const asJson = process.argv.includes('--json');
  const print = console.log;
  // With --json nothing but the answers may stand on stdout.
  if (asJson) console.log = console.error;
  await ensureSetup();
  console.log = print;
  const file = process.argv.slice(2).find((argument) => !argument.startsWith('--'));
  if (file === undefined) throw new RunFailure('Name a cases file: npm run score -- FILE.jsonl [--json]');
  const { printScore } = await import('../cases/print-score.ts');
  await printScore(file, asJson);
});
