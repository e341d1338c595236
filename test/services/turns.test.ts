import { eachInTurns, inTurns, nextTurn, writeInChunks } from '@services/chunks';
import { describe, expect, it } from 'vitest';
import { createDb } from '../support/test-db';

/** Busy for so many milliseconds, as a person of a large group is. */
function work(ms: number): void {
  const from = performance.now();
  while (performance.now() - from < ms) Math.sqrt(from);
}

/** How often somebody else had a turn meanwhile. */
async function turnsDuring(long: () => Promise<unknown>): Promise<number> {
  let turns = 0;
  let going = true;
  void (async () => {
    while (going) {
      await nextTurn();
      turns++;
    }
  })();
  await long();
  going = false;
  return turns;
}

describe('long work in turns', () => {
  const thirty = Array.from({ length: 30 }, (_, i) => i);

  it('lets the counter go first between two people of a list', async () => {
    const seen: number[] = [];
    const turns = await turnsDuring(() =>
      eachInTurns(
        thirty,
        (n) => {
          work(1);
          seen.push(n);
        },
        { budgetMs: 3 },
      ),
    );
    expect(seen).toEqual(thirty);
    expect(turns).toBeGreaterThan(5);
  });

  it('ends what was given up at the next turn', async () => {
    const given = new AbortController();
    let done = 0;
    const long = inTurns(
      (function* () {
        for (;;) {
          if (++done === 5) given.abort();
          work(1);
          yield;
        }
      })(),
      { budgetMs: 1, signal: given.signal },
    );
    await expect(long).rejects.toThrow();
    expect(done).toBe(5);
  });

  it('cuts a chunk short when what follows is heavier than what came before, and writes everything once', async () => {
    const db = createDb();
    db.raw.exec('CREATE TABLE written (n INTEGER)');
    const many = Array.from({ length: 400 }, (_, i) => i);
    const chunks: number[] = [];
    await writeInChunks(
      db,
      many,
      (trx, n) => {
        if (n >= 370) work(4);
        trx.prepare('INSERT INTO written VALUES (?)').run(n);
      },
      { budgetMs: 4, onChunk: (n) => chunks.push(n) },
    );
    expect(db.prepare('SELECT n FROM written ORDER BY rowid').pluck().all()).toEqual(many);
    expect(chunks.at(-1)).toBe(400);
    // thirty heavy ones are 120 ms: not in one go
    expect(chunks.filter((n) => n > 370).length).toBeGreaterThan(5);
    db.close();
  });
});
