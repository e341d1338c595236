export { repliesAreFresh, syncReplies } from './sync';
export { takeInbound } from './take';
export { decideHold, listInbox, markThreadRead, readThread, replyTo } from './threads';
