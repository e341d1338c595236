export type { ApiError, In, Out } from './client';
export { call, toApiError } from './client';
export { useCommand } from './useCommand';
export { type PagedRows, usePages } from './usePages';
export { type QueryState, useQuery } from './useQuery';
export { type Shell, useShell } from './useShell';
export { type TaskView, taskShare, taskTimeLeft, useTask, useTasks } from './useTask';
