/**
 * Calls of the gateway. Every failure is thrown as a Problem (RFC 9457's members, and where none came, made up of what
 * is known), so that views have one thing to show.
 *
 *   await api.get('models')                     parsed JSON
 *   await api.text('metrics?name[]=x')          the body as text
 *   await api.post('predict', encounter)        parsed JSON
 *   options: { signal, timeout: milliseconds (10 000), accept }
 *
 * A token is asked for when the gateway answers 401 or 403, by whoever called `askFor`; it is kept for this tab only
 * and is sent in a header, never in an address.
 */
const TOKEN = 'alta.token';
const PATIENCE_MS = 10_000;

export class Problem extends Error {
  constructor(members) {
    super(members.detail || members.title || 'failed');
    this.status = members.status ?? 0;
    // "urn:alta:problem:not-ready" is known to the texts as "not-ready".
    this.type = String(members.type ?? '').split(':').at(-1) || `http-${this.status}`;
    this.title = members.title ?? '';
    this.detail = members.detail ?? '';
    this.violations = members.violations ?? [];
    this.retryAfter = members.retryAfter ?? null;
  }
}

export class Api {
  #ask = null;
  #asking = null;

  /** @param ask called with the problem; resolves to a token, or to null where the reader has none. */
  askFor(ask) {
    this.#ask = ask;
  }

  async get(path, options = {}) {
    return json(await this.#call('GET', path, options));
  }

  async text(path, options = {}) {
    return (await this.#call('GET', path, { accept: '*/*', ...options })).text();
  }

  async post(path, body, options = {}) {
    return json(await this.#call('POST', path, { ...options, body: JSON.stringify(body) }));
  }

  async #call(method, path, options) {
    for (;;) {
      const used = token();
      const response = await send(method, path, options, used);
      if (response.ok) {
        return response;
      }
      const problem = await problemOf(response);
      const refused = response.status === 401 || response.status === 403;
      if (!refused || this.#ask === null || !(await this.#another(used, problem))) {
        throw problem;
      }
    }
  }

  /** Whether there is another token now than the one that was refused. Calls refused together ask once. */
  async #another(used, problem) {
    if (token() === used) {
      this.#asking ??= this.#ask(problem).finally(() => (this.#asking = null));
      const given = await this.#asking;
      if (given) {
        sessionStorage.setItem(TOKEN, given);
      }
    }
    return token() !== used;
  }
}

function token() {
  return sessionStorage.getItem(TOKEN);
}

async function send(method, path, { signal, timeout = PATIENCE_MS, accept, body }, bearer) {
  const headers = { Accept: accept ?? 'application/json, application/problem+json' };
  if (body !== undefined) {
    headers['Content-Type'] = 'application/json';
  }
  if (bearer) {
    headers.Authorization = `Bearer ${bearer}`;
  }
  const patience = AbortSignal.timeout(timeout);
  try {
    return await fetch(new URL(path, document.baseURI), {
      method,
      headers,
      body,
      signal: signal ? AbortSignal.any([signal, patience]) : patience,
    });
  } catch (failure) {
    if (signal?.aborted) {
      throw failure; // Nobody waits for it any more.
    }
    throw new Problem({ type: patience.aborted ? 'timeout' : 'unreachable', detail: patience.aborted ? `${timeout / 1000} s` : '' });
  }
}

async function problemOf(response) {
  const known = { status: response.status, title: response.statusText, retryAfter: response.headers.get('Retry-After') };
  try {
    return new Problem({ ...known, ...(await response.json()) });
  } catch {
    return new Problem(known); // Not from the gateway but from something in between.
  }
}

async function json(response) {
  try {
    return await response.json();
  } catch {
    throw new Problem({ status: response.status, type: 'no-json', detail: response.url });
  }
}
