/** What a customer may be interested in; words stand in the screens' catalogues. The first three every shop has. */
export const TOPICS = ['offers', 'news', 'events'] as const;
export type TopicSlug = (typeof TOPICS)[number];
