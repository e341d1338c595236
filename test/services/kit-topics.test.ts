import { joinWordFor, listJoinWords } from '@db/queries/join-words';
import { listTopics } from '@db/queries/topics';
import { mayBeJoinWord } from '@domain/kit/join-word';
import { allowJoinWord, orderTopics, saveJoinWord, saveTopic } from '@services/kit/topics';
import { saveTexting } from '@services/settings/settings';
import { describe, expect, it } from 'vitest';
import { aCtx, owner } from '../support/test-ctx';

const both = (en: string, es = en) => ({ en, es });
const club = { slug: null, name: both('Trail running', 'Carrera de montaña'), about: both('', ''), joinWord: 'TRAIL', active: true };

describe('topics', () => {
  it('a new shop has the three it always had, each with a word that is allowed', () => {
    const { db } = aCtx();
    expect(listTopics(db).map((t) => t.slug)).toEqual(['offers', 'news', 'events']);
    for (const w of listJoinWords(db)) expect(mayBeJoinWord(w.word), w.word).toBeNull();
    for (const t of listTopics(db)) expect(joinWordFor(db, t.joinWord ?? '')?.topics).toEqual([t.slug]);
  });

  it('a topic of the owner’s own is offered, joined by its word, ordered, and ended without losing its name in the ledger', () => {
    const ctx = aCtx();
    const { slug } = saveTopic(ctx, owner, club);
    expect(slug).toBe('trail-running');
    expect(joinWordFor(ctx.db, 'Trail!')).toEqual({ word: 'TRAIL', source: 'topic', topics: [slug] });
    orderTopics(ctx, [slug, 'events']);
    expect(listTopics(ctx.db).map((t) => t.slug)).toEqual([slug, 'events', 'offers', 'news']);
    saveTopic(ctx, owner, { ...club, slug, name: both('Trails'), active: false });
    expect(listTopics(ctx.db).map((t) => t.slug)).not.toContain(slug);
    expect(listTopics(ctx.db, { all: true }).find((t) => t.slug === slug)?.name.en).toBe('Trails');
    expect(saveTopic(ctx, owner, { ...club, joinWord: 'TRAIL2' }).slug).toBe('trail-running-2');
  });

  it('refuses words that are taken or mean something else, and changes nothing then', () => {
    const ctx = aCtx();
    const before = listTopics(ctx.db, { all: true });
    expect(() => saveTopic(ctx, owner, { ...club, joinWord: 'JOIN' })).toThrowError(expect.objectContaining({ code: 'kit.word-taken' }));
    expect(() => saveTopic(ctx, owner, { ...club, joinWord: 'stop' })).toThrowError(expect.objectContaining({ code: 'kit.word-refused' }));
    expect(() => saveTopic(ctx, owner, { ...club, slug: 'nope' })).toThrowError(expect.objectContaining({ code: 'kit.topic-not-found' }));
    expect(listTopics(ctx.db, { all: true })).toEqual(before);
  });
});

describe('JOIN words of places', () => {
  it('an old word keeps working when a new one is printed, and never comes to mean another place', () => {
    const ctx = aCtx();
    expect(saveJoinWord(ctx, owner, { source: 'bag', word: 'sneakers' }).word).toBe('SNEAKERS');
    expect(joinWordFor(ctx.db, 'SNEAKERS')?.source).toBe('bag');
    expect(joinWordFor(ctx.db, 'BAGCLUB')?.source).toBe('bag');
    expect(listJoinWords(ctx.db).filter((w) => w.source === 'bag' && w.current)).toHaveLength(1);
    expect(() => saveJoinWord(ctx, owner, { source: 'poster', word: 'BAGCLUB' })).toThrowError(
      expect.objectContaining({ code: 'kit.word-taken' }),
    );
    // back to the first one: allowed, it was this place's own
    saveJoinWord(ctx, owner, { source: 'bag', word: 'BAGCLUB' });
    expect(listJoinWords(ctx.db).find((w) => w.source === 'bag' && w.current)?.word).toBe('BAGCLUB');
  });

  it('cannot become the owner’s own stop word: whoever texts the sign would be stopped for it', () => {
    const ctx = aCtx();
    const { texting } = ctx.settings();
    const save = (customStopWords: string[]) => saveTexting(ctx, owner, { ...texting, customStopWords });
    expect(() => save(['club'])).toThrowError(expect.objectContaining({ code: 'kit.word-taken', params: { word: 'CLUB' } }));
    save(['adios']);
    expect(() => saveJoinWord(ctx, owner, { source: 'bag', word: 'ADIOS' })).toThrowError(
      expect.objectContaining({ code: 'kit.word-refused' }),
    );
  });

  it('is no word that a campaign asks people to answer with', () => {
    const ctx = aCtx();
    ctx.db.raw.exec(
      "INSERT INTO campaign (id, name, state, body, created_at, updated_at) VALUES (1, 'Boots', 'sending', '', 0, 0); INSERT INTO campaign_reply_word (campaign_id, word, means) VALUES (1, 'reservo', 'hold')",
    );
    expect(() => saveJoinWord(ctx, owner, { source: 'bag', word: 'RESERVO' })).toThrowError(
      expect.objectContaining({ code: 'kit.word-taken' }),
    );
  });

  it('an ended word signs nobody up; the printed one cannot end', () => {
    const ctx = aCtx();
    saveJoinWord(ctx, owner, { source: 'custom', word: 'WINDOW', label: 'Sticker on the door' });
    expect(joinWordFor(ctx.db, 'window')).toMatchObject({ source: 'custom' });
    allowJoinWord(ctx, owner, { word: 'WINDOW', active: false });
    expect(joinWordFor(ctx.db, 'window')).toBeNull();
    expect(() => allowJoinWord(ctx, owner, { word: 'JOIN', active: false })).toThrowError(
      expect.objectContaining({ code: 'kit.word-printed' }),
    );
    expect(joinWordFor(ctx.db, 'do you have these in blue')).toBeNull();
  });
});
