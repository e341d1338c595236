import type { customers } from '@contract/customers';
import type { HandlersFor } from '../handler';

export const customersHandlers = {} satisfies HandlersFor<typeof customers>;
