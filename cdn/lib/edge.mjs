// Role: the edge in small: a server that runs the two CloudFront functions as they are, fetches from an origin, and sets the headers of
// headers/policies.json, as modules/cdn makes CloudFront do. For tests (TC-03) and for looking at a release before it is public.
import { promises as fs, readFileSync } from 'node:fs';
import http from 'node:http';
import vm from 'node:vm';

const here = new URL('..', import.meta.url);

/** A CloudFront function from its file. Its runtime has no modules but `cloudfront`, which `store` stands for, and nothing of Node. */
export async function loadFunction(name, { store = {}, logs = [] } = {}) {
  const source = await fs.readFile(new URL(`functions/${name}.js`, here), 'utf8');
  if (Buffer.byteLength(source) > 10240) throw new Error(`${name}.js is larger than the 10 KB that CloudFront takes`);
  const found = /^import cf from 'cloudfront';$/m.exec(source);
  const context = vm.createContext({
    console: { log: (text) => logs.push(text) },
    cf: { kvs: () => ({ get: async (key) => { if (!(key in store)) throw new Error(`KeyNotFound: ${key}`); return store[key]; } }) },
  });
  vm.runInContext(`${found ? source.replace(found[0], '') : source}\nthis.handler = handler;`, context, { filename: `${name}.js` });
  return context.handler;
}

export const policies = JSON.parse(readFileSync(new URL('headers/policies.json', here), 'utf8'));

/** The headers that a response-headers policy adds, as modules/cdn/main.tf sets them. */
export function policyHeaders(policy) {
  const headers = {
    'x-content-type-options': 'nosniff',
    'strict-transport-security': `max-age=${policy.strict_transport_security_seconds}; includeSubDomains`,
    'referrer-policy': policy.referrer_policy,
  };
  if (policy.frame_options) headers['x-frame-options'] = policy.frame_options;
  if (policy.content_security_policy) headers['content-security-policy'] = policy.content_security_policy;
  for (const [name, value] of Object.entries(policy.headers)) headers[name.toLowerCase()] = value;
  if (policy.cors_origins.length > 0) headers['access-control-allow-origin'] = policy.cors_origins[0];
  return headers;
}

const lowered = (headers) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), { value: String(value) }]));

/**
 * Serves a bucket as CloudFront would. `origin(key)` resolves to {status, headers, body}; `pointer.read()` to the current release.
 * Returns the listening http.Server (loopback, any port).
 */
export async function startEdge({ origin, pointer, port = 0 }) {
  const answer = async (request) => {
    const url = new URL(request.url, 'http://edge');
    const current = await pointer.read();
    const onRequest = await loadFunction('viewer-request', { store: current ? { current } : {} });
    const onResponse = await loadFunction('viewer-response');
    const policy = policies[url.pathname.startsWith('/assets/') ? 'assets' : 'pages'];
    const event = { request: { method: request.method, uri: url.pathname, querystring: {}, headers: lowered(request.headers) } };
    const decided = await onRequest(event);
    if (decided.statusCode) return { status: decided.statusCode, headers: { ...flat(decided.headers), ...policyHeaders(policy) }, body: Buffer.alloc(0) };
    const stored = await origin(decoded(decided.uri).slice(1));
    const response = { statusCode: stored.status, headers: lowered(stored.headers) };
    const finished = onResponse({ request: decided, response });
    return { status: finished.statusCode, headers: { ...flat(finished.headers), ...policyHeaders(policy) }, body: stored.body };
  };
  const server = http.createServer((request, response) => {
    answer(request).then(
      ({ status, headers, body }) => response.writeHead(status, { ...headers, 'content-length': body.length }).end(request.method === 'HEAD' ? undefined : body),
      (error) => response.writeHead(502, { 'content-type': 'text/plain' }).end(String(error.message)),
    );
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  return server;
}

const flat = (headers) => Object.fromEntries(Object.entries(headers ?? {}).map(([name, { value }]) => [name, value]));

function decoded(path) {
  try {
    return decodeURIComponent(path);
  } catch (error) {
    if (error instanceof URIError) return path;
    throw error;
  }
}
