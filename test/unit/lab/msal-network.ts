import type { INetworkModule } from '@azure/msal-node';
import type { Lab } from '../../lab/lab.ts';
import { send } from './sign-in-client.ts';

/** MSAL's way to the lab: trusts its CA, and is otherwise as MSAL comes. */
export function labNetwork(lab: Pick<Lab, 'caPem'>): INetworkModule {
  const ask = async <T>(
    url: string,
    method: string,
    options: Parameters<INetworkModule['sendPostRequestAsync']>[1],
  ) => {
    const { status, headers, text } = await send(lab, url, {
      method,
      headers: options?.headers ?? {},
      body: options?.body ?? '',
    });
    return { status, headers: headers as Record<string, string>, body: JSON.parse(text) as T };
  };
  return {
    sendGetRequestAsync: (url, options) => ask(url, 'GET', options),
    sendPostRequestAsync: (url, options) => ask(url, 'POST', options),
  };
}
