import type {
  AutomationId,
  CampaignId,
  Cents,
  CustomerId,
  ImportId,
  Micros,
  OfferId,
  OutboxId,
  PhoneE164,
  SaleId,
  SegmentId,
  ShopDay,
  StaffId,
  TaskId,
  UtcMs,
  Zone,
} from '@domain/kernel';
import { z } from 'zod';

const int = (v: unknown) => Number.isSafeInteger(v);
const id = <T>() => z.custom<T>((v) => int(v) && (v as number) > 0, 'not an id');

export const CentsZ = z.custom<Cents>(int, 'not integer minor units');
export const MicrosZ = z.custom<Micros>(int, 'not integer millionths');
export const UtcMsZ = z.custom<UtcMs>(int, 'not an instant');
export const PhoneZ = z.custom<PhoneE164>((v) => typeof v === 'string' && /^\+\d{8,15}$/.test(v), 'not an E.164 number');
export const ShopDayZ = z.custom<ShopDay>((v) => typeof v === 'string' && /^\d{4}-\d\d-\d\d$/.test(v), 'not a day');
export const ZoneZ = z.custom<Zone>((v) => typeof v === 'string' && v.length > 0 && v.length < 64, 'not a zone');
/** Negative: the random id that what an erased person bought is kept under. Nobody can be opened or changed by it. */
export const CustomerIdZ = z.custom<CustomerId>((v) => int(v) && v !== 0, 'not an id');
export const SaleIdZ = id<SaleId>();
export const ImportIdZ = id<ImportId>();
export const StaffIdZ = id<StaffId>();
export const SegmentIdZ = id<SegmentId>();
export const CampaignIdZ = id<CampaignId>();
export const OfferIdZ = id<OfferId>();
export const OutboxIdZ = id<OutboxId>();
export const AutomationIdZ = id<AutomationId>();
export const TaskIdZ = z.custom<TaskId>((v) => typeof v === 'string' && v.length > 0, 'not a task');
export const LanguageZ = z.enum(['en', 'es']);

/** Pages never exceed 200 rows: the main process must not carry tables. */
export const PageZ = z.object({ offset: z.number().int().min(0).default(0), limit: z.number().int().min(1).max(200).default(100) });
export const EmptyZ = z.object({}).strict();
export const DoneZ = z.object({ done: z.literal(true) });
export const DONE = { done: true } as const;
