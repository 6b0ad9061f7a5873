interface VsCodeApi {
  postMessage(message: unknown): void;
}

declare function acquireVsCodeApi(): VsCodeApi;

/** The line to the extension host. `setState` is left out on purpose: nothing of a token may be kept by the editor. */
export interface HostLine<Sent> {
  post(message: Sent): void;
}

/**
 * Acquires the VS Code API, which a page may do once, and hands every message of the host to `receive`.
 * The API object stays in this closure.
 */
export function connectHost<Sent, Received extends { type: string }>(
  receive: (message: Received) => void,
): HostLine<Sent> {
  const api = acquireVsCodeApi();
  window.addEventListener('message', (event: MessageEvent<unknown>) => {
    if (isMessage<Received>(event.data)) receive(event.data);
  });
  return { post: (message) => api.postMessage(message) };
}

function isMessage<Received extends { type: string }>(data: unknown): data is Received {
  return typeof data === 'object' && data !== null && 'type' in data && typeof data.type === 'string';
}
