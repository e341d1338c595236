import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { JournalFile } from '@adapters/disk/journal';
import { JournalMirror } from '@adapters/disk/journal-mirror';
import { readJournals } from '@backend/shop-files';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

interface Fact {
  at: number;
  n: number;
}
const key = randomBytes(32);
const aFolder = () => mkdtempSync(join(tmpdir(), 'regulars-journal-'));
const written = (path: string, facts: readonly Fact[], k = key) => {
  const j = new JournalFile<Fact>(path, k);
  j.append(facts);
  j.close();
};
const facts = (n: number, from = 0): Fact[] => Array.from({ length: n }, (_, i) => ({ at: from + i, n: from + i }));

describe('a journal after an accident', () => {
  it('cut off anywhere, every whole line is read and only the last, unconfirmed one is gone', () => {
    const path = join(aFolder(), 'journal.log');
    written(path, facts(6));
    const whole = readFileSync(path);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: whole.length }), (size) => {
        writeFileSync(path, whole);
        truncateSync(path, size);
        const read = new JournalFile<Fact>(path, key).readAll();
        const lines = whole.subarray(0, size).toString().split('\n');
        const last = lines.pop() ?? '';
        expect(read.entries.length).toBeGreaterThanOrEqual(lines.length);
        expect(read.entries).toEqual(facts(read.entries.length));
        expect(read.unreadable).toBe(0);
        expect(read.torn).toBe(last !== '' && read.entries.length === lines.length);
      }),
      { numRuns: 40 },
    );
  });

  it('a damaged line between others is counted, and the journal goes on behind a torn one', () => {
    const path = join(aFolder(), 'journal.log');
    written(path, facts(3));
    const lines = readFileSync(path, 'utf8').split('\n');
    lines[1] = `${(lines[1] ?? '').slice(0, -6)}AAAAAA`;
    writeFileSync(path, lines.join('\n'));
    appendFileSync(path, 'half a line');
    written(path, facts(1, 9));
    const read = new JournalFile<Fact>(path, key).readAll();
    expect(read.entries.map((e) => e.n)).toEqual([0, 2, 9]);
    expect(read).toMatchObject({ unreadable: 2, torn: false });
  });

  it('of another key, it is told apart from one that is missing, and never takes anything from ours', () => {
    const [ours, other] = [join(aFolder(), 'journal.log'), join(aFolder(), 'journal.log')];
    written(other, facts(20), randomBytes(32));
    expect(readJournals([ours, other], key).found).toMatchObject({ read: 0, foreign: true });
    expect(readJournals([ours], key).found).toMatchObject({ read: 0, foreign: false });
    written(ours, facts(3));
    expect(readJournals([other, ours], key)).toMatchObject({ entries: facts(3), found: { read: 1, foreign: false, unreadable: 0 } });
  });
});

describe('the journal at the second place', () => {
  const pair = () => {
    const source = join(aFolder(), 'journal.log');
    const target = join(aFolder(), 'Regulars backups', 'journal-1234.log');
    return { source, target };
  };
  const follow = async (source: string, target: string | null, anew = false) => {
    const mirror = new JournalMirror(source, () => target);
    mirror.follow(anew);
    await mirror.close();
  };

  it('follows with what is new, and with all of it after a rewrite', async () => {
    const { source, target } = pair();
    written(source, facts(3));
    await follow(source, target);
    expect(readFileSync(target)).toEqual(readFileSync(source));
    written(source, facts(2, 3));
    await follow(source, target);
    expect(readFileSync(target)).toEqual(readFileSync(source));
    const j = new JournalFile<Fact>(source, key);
    await j.rewrite((e) => (e.n === 1 ? null : e));
    j.close();
    await follow(source, target, true);
    expect(readFileSync(target)).toEqual(readFileSync(source));
  });

  it('another life’s journal there is kept under another name, and still read', async () => {
    const { source, target } = pair();
    written(source, facts(4));
    await follow(source, target);
    const older = readFileSync(target);
    rmSync(source);
    written(source, facts(2, 100));
    await follow(source, target);
    expect(readFileSync(`${target}.older`)).toEqual(older);
    expect(readJournals([source, target, `${target}.older`], key).entries.map((e) => e.at)).toEqual([0, 1, 2, 3, 100, 101]);
  });

  it('a stick that is not there holds nothing up and makes no folder in its place', async () => {
    const { source, target } = pair();
    const stick = dirname(dirname(target));
    renameSync(stick, `${stick}-away`);
    written(source, facts(2));
    await follow(source, target);
    expect(existsSync(stick)).toBe(false);
    mkdirSync(stick);
    await follow(source, target);
    expect(readdirSync(dirname(target))).toEqual(['journal-1234.log']);
    await follow(source, null);
  });
});
