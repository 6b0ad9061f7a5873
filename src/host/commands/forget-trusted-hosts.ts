import { Cancelled } from '../../core/app-error.ts';
import type { HostTrust } from '../host-trust.ts';
import { plainHost } from '../plain-text.ts';
import { plainWindow } from '../plain-window.ts';

/** "Why401: Forget Trusted Hosts": hosts that a workspace named and the user allowed are asked about again. */
export async function forgetTrustedHosts(hostTrust: HostTrust): Promise<void> {
  const hosts = hostTrust.rememberedHosts;
  if (hosts.length === 0) {
    await plainWindow.showInformationMessage(
      'Why401 remembers no host: the login hosts of Microsoft’s clouds need none.',
    );
    return;
  }
  const forget = 'Forget';
  const picked = await plainWindow.showWarningMessage(
    'Forget the hosts you trusted?',
    { modal: true, detail: hosts.map(plainHost).join('\n') },
    forget,
  );
  if (picked !== forget) throw new Cancelled();
  await hostTrust.forgetAll();
}
