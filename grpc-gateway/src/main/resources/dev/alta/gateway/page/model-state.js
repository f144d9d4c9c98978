/** Watches /ready and /model-info for the header and for views: whether predictions can be had, and of which version. */
const LOOK_AGAIN_MS = { ready: 15_000, waiting: 2000, away: 2000, unknown: 2000 };

export class ModelState {
  #api;
  #listeners = new Set();
  #started = false;
  model = { state: 'unknown', version: '', alias: '', reason: '' };

  constructor(api) {
    this.#api = api;
  }

  /** Calls the listener now and after each change, until the signal is aborted. */
  watch(listener, signal = undefined) {
    this.#listeners.add(listener);
    signal?.addEventListener('abort', () => this.#listeners.delete(listener), { once: true });
    listener(this.model);
    if (!this.#started) {
      this.#started = true;
      this.#look();
    }
  }

  /** Looks at once, such as after a promotion. */
  async refresh() {
    const seen = await this.#ask();
    if (JSON.stringify(seen) !== JSON.stringify(this.model)) {
      this.model = seen;
      this.#listeners.forEach((listener) => listener(seen));
    }
  }

  async #look() {
    if (!document.hidden) {
      await this.refresh();
    }
    setTimeout(() => this.#look(), LOOK_AGAIN_MS[this.model.state]);
  }

  async #ask() {
    const nobody = { version: '', alias: '', reason: '' };
    try {
      await this.#api.get('ready');
      const info = await this.#api.get('model-info');
      return { state: 'ready', version: info.model_version, alias: info.model_alias, reason: '' };
    } catch (problem) {
      return problem.type === 'unreachable' || problem.type === 'timeout'
        ? { state: 'away', ...nobody }
        : { state: 'waiting', ...nobody, reason: problem.detail };
    }
  }
}
