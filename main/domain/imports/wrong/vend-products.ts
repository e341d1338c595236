import type { WrongFile } from '../profile';

/** Lightspeed X-Series (Vend) products and inventory. Source: facts/pos.md, public text. */
export const vendProducts: WrongFile = {
  id: 'vend-products',
  till: 'Lightspeed X-Series (Vend)',
  headers: [{ marks: ['composite_handle', 'supply_price'] }, { marks: ['handle', 'supply_price', 'retail_price'] }],
  says: 'This is Lightspeed’s list of products: it has no sales. Take Sell → Sales history → “Export list”, or Customers → “Export list”.',
};
