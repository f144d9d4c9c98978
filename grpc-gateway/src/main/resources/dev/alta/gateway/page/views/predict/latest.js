/**
 * Asks for the newest value only: one question is under way at a time, and when it is answered, what came last meanwhile
 * is asked next. So answers cannot overtake each other, and a slider that is dragged never queues up work.
 *
 *   const ask = latest(async (value) => answer, { answered(answer, value), failed(problem, value), signal });
 *   ask(value)                 returns a promise that ends when nothing is under way any more
 *   ask(value, { must: true }) is not left out for the sake of a newer one
 */
export function latest(question, { answered, failed, signal }) {
  const waiting = [];
  let running = null;
  const turn = async ({ value }) => {
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
  };
  const run = async () => {
    while (waiting.length > 0 && !signal.aborted) {
      await turn(waiting.shift());
    }
    running = null;
  };
  return (value, { must = false } = {}) => {
    if (waiting.length > 0 && !waiting.at(-1).must) {
      waiting.pop();
    }
    waiting.push({ value, must });
    running ??= run();
    return running;
  };
}
