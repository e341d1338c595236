import { type LookupAddress, lookup as systemLookup } from 'node:dns';
import { type IncomingMessage, request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { AppError } from '@domain/errors';
import type { SheetLink } from '@domain/sources/web-link';
import { isLoopback, isPublicAddress } from './addresses';

export interface PinnedOptions {
  /** Tests only: a server on this machine may be asked, in plain http. Nothing outside the code of a test can set it. */
  loopback?: boolean;
  /** All addresses of a host; the system's resolver by default. */
  resolve?: (host: string) => Promise<LookupAddress[]>;
  /** Until the first answer. */
  answerMs?: number;
}

const ANSWER_MS = 20_000;

const systemResolve = (host: string): Promise<LookupAddress[]> =>
  new Promise((resolve, reject) => {
    systemLookup(host, { all: true, verbatim: true }, (error, all) => (error ? reject(error) : resolve(all)));
  });

/** The system's resolver cannot be stopped; the deadline does not wait for it. */
const until = (stop: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    if (stop.aborted) reject(stop.reason);
    stop.addEventListener('abort', () => reject(stop.reason), { once: true });
  });

/**
 * One GET to one address that was looked at, over node's own http: no cookies, no credentials, no proxy settings. The name is looked up
 * once, every one of its answers has to be public, and exactly what was checked is connected to: a name that points somewhere else a
 * moment later (DNS rebinding) finds no second look-up. Throws `sheet.refused-address`, `sheet.too-slow`, or what the network says.
 */
export async function askPinned(
  link: SheetLink,
  headers: Readonly<Record<string, string>>,
  options: PinnedOptions,
  stop: AbortSignal,
): Promise<IncomingMessage> {
  const url = new URL(link.url);
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const fine = (address: string) => isPublicAddress(address) || (options.loopback === true && isLoopback(address));
  const found = isIP(host)
    ? [{ address: host, family: isIP(host) }]
    : await Promise.race([(options.resolve ?? systemResolve)(host), until(stop)]);
  const pinned = found[0];
  // one closed address among them is enough: nobody publishes anything on the shop's own network
  if (!pinned || !found.every((a) => fine(a.address))) throw new AppError('sheet.refused-address', { host: link.host });
  const lookup: LookupFunction = (_name, o, answer) => {
    if (o.all) answer(null, found);
    else answer(null, pinned.address, pinned.family);
  };
  return new Promise((resolve, reject) => {
    const send = url.protocol === 'http:' ? plainRequest : secureRequest;
    const asked = send(url, { method: 'GET', agent: false, lookup, signal: stop, headers }, (answer) => {
      clearTimeout(patience);
      const at = answer.socket.remoteAddress?.replace(/^::ffff:/, '') ?? '';
      if (fine(at)) resolve(answer);
      else {
        answer.destroy();
        reject(new AppError('sheet.refused-address', { host: link.host }));
      }
    });
    const patience = setTimeout(() => asked.destroy(new AppError('sheet.too-slow')), options.answerMs ?? ANSWER_MS);
    asked.on('error', (error) => {
      clearTimeout(patience);
      reject(error);
    });
    asked.end();
  });
}
