import { DONE } from '@contract/primitives';
import type { wishes } from '@contract/wishes';
import { seemingly } from '@services/wishes/bought';
import {
  deliveries,
  getDelivery,
  lookUpBarcode,
  previewDelivery,
  readLines,
  removeDelivery,
  saveDelivery,
  toldPeople,
} from '@services/wishes/deliveries';
import { tellDelivery } from '@services/wishes/tell';
import { wanted } from '@services/wishes/waiting';
import type { HandlersFor } from '../handler';

export const wishesHandlers = {
  'deliveries/list': (ctx, { page }) => deliveries(ctx, page),
  'deliveries/wanted': (ctx) => wanted(ctx),
  'deliveries/seemingly': (ctx) => seemingly(ctx),
  'deliveries/get': (ctx, { id }) => getDelivery(ctx, id),
  'deliveries/save': (ctx, input, session) => saveDelivery(ctx, session, input),
  'deliveries/remove': (ctx, { id }) => {
    removeDelivery(ctx, id);
    return DONE;
  },
  'deliveries/read': (_ctx, { text }) => readLines(text),
  'deliveries/barcode': (ctx, { barcode }) => lookUpBarcode(ctx, barcode),
  'deliveries/preview': (ctx, { id }) => previewDelivery(ctx, id),
  'deliveries/tell': (ctx, input, session) => tellDelivery(ctx, session, input),
  'deliveries/told': (ctx, { id }) => toldPeople(ctx, id),
} satisfies HandlersFor<typeof wishes>;
