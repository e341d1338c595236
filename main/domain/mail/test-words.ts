/** What the owner's first mail says. */
export const testWords = (shop: string): { subject: string; body: string } => ({
  subject: `A test from ${shop}`,
  body: `This mail left from your own computer, by your own account.

If it lies among the junk mail, open it there and say that it is not junk: then the next ones arrive where people look.

This is how every mail from ${shop} looks: your name on top, your words, and at the foot who you are and how to leave.`,
});
