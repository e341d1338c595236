import type { ServerResponse } from 'node:http';
import type { Fault } from './faults';
import { errorJson, type SimAnswer } from './routes';

export const JSON_TYPE = 'application/json;charset=utf-8';

export function sendJson(res: ServerResponse, status: number, body: object | null, headers: Record<string, string> = {}): void {
  const text = body === null ? '' : JSON.stringify(body);
  res.writeHead(status, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(text), ...headers });
  res.end(text);
}

/** Twilio's code for a bare HTTP status. */
const codeOf = (status: number): number =>
  status === 429 ? 20429 : status === 401 ? 20003 : status === 404 ? 20404 : status === 503 ? 20503 : status < 500 ? 20001 : 20500;

/** Does to the connection what the fault says. `real` is the answer the carrier gave (null before it did anything). */
export function strike(fault: Fault, res: ServerResponse, real: SimAnswer | null, crash: () => void): void {
  const { effect } = fault;
  const text = JSON.stringify(real?.body ?? {});
  const half = text.slice(0, Math.max(1, text.length >> 1));
  const status = real?.status ?? 200;
  const json = { 'content-type': JSON_TYPE };
  switch (effect.kind) {
    case 'status': {
      const headers = effect.retryAfter === undefined ? {} : { 'retry-after': effect.retryAfter };
      sendJson(res, effect.status, errorJson(effect.status, effect.code ?? codeOf(effect.status), 'Fault'), headers);
      return;
    }
    case 'html':
      res.writeHead(effect.status, { 'content-type': 'text/html' });
      res.end('<html><body><h1>Bad gateway</h1></body></html>');
      return;
    case 'reset':
      res.socket?.resetAndDestroy();
      return;
    case 'hang':
      return;
    case 'truncated':
      res.writeHead(status, { ...json, 'content-length': Buffer.byteLength(half) });
      res.end(half);
      return;
    case 'cut':
      res.writeHead(status, { ...json, 'content-length': Buffer.byteLength(text) });
      res.write(half, () => res.socket?.destroy());
      return;
    case 'empty':
      res.writeHead(status, { ...json, 'content-length': 0 });
      res.end();
      return;
    case 'crash':
      crash();
      res.socket?.destroy();
      return;
    case 'slow':
      return; // handled by the caller: the real answer follows
  }
}
