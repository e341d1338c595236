import type { Generated } from 'kysely';

export interface TopicTable {
  slug: string;
  name_en: string;
  name_es: string;
  about_en: Generated<string>;
  about_es: Generated<string>;
  join_word: string | null;
  position: number;
  active: Generated<number>;
}

export interface JoinWordTable {
  word: string;
  source: 'card' | 'poster' | 'bag' | 'receipt' | 'website' | 'instagram' | 'email' | 'topic' | 'custom';
  label: Generated<string>;
  topic: string | null;
  current: Generated<number>;
  active: Generated<number>;
  created_at: Generated<number>;
}

export interface WordingVersionTable {
  id: Generated<number>;
  kind: string;
  language: 'en' | 'es';
  version: number;
  template: string;
  staff_id: number | null;
  at: number;
  active: number;
}

export interface KitPrintTable {
  id: Generated<number>;
  word: string;
  language: 'en' | 'es';
  piece: string;
  wording_hash: string;
  promise_max: number;
  at: number;
}
