export type { TwilioOptions } from './client';
export { makeTwilioGateway } from './gateway';
