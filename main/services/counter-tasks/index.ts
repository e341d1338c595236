export { closeTask, makeTask, openAtCounter, ownersTasks, reopenTaskAtCounter } from './counter-tasks';
export { openCounterTask } from './open';
