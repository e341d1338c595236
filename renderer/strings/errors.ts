import type { ErrorCode, ErrorParams } from '@domain/errors';
import { seconds } from './error-params';
import { errorsOfCampaigns } from './errors.campaigns';
import { errorsEs } from './errors.es';
import { errorsOfKit } from './errors.kit';
import { errorsOfMail } from './errors.mail';
import { errorsOfSending } from './errors.sending';
import { errorsOfService } from './errors.service';
import type { Language } from './index';

type Text = string | ((p: ErrorParams) => string);

/** What happened, what is safe, what to do — in a shopkeeper's words. */
export interface ErrorText {
  title: Text;
  safe?: Text;
  next: Text;
}

/** Every code of main/domain/errors.ts; one without words does not compile. Spanish: errors.es.ts. */
const errorsEn: Record<ErrorCode, ErrorText> = {
  bug: {
    title: 'Something went wrong in Regulars',
    safe: 'Nothing you saved is lost.',
    next: 'Try once more. If it happens again, copy the details and send them to us.',
  },
  'session.locked': { title: 'The screen is locked', next: 'Type your PIN to go on.' },
  'session.owner-only': { title: 'Only the owner can do this', next: 'Ask the owner to type their PIN.' },
  'session.wrong-pin': { title: 'That PIN is not right', next: 'Try again.' },
  'session.too-many-tries': {
    title: 'Too many wrong PINs',
    safe: 'The counter still works.',
    next: (p) => `Wait ${seconds(p)} seconds, then try again.`,
  },
  'suggestion.gone': { title: 'This suggestion no longer holds', next: 'Look at This week again: its people or its reason have changed.' },
  'input.invalid': {
    title: 'Something on this form is missing or not readable',
    safe: 'What you typed is still here.',
    next: 'Check the marked boxes and try again.',
  },
  'shop.locked-by-other': {
    title: 'This shop is open on another computer',
    safe: 'Your data is safe; two at once could damage it, so we stopped here.',
    next: 'Close Regulars there, then try again.',
  },
  'shop.newer-database': {
    title: 'This shop was last opened with a newer Regulars',
    safe: 'Your data is untouched.',
    next: 'Update Regulars on this computer, then open it again.',
  },
  'shop.corrupt': {
    title: 'The shop file is damaged',
    safe: 'Your backups are separate and were not touched.',
    next: 'Bring back the newest backup.',
  },
  'shop.disk-full': {
    title: 'The disk is full',
    safe: 'Everything saved so far is safe. The last step was not saved.',
    next: 'Free some space on this computer, then try again.',
  },
  'shop.not-set-up': { title: 'The shop is not set up yet', next: 'Finish the first steps; it takes about five minutes.' },
  'shop.synced-folder': {
    title: 'The shop file lies in a folder that a cloud service copies',
    safe: 'Nothing is damaged yet, but such copying can damage it.',
    next: 'Move it to a normal folder. Choose the cloud folder as second place for backups instead.',
  },
  'shop.network-folder': {
    title: 'The shop file lies on another computer',
    safe: 'Nothing was changed.',
    next: 'Keep it on a disk of this computer: over a network two computers could send at once. Backups may go to the network.',
  },
  'shop.gone': {
    title: 'The shop file is no longer in its folder',
    safe: 'Your backups are there. We did not start a new, empty shop in its place.',
    next: 'Bring back the newest backup, or put the file back and try again.',
  },
  'shop.retired': {
    title: 'This shop moved to another computer',
    safe: 'Everything can be looked at here; nothing is changed or sent.',
    next: 'Use the other computer. If the move never happened, take the shop back on its first page.',
  },
  'shop.busy': {
    title: 'Another program has the shop file open',
    safe: 'Your shop is as it was.',
    next: 'Close other programs that look into the file, then try again.',
  },
  'secrets.unavailable': {
    title: 'This computer cannot keep passwords safely right now',
    safe: 'Your texting key was not written anywhere.',
    next: 'Unlock the computer’s keyring, or set a passphrase for Regulars.',
  },
  'secrets.wrong-passphrase': { title: 'That passphrase is not right', next: 'Try again. Capital and small letters count.' },
  'secrets.wrong-recovery-code': {
    title: 'That recovery code is not right',
    next: 'Check it against your printed page: 6 groups of 4 letters and numbers.',
  },
  'backend.restarted': {
    title: 'Regulars had to restart a part of itself',
    safe: 'Everything saved is safe, and no text goes out twice.',
    next: 'Please do the last step again.',
  },
  'task.already-running': { title: 'This is already running', next: 'See its progress at the bottom left; wait until it is done.' },
  'margin.no-file': {
    title: 'No margins were found in this file',
    safe: 'Nothing was changed.',
    next: 'It needs a column of names and one of percents, or what things cost and sell for.',
  },
  'task.cancelled': { title: 'Cancelled', safe: 'Nothing was left half done.', next: 'Start it again whenever you like.' },
  'customer.not-found': { title: 'This person is no longer here', next: 'They may have been merged or erased. Search for them again.' },
  'customer.bad-phone': { title: 'This does not look like a phone number', next: 'Type it with its area code, like (212) 555-0142.' },
  'customer.bad-email': { title: 'This does not look like an e-mail address', next: 'It needs an @ and an ending, like ana@example.com.' },
  'customer.same-number': {
    title: 'Somebody else has this number',
    safe: 'Nothing was changed.',
    next: 'Open that person; if it is the same one, merge the two.',
  },
  'customer.merge-texting': {
    title: 'A text is still on its way to one of them',
    safe: 'Nothing was changed.',
    next: 'Wait until it has left, or pause its campaign, then try again.',
  },
  'customer.merge-not-found': {
    title: 'This was undone already',
    safe: 'Both people are there.',
    next: 'Look for them among your customers.',
  },
  'customer.merge-built-on': {
    title: 'This person was put together with somebody else since',
    safe: 'Nothing was changed.',
    next: 'Undo the newer one first, then this one.',
  },
  'consent.already-in': { title: 'They already get texts from you', next: 'Nothing to do.' },
  'consent.carrier-stop': {
    title: 'They sent STOP from this phone',
    safe: 'Nobody can undo that for them, and we will not text them.',
    next: 'If they want texts again, they text START to your number.',
  },
  'consent.under-age': { title: 'They are too young to sign up', next: 'Do not store their number. You may still serve them as always.' },
  'consent.own-act-only': {
    title: 'Only the customer can ask for more',
    next: 'Turn the screen to them, or let them text the shop. You can always make it less for them.',
  },
  'consent.opted-out': {
    title: 'They asked not to be texted',
    safe: 'No text was sent.',
    next: 'They can sign up again at the counter if they wish.',
  },
  ...errorsOfKit,
  ...errorsOfCampaigns,
  ...errorsOfSending,
  ...errorsOfMail,
  ...errorsOfService,
  'import.not-found': { title: 'This import is no longer here', next: 'Choose the file once more.' },
  'import.unreadable': {
    title: 'We could not read this file',
    safe: 'Nothing was changed.',
    next: 'Export it from the till again as CSV. Do not open it in a spreadsheet in between.',
  },
  'import.wrong-file': {
    title: 'This is not the kind of file we need',
    safe: 'Nothing was changed.',
    next: 'Choose the CSV file that your till exports.',
  },
  'import.no-rows': {
    title: 'There is nothing in this file',
    safe: 'Nothing was changed.',
    next: 'Choose a longer period in the till and export again.',
  },
  'import.unclosed-quote': {
    title: (p) => `The file breaks off in the middle of a field${typeof p['line'] === 'number' ? ` (line ${p['line']})` : ''}`,
    safe: 'Nothing was changed.',
    next: 'It was probably cut short. Export it from the till again.',
  },
  'import.mapping-incomplete': {
    title: 'Some columns still need a meaning',
    next: 'Say which column holds the marked things, then go on.',
  },
  'import.file-changed': {
    title: 'The file changed after you looked at it',
    safe: 'Nothing was changed.',
    next: 'Check it once more, so that you get exactly what you saw.',
  },
  'import.shop-changed': {
    title: 'Another file was imported or undone since you checked this one',
    safe: 'Nothing was changed.',
    next: 'Check this file once more, so that you get exactly what you see.',
  },
  'import.other-name': {
    title: (p) => `These sales are here already, ${p['other'] ? `under the name “${p['other']}”` : `from “${p['file'] ?? ''}”`}`,
    safe: 'Nothing was changed: under another name they would count twice.',
    next: (p) =>
      p['other']
        ? `Call the till “${p['other']}” for this file too, or undo the import of “${p['file'] ?? ''}” first.`
        : `Undo the import of “${p['file'] ?? ''}” first, then import both files under one name of the till.`,
  },
  'import.told-already': {
    title: (p) => `These sales are here already, from “${p['other'] ?? ''}”`,
    safe: 'Nothing was changed: taking this file too would count them twice.',
    next: (p) =>
      `${p['till'] ?? 'The till'} gives the two files different numbers for the same sale. Go on with the other one, or undo its import first.`,
  },
  'import.not-undoable': {
    title: 'This import can no longer be undone',
    safe: 'Your data is as it was.',
    next: 'A later import or a later step builds on it. Undo the later ones first.',
  },
  'source.not-found': { title: 'This is not waiting any more', next: 'It was imported, left or moved away meanwhile.' },
  'source.no-folder': {
    title: 'This folder cannot be read',
    safe: 'Nothing was changed.',
    next: 'Check that it is there and that you may open it, then choose it again.',
  },
  'source.own-folder': {
    title: 'Regulars keeps your shop in this folder',
    safe: 'Nothing was changed.',
    next: 'Choose the folder where your till saves its exports.',
  },
  'sheet.bad-link': {
    title: 'This is not a link to a list on the web',
    next: 'It begins with https:// and leads to a CSV. Copy it once more from where the list is published.',
  },
  'sheet.not-https': {
    title: 'This link is not private on its way',
    safe: 'Nothing was fetched.',
    next: 'Use a link that begins with https://.',
  },
  'sheet.edit-link': {
    title: 'This link opens the sheet for people',
    safe: 'Nothing was fetched.',
    next: 'In the sheet choose File, Share, Publish to web, and there “Comma-separated values (.csv)”. Then copy the link it gives you.',
  },
  'sheet.refused-address': {
    title: 'This link leads into a private network',
    safe: 'Nothing was fetched.',
    next: 'Regulars only reads lists that are published on the internet. Save the file and import it instead.',
  },
  'sheet.unreachable': {
    title: 'The list could not be fetched',
    safe: 'Nothing was changed.',
    next: 'Check your internet connection, or open the link in a browser to see whether the list is still there.',
  },
  'sheet.sign-in': {
    title: 'There is a page instead of a list, probably one to sign in',
    safe: 'Nothing was changed, and nobody was signed in.',
    next: 'Publish the sheet as CSV (File, Share, Publish to web) and use that link.',
  },
  'sheet.gone': {
    title: 'The list is not there any more',
    safe: 'The people you imported from it stay.',
    next: 'It was moved, or is published no longer. Publish it again, or remove the link.',
  },
  'sheet.not-csv': {
    title: 'This link does not lead to a CSV',
    safe: 'Nothing was changed.',
    next: 'When you publish the sheet choose “Comma-separated values (.csv)”.',
  },
  'sheet.too-big': {
    title: (p) => `This list is larger than ${typeof p['megabytes'] === 'number' ? p['megabytes'] : 30} MB`,
    safe: 'Nothing was changed.',
    next: 'Save it as a file and import that.',
  },
  'sheet.too-slow': {
    title: 'The list took too long to arrive',
    safe: 'Nothing was changed.',
    next: 'Try again later.',
  },
  'sheet.not-people': {
    title: 'This link holds sales, not people',
    safe: 'Nothing was changed.',
    next: 'Only lists of people are read from the web. Let the till save its sales into the watched folder instead.',
  },
  'link.not-found': {
    title: 'This receipt is not waiting any more',
    next: 'Look at the person’s page: it may be tied already, or taken back.',
  },
  'link.no-sale': { title: 'This sale is not in the shop any more', next: 'Its file was taken back. Type the receipt number again.' },
  'link.belongs-to-other': {
    title: 'The till knows this customer as somebody else',
    safe: 'Nothing was changed. The number is kept for the owner.',
    next: 'The owner decides on the person’s page.',
  },
  'link.newer': {
    title: 'This till customer was moved to somebody else since',
    safe: 'Nothing was changed.',
    next: 'Take the newer link back first, on that person’s page.',
  },
  'link.not-undoable': { title: 'Only the owner can undo this now', safe: 'Nothing was changed.', next: 'Staff can undo on the same day.' },
  'counter-task.not-found': { title: 'This task is already done', next: 'Somebody was quicker. Look at what is left.' },
  'later.not-open': { title: 'This one is no longer on the list', next: 'Somebody was quicker, or it was taken back.' },
  'photo.unreadable': {
    title: 'This picture cannot be opened',
    next: 'A JPG or PNG works. On an iPhone: share the photo as “Most compatible”, or send it to yourself by e-mail, which turns HEIC into JPG.',
  },
  'counter.not-in-front': { title: 'Look this person up first', next: 'Find them by name, number or card; then it works.' },
  'counter.not-undoable': { title: 'This can no longer be taken back', next: 'Put it right by hand, or ask the owner.' },
  'inbox.not-found': { title: 'This reply is no longer here', next: 'Go back to the list.' },
  'privacy.not-found': { title: 'There is no such certificate or list', next: 'Go back and open it from Permission records.' },
  'privacy.erased': {
    title: 'This person was erased',
    safe: 'What they bought still counts in the shop’s totals, without a name.',
    next: 'The certificate is under Settings, Permission records.',
  },
  'privacy.text-leaving': {
    title: 'A text to this person is leaving right now',
    safe: 'Nothing was erased.',
    next: 'Wait a minute, then try again.',
  },
  'privacy.no-list': {
    title: 'No phone numbers or e-mails found in this list',
    safe: 'Nothing was changed.',
    next: 'Save it as CSV with one number or e-mail in each row, or paste the numbers.',
  },
  'privacy.list-changed': {
    title: 'The file changed since you looked at it',
    safe: 'Nobody was stopped yet.',
    next: 'Look at it once more, then go on.',
  },
  'privacy.no-place': {
    title: 'Nothing can be saved in that folder',
    safe: 'Nothing was changed.',
    next: 'Choose another folder, or check that the disk is connected and has room.',
  },
  'backup.not-found': { title: 'This backup is no longer there', next: 'Plug in the drive it is on, or choose another one.' },
  'backup.damaged': {
    title: 'This backup is damaged',
    safe: 'Your shop is as it was; we did not use the backup.',
    next: 'Choose another one.',
  },
  'backup.other-shop': {
    title: 'This backup belongs to another shop',
    safe: 'Your shop is as it was; we did not use the backup.',
    next: 'Choose a backup of this shop. The practice shop and the real one keep separate backups.',
  },
  'backup.no-place': {
    title: 'We cannot write to this folder',
    safe: 'The first backup beside your shop file still works.',
    next: 'Plug in the drive, or choose another folder.',
  },
  'paper.no-folder': {
    title: 'Pages cannot be put into this folder',
    safe: 'Nothing is lost: every page can be saved by hand.',
    next: 'Plug in the drive, or choose another folder in Settings, Printing.',
  },
  'paper.not-made': {
    title: 'The page could not be printed',
    safe: 'Your figures are as they were.',
    next: 'Try again; if it stays so, restart Regulars.',
  },
  'restore.not-checked': {
    title: 'Not checked against Twilio yet',
    safe: 'Nothing leaves before it is.',
    next: 'Wait for the check to finish. It needs the internet and the texting account.',
  },
  'restore.nothing': {
    title: 'There is nothing on hold here any more',
    safe: 'Nothing was sent.',
    next: 'Look at the page again.',
  },
  'restore.not-empty': {
    title: 'There is a shop on this computer already',
    safe: 'It was not touched.',
    next: 'A shop from another computer can only be opened where none was set up.',
  },
  'report.not-found': { title: 'This result is no longer here', next: 'Go back to the list.' },
};

export interface ErrorWords {
  title: string;
  safe?: string;
  next: string;
}

const say = (t: Text, p: ErrorParams): string => (typeof t === 'function' ? t(p) : t);

/** The words for a code; a code unknown to this version is treated as a bug. */
export function errorWords(code: ErrorCode, params: ErrorParams = {}, language: Language = 'en'): ErrorWords {
  const e = (language === 'es' ? errorsEs[code] : undefined) ?? errorsEn[code] ?? errorsEn.bug;
  return { title: say(e.title, params), next: say(e.next, params), ...(e.safe !== undefined && { safe: say(e.safe, params) }) };
}
