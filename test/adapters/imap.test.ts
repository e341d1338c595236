import { afterEach, describe, expect, it } from 'vitest';
import { aBounce, aLetter, type FakeInbox, mailboxAt, startInbox } from '../support/imap';

let inbox: FakeInbox | undefined;
afterEach(async () => {
  await inbox?.close();
  inbox = undefined;
});
const open = async () => {
  inbox = await startInbox();
  return inbox;
};

describe('reading the mailbox', () => {
  it('begins with what comes from now on, and reads each mail once', async () => {
    const i = await open();
    i.put(aLetter({ from: 'old@example.com', subject: 'From before' }));
    const box = mailboxAt(i);
    const first = await box.read(null, 50);
    expect(first).toEqual({ mails: [], place: { validity: '1', uid: 1 }, more: false });
    i.put(aLetter({ from: '"Ana García" <Ana@Example.com>', subject: 'Re: =?utf-8?B?Tm92ZWRhZGVzIGRlIE1hcsOtYQ==?=', text: 'STOP' }));
    i.put(aLetter({ from: 'ben@example.com', subject: 'Hello' }));
    const second = await box.read(first.place, 50);
    expect(second.mails.map((m) => [m.uid, m.from, m.subject, m.text.trim(), m.automatic])).toEqual([
      [2, 'ana@example.com', 'Re: Novedades de María', 'STOP', false],
      [3, 'ben@example.com', 'Hello', '', false],
    ]);
    expect((await box.read(second.place, 50)).mails).toEqual([]);
  });

  it('goes page by page, and begins anew where the mailbox was made anew', async () => {
    const i = await open();
    const box = mailboxAt(i);
    const start = (await box.read(null, 50)).place;
    for (const n of [1, 2, 3]) i.put(aLetter({ from: `p${n}@example.com`, subject: `${n}` }));
    const page = await box.read(start, 2);
    expect(page).toMatchObject({ more: true, place: { uid: 2 } });
    expect((await box.read(page.place, 2)).mails.map((m) => m.uid)).toEqual([3]);
    i.validity = 2;
    expect(await box.read(page.place, 2)).toEqual({ mails: [], place: { validity: '2', uid: 3 }, more: false });
  });

  it('understands a delivery report, an absence note and a list', async () => {
    const i = await open();
    const box = mailboxAt(i);
    const start = (await box.read(null, 50)).place;
    i.put(aBounce({ messageId: '<regulars.abc@corner-shoes.example>', to: 'Ana@Example.com', status: '5.1.1' }));
    i.put(aLetter({ from: 'ben@example.com', subject: 'I am away', headers: 'Auto-Submitted: auto-replied\n' }));
    const { mails } = await box.read(start, 50);
    expect(mails[0]).toMatchObject({ automatic: true, report: { action: 'failed', status: '5.1.1', recipient: 'ana@example.com' } });
    expect(mails[0]?.about).toContain('<regulars.abc@corner-shoes.example>');
    expect(mails[1]).toMatchObject({ automatic: true, report: null });
  });

  it('opens it for reading only, changes nothing and says nothing about this computer', async () => {
    const i = await open();
    const box = mailboxAt(i);
    const { place } = await box.read(null, 50);
    i.put(aLetter({ from: 'a@example.com', subject: 'x' }));
    await box.read(place, 50);
    expect(i.asked.join('\n')).toContain('EXAMINE INBOX');
    expect(i.asked.join('\n')).not.toMatch(/SELECT INBOX|STORE|EXPUNGE|COPY|MOVE|APPEND|DELETE/i);
    expect(i.asked.filter((a) => /FETCH/.test(a)).every((a) => a.includes('BODY.PEEK'))).toBe(true);
  });

  it('refuses a wrong password and a line nobody vouches for; what was typed stands in no error', async () => {
    const i = await open();
    const error = await mailboxAt(i, { password: 'wrong-and-secret' })
      .read(null, 1)
      .catch((e: unknown) => e);
    expect(error).toMatchObject({ code: 'mail.imap-auth' });
    expect(JSON.stringify([error, String((error as Error).stack)])).not.toContain('wrong-and-secret');
    await expect(mailboxAt(i, { trust: null }).read(null, 1)).rejects.toMatchObject({ code: 'mail.imap-tls' });
    const { port } = i;
    await i.close();
    inbox = undefined;
    await expect(mailboxAt({ port }).read(null, 1)).rejects.toMatchObject({ code: 'mail.imap-unreachable' });
  });
});
