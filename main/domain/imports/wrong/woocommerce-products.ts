import type { WrongFile } from '../profile';

/** WooCommerce's products: its own export, and a short list seen with old line ends. Source: facts/pos.md, public text. */
export const woocommerceProducts: WrongFile = {
  id: 'woocommerce-products',
  till: 'WooCommerce',
  headers: [
    { marks: ['Regular price', 'In stock?'] },
    { marks: ['SKU', 'Name', 'Stock', 'Regular Price'], without: ['Order ID', 'order_id'] },
  ],
  says: 'This is a list of products: it has no sales. Export orders with an order-export plugin, or Analytics → Customers → Download.',
};
