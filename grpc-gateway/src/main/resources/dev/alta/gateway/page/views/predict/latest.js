/**
 * Asks for the newest value only: one question is under way at a time, and when it is answered, what came last meanwhile
 * is asked next. So answers cannot overtake each other, and a slider that is dragged never queues up work.
 *
 *   const ask = latest(async (value) => answer, { answered(answer, value), failed(problem, value), signal });
 *   ask(value)   returns a promise that ends when nothing is under way any more
 */
export function latest(question, { answered, failed, signal }) {
  const nothing = Symbol('nothing');
  let waiting = nothing;
  let running = null;
  const run = async () => {
    while (waiting !== nothing && !signal.aborted) {
      const value = waiting;
      waiting = nothing;
      try {
        const answer = await question(value);
        if (!signal.aborted) {
          answered(answer, value);
        }
      } catch (problem) {
        if (!signal.aborted) {
          failed(problem, value);
        }
      }
    }
    running = null;
  };
  return (value) => {
    waiting = value;
    running ??= run();
    return running;
  };
}
