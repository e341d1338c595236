import type { WrongFile } from '../profile';

/** WooCommerce Analytics: revenue per day. Source: facts/pos.md, public text. */
export const woocommerceReports: WrongFile = {
  id: 'woocommerce-reports',
  till: 'WooCommerce',
  headers: [{ marks: ['Gross sales', 'Returns', 'Coupons', 'Net sales', 'Total sales'], without: ['Order #', 'Order Number'] }],
  says: 'This is WooCommerce’s revenue report: sums without orders. Take Analytics → Orders → Download, or an order-export plugin.',
};
