import type { Trx } from '@db/open';
import { BulkWriter } from '@db/queries/bulk';
import { refreshOne, yearBack } from '@db/queries/customer-stats';
import { attachPlan, bringSales, detachPlan, numbering, setMade } from '@db/queries/import-plan-sales';
import { type MatchHow, type PlannedPerson, type PlannedSale, Staging } from '@db/queries/import-staging';
import {
  addChange,
  findIdentity,
  findImport,
  type ImportChange,
  type ImportCounts,
  type ImportRow,
  importEpoch,
  insertIdentity,
  insertPerson,
  lastChangeSeq,
  personRow,
  setImportState,
  setSaid,
  updatePerson,
} from '@db/queries/imports';
import { deleteLines, findSale, insertLines, linesOf, linkSale, unlinkedSales, updateSale } from '@db/queries/sales';
import { audit } from '@db/queries/staff';
import { AppError } from '@domain/errors';
import { saleDifference } from '@domain/imports/merge';
import type { PersonValues } from '@domain/imports/people';
import { advanceImport } from '@domain/imports/state';
import type { CustomerId, ImportId, TaskId, UtcMs } from '@domain/kernel';
import { writeInChunks, writeRanges } from '../chunks';
import { takeSaid } from '../consent/said';
import type { Ctx, Session } from '../ctx';
import { settleAfterImport } from '../links/settle';
import { redeemFromTill } from '../offers/till-file';
import { noticeErased } from '../privacy/returns';
import { stagingFile } from './preview';
import { refuseBeside, takeBack } from './take-back';

/**
 * Carries out exactly the stored plan, in small transactions between which the counter is answered. Cancelled or failed half-way,
 * everything it wrote is taken back.
 * @throws AppError import.not-found | import.mapping-incomplete (open questions) | import.shop-changed
 *   | task.already-running
 */
export function commitImport(ctx: Ctx, session: Pick<Session, 'staffId'>, input: { id: ImportId }): { task: TaskId } {
  const row = findImport(ctx.db, input.id);
  if (!row?.plan || row.state !== 'previewed') throw new AppError('import.not-found');
  if (row.plan.questions.length) throw new AppError('import.mapping-incomplete', { missing: 'answers' });
  refuseBeside(ctx, row.id);
  if (row.plan.epoch !== importEpoch(ctx.db)) throw new AppError('import.shop-changed');
  const staging = Staging.open(stagingFile(ctx, row.id));
  if (!staging) throw new AppError('import.not-found');
  const task = ctx.tasks.start(
    'import.commit',
    row.fileName,
    async (report, signal) => {
      setImportState(ctx.db, row.id, advanceImport(row.state, 'commit'));
      try {
        const counts = await new Commit(ctx, row, staging, report, signal).run();
        await redeemFromTill(ctx, row.id, signal);
        signal.throwIfAborted();
        const now = ctx.clock.now();
        ctx.db.tx((trx) => {
          setImportState(trx, row.id, advanceImport('committing', 'committed'), { finishedAt: now, counts });
          const { sales, people } = counts;
          audit(trx, { at: now, staffId: session.staffId, action: 'import.done', subject: String(row.id), detail: { sales, people } });
        });
        Staging.keepProblemsOnly(staging, stagingFile(ctx, row.id));
        await settleAfterImport(ctx, row.id);
        await noticeErased(ctx, row.id);
        return { importId: row.id };
      } catch (error) {
        staging.close();
        await takeBack(ctx, row.id);
        setImportState(ctx.db, row.id, advanceImport('committing', 'cancel'), { finishedAt: ctx.clock.now() });
        Staging.remove(stagingFile(ctx, row.id));
        throw error;
      } finally {
        ctx.changed('customers', 'imports', 'reports'); // reports count credits again before they are read
      }
    },
    { exclusive: true },
  );
  return { task };
}

