export { repliesAreFresh, syncReplies } from './sync';
export { takeInbound } from './take';
export {
  closeConversation,
  decideHold,
  listInbox,
  markThreadRead,
  readEarlier,
  readThread,
  reopenConversation,
  replyTo,
  sendAnyway,
  unreadConversations,
} from './threads';
