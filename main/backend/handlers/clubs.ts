import type { clubs as contract } from '@contract/clubs';
import { campaignToClub, club, clubMembers, clubs } from '@services/clubs/clubs';
import type { HandlersFor } from '../handler';

export const clubsHandlers = {
  'clubs/list': (ctx) => clubs(ctx),
  'clubs/one': (ctx, { slug }) => club(ctx, slug),
  'clubs/members': (ctx, { slug, page }) => clubMembers(ctx, slug, page),
  'clubs/campaign': (ctx, { slug, name }, session) => ({ id: campaignToClub(ctx, session, slug, name) }),
} satisfies HandlersFor<typeof contract>;