/** How long the counter may have to wait for a piece of an import. */
const BUDGET_MS = 4;
const TELL_EVERY_MS = 500;

class Commit {
  private seq: number;
  private linked = 0;
  private done = 0;
  private toldAt = 0;
  private readonly total: number;
  private readonly made = new Map<number, CustomerId>();
  /** Till ids this import tied to somebody: older receipts under them get their person. */
  private readonly tied: { sourceId: string; customerId: CustomerId }[] = [];
  private readonly touched = new Set<CustomerId>();
  private readonly now: UtcMs;
  private readonly currency: string;
  private readonly counts: ImportCounts;

  constructor(
    private readonly ctx: Ctx,
    private readonly row: ImportRow,
    private readonly staging: Staging,
    private readonly report: (p: { done: number; total: number }) => void,
    private readonly signal: AbortSignal,
  ) {
    this.seq = lastChangeSeq(ctx.db, row.id);
    this.total = staging.countOf('person') + staging.countOf('new') + staging.countOf('changed');
    this.now = ctx.clock.now();
    this.currency = ctx.settings().shop.currency;
    this.counts = structuredClone(row.counts as ImportCounts);
  }

  async run(): Promise<ImportCounts> {
    await this.each(this.staging.people(), (trx, p) => (p.action === 'new' ? this.newPerson(trx, p) : this.changedPerson(trx, p)));
    await this.each(this.made, (_, [n, id]) => setMade(this.staging.db, n, id));
    await this.newSales();
    await this.each(this.staging.changedSales(), (trx, s) => this.changedSale(trx, s));
    await this.each(this.tied, (trx, t) => this.linkOlder(trx, t.sourceId, t.customerId));
    await takeSaid(this.ctx, this.row, this.staging.db, this.signal);
    const since = yearBack(this.now, this.ctx.settings().shop.zone);
    await this.each(this.touched, (trx, id) => refreshOne(trx, id, since));
    return { ...this.counts, linked: this.linked };
  }

  private async each<T>(items: Iterable<T>, write: (trx: Trx, item: T) => void): Promise<void> {
    const before = this.done;
    await writeInChunks(this.ctx.db, items, write, {
      budgetMs: BUDGET_MS,
      signal: this.signal,
      onChunk: (n) => this.tell(before + n),
    });
  }

  /** Seldom: what is reported is written, and ends the transaction of a bulk. */
  private tell(done: number): void {
    this.done = done;
    const t = performance.now();
    if (t - this.toldAt < TELL_EVERY_MS) return;
    this.toldAt = t;
    this.report({ done: Math.min(done, this.total), total: this.total });
  }

  private change(trx: Trx, table: ImportChange['table'], key: string | number, image: ImportChange['image']): void {
    addChange(trx, this.row.id, ++this.seq, table, String(key), image);
  }

  private tie(trx: Trx, sourceId: string, customerId: CustomerId, how: MatchHow, says: PersonValues): void {
    insertIdentity(trx, { source: this.row.source, sourceId, customerId, how, said: says, importId: this.row.id, at: this.now });
    this.tied.push({ sourceId, customerId });
    this.touched.add(customerId);
  }

  private newPerson(trx: Trx, p: Extract<PlannedPerson, { action: 'new' }>): void {
    const known = p.sourceId === null ? null : findIdentity(trx, this.row.source, p.sourceId);
    if (known) {
      this.made.set(p.n, known.customerId); // somebody tied this till id since the preview: it is the same person
      return;
    }
    const id = insertPerson(trx, p.values, this.row.id, this.now);
    this.made.set(p.n, id);
    this.change(trx, 'customer', id, { made: p.values });
    if (p.sourceId !== null) this.tie(trx, p.sourceId, id, 'import', p.values);
  }

