import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A web server on this machine; what it answers is the test's own. */
export async function startWebServer(answer: Answer): Promise<{ server: Server; base: string; port: number }> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, base: `http://127.0.0.1:${port}`, port };
}

/** A page of HTML. */
export const page =
  (html: string, headers: Record<string, string> = {}): Answer =>
  (_q, r) => {
    r.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
    r.end(html);
  };
