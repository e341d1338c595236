import { listJoinWords } from '@db/queries/join-words';
import { listTopics } from '@db/queries/topics';
import type { Language } from '@domain/consent/wording';
import type { KitSource } from '@domain/kit/join-word';
import type { Ctx } from '../ctx';

/** The word now printed at a place of the kit. */
export const wordOf = (ctx: Ctx, source: KitSource): string =>
  listJoinWords(ctx.db).find((w) => w.source === source && w.current)?.word ?? 'JOIN';

/** What people may ask for now, as they read it. */
export const topicNames = (ctx: Ctx, language: Language): string[] => listTopics(ctx.db).map((t) => t.name[language]);