  private changedPerson(trx: Trx, p: Extract<PlannedPerson, { action: 'changed' }>): void {
    const now = personRow(trx, p.customerId);
    if (!now) return; // erased or merged since the preview
    const set: Record<string, unknown> = {};
    const was: Record<string, unknown> = {};
    for (const [column, value] of Object.entries(p.set)) {
      if (now[column as keyof PersonValues] !== p.was[column as keyof PersonValues]) continue; // staff changed it meanwhile: theirs
      set[column] = value;
      was[column] = now[column as keyof PersonValues];
    }
    if (Object.keys(set).length) {
      was['updated_at'] = now.updated_at;
      set['updated_at'] = this.now;
      updatePerson(trx, p.customerId, set);
      this.change(trx, 'customer', p.customerId, { was, set });
    }
    if (p.sourceId === null) return;
    const identity = findIdentity(trx, this.row.source, p.sourceId);
    if (!identity) this.tie(trx, p.sourceId, p.customerId, p.how, p.says);
    else if (identity.customerId === p.customerId) {
      const said = JSON.stringify(p.says);
      if (said === identity.said) return;
      this.change(trx, 'customer_identity', p.sourceId, { was: { said: identity.said }, set: { said } });
      setSaid(trx, this.row.source, p.sourceId, said);
    }
  }

  private personOf(s: PlannedSale): CustomerId | null {
    return s.customerId ?? (s.person === null ? null : (this.made.get(s.person) ?? null));
  }

  /** Straight from the plan's tables into the shop's, a range of receipts at a time. */
  private async newSales(): Promise<void> {
    const { db } = this.ctx;
    const { source, id: importId } = this.row;
    attachPlan(db, stagingFile(this.ctx, importId));
    const bulk = new BulkWriter(db, this.ctx.importRunner.logKeeper());
    try {
      const ids = numbering(db);
      const before = this.done;
      const write = (trx: Trx, from: number, to: number) => {
        for (const who of bringSales(trx, ids, { from, to }, { source, currency: this.currency, importId })) this.touched.add(who);
      };
      await writeRanges(bulk, ids.count, write, { budgetMs: BUDGET_MS, signal: this.signal, onChunk: (n) => this.tell(before + n) });
    } finally {
      try {
        await bulk.end();
      } finally {
        detachPlan(db);
      }
    }
  }

  private changedSale(trx: Trx, s: PlannedSale): void {
    const known = findSale(trx, this.row.source, s.sourceSaleId);
    if (!known || !s.was || Object.keys(saleDifference(s.was, known.row)).length) return;
    // whoever it was tied to since the preview keeps it, unless the till itself says now that it was somebody else's
    const moved = s.was.source_customer_id !== null && s.row.source_customer_id !== s.was.source_customer_id;
    const customerId = (known.customerId === null || moved ? this.personOf(s) : null) ?? known.customerId;
    const set: Record<string, unknown> = { ...saleDifference(known.row, s.row) };
    if (customerId !== known.customerId) set['customer_id'] = customerId;
    const was = Object.fromEntries(
      Object.keys(set).map((k) => [k, k === 'customer_id' ? known.customerId : known.row[k as keyof typeof known.row]]),
    );
    if (Object.keys(set).length) {
      updateSale(trx, known.id, set);
      this.change(trx, 'sale', known.id, { was, set });
    }
    if (s.lines) {
      this.change(trx, 'sale_lines', known.id, { was: { lines: linesOf(trx, known.id) }, set: {} });
      deleteLines(trx, known.id);
      insertLines(trx, known.id, s.lines);
    }
    for (const id of [known.customerId, customerId]) if (id !== null) this.touched.add(id);
  }

  private linkOlder(trx: Trx, sourceId: string, customerId: CustomerId): void {
    for (const sale of unlinkedSales(trx, this.row.source, sourceId)) {
      linkSale(trx, sale.id, customerId);
      if (sale.importId === this.row.id) continue;
      this.change(trx, 'sale', sale.id, { was: { customer_id: null }, set: { customer_id: customerId } });
      this.linked++;
    }
    this.touched.add(customerId);
  }
}
