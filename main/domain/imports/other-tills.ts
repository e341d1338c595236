/** A till whose exports we have never seen: no profile is made up for it, the owner says once what its columns mean. */
export interface OtherTill {
  readonly till: string;
  /** What it can export and what to do with it, in two short sentences. Shown where the clicks of known tills are. */
  readonly says: string;
}

/** Sources: the makers' help pages as collected in facts/pos.md §6, §8 and §9. */
export const OTHER_TILLS: readonly OtherTill[] = [
  {
    till: 'Zettle (PayPal)',
    says: 'Zettle exports sales as an Excel workbook: Sales → Export. Drop it here, or save it as CSV first, and say once what its columns mean. It names no buyers.',
  },
  {
    till: 'Hike',
    says: 'Hike exports customers as CSV: Customers → Export. Its sales reports are workbooks: drop one here, or save it as CSV first, and say once what its columns mean.',
  },
  {
    till: 'Erply',
    says: 'Erply exports customers and reports as CSV or a workbook from the list’s own export button. Say once what its columns mean; the next file of the same kind is known.',
  },
  {
    till: 'QuickBooks POS',
    says: 'QuickBooks POS sends reports to Excel, with a title above and totals below: save that as CSV. Title and totals are left out; say once what the columns mean.',
  },
  {
    till: 'Lightspeed R-Series',
    says: 'In Lightspeed Retail (R-Series) open Reports → Sales → Lines (or Customers) and choose Export → CSV. Say once what its columns mean; the next file is known.',
  },
  {
    till: 'Lightspeed S-Series (ShopKeep)',
    says: 'In the BackOffice export the customers, and the transactions for sales, as CSV. Say once what their columns mean; the next file of the same kind is known.',
  },
  {
    till: 'Heartland Retail',
    says: 'Export the sales, line by line if it offers that, and the customers as CSV or a workbook. Say once what the columns mean; the next file is known.',
  },
];
