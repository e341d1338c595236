import type { Notice } from '@domain/sources/notice';
import type { WaitReason } from '@domain/sources/watch';
import type { Catalogue } from './index';

const n = (count: number, one: string, many: string) => `${count.toLocaleString('en-US')} ${count === 1 ? one : many}`;

const why: Record<WaitReason, string> = {
  'was-there': 'Lay in the folder when you chose it',
  'first-time': 'The first file of this kind',
  'always-ask': 'You want to be asked about these',
  'unknown-columns': 'Not from a till we know: say what its columns mean',
  questions: 'One thing in it only you can know, such as whether day or month comes first',
  'many-rejected': 'Too many of its rows cannot be taken',
  'other-source': 'These columns came from another till or list so far',
  'future-dates': 'It has sales of days that are still to come',
  refused: 'Cannot be imported',
  stopped: 'Its import was cancelled',
};

const joined = (parts: (string | 0 | false)[]) => parts.filter(Boolean).join(', ');

const en = {
  waiting: {
    title: (files: number, lists: number) =>
      files + lists === 1
        ? `One ${files ? 'file' : 'list'} waits for you`
        : `${[files && n(files, 'file', 'files'), lists && n(lists, 'list', 'lists')].filter(Boolean).join(' and ')} wait for you`,
    hint: 'Nothing of them is imported yet.',
    why,
    rejected: (rejected: number, rows: number) =>
      `${rejected.toLocaleString('en-US')} of ${n(rows, 'row', 'rows')} cannot be taken: look whether it is the right file`,
    from: (till: string, title: string) => [till, title].filter(Boolean).join(' · '),
    look: 'Look at it',
    explain: 'Say what its columns mean',
    import: 'Import it',
    always: 'Import, and such files by themselves from now on',
    alwaysShort: 'Yes, from now on',
    once: 'Only this one',
    firstQuestion: (till: string, title: string) =>
      `Import ${[till, title].filter(Boolean).join(' · ') || 'files like this'} by itself from now on?`,
    leave: 'Leave it',
    others: 'More',
    leaveLike: 'Never ask about such files',
    more: (count: number) => `and ${count.toLocaleString('en-US')} more`,
    old: (count: number) =>
      count === 1 ? 'One file was already in the folder' : `${count.toLocaleString('en-US')} files were already in the folder`,
    oldHint: 'They are offered, not taken: what you imported by hand before is known and does no harm.',
    takeOld: (count: number) =>
      count === 1 ? 'Import the one that is recognised' : `Import the ${count.toLocaleString('en-US')} that are recognised`,
    leaveOld: (count: number) => (count === 1 ? 'Leave it' : 'Leave them all'),
    tookOld: (count: number) => `${n(count, 'file', 'files')} will be imported one after the other`,
    leftOld: 'Left where they are',
  },
  folder: {
    title: 'A folder your till’s files arrive in',
    hint: 'Regulars looks after it: new files of a kind you know are imported by themselves, also while the counter is locked. Whatever is not certain asks you first.',
    none: 'Choose the folder where your till, your browser or a cloud drive puts its exports, for example Downloads.',
    choose: 'Choose a folder',
    change: 'Another folder',
    pause: 'Pause',
    resume: 'Go on',
    stop: 'Stop watching',
    states: {
      watching: 'Watched',
      paused: 'Paused',
      gone: 'Not there',
      unreadable: 'Cannot be opened',
      elsewhere: 'Watched by another copy',
    },
    gone: 'The folder is not there. If it is on a USB stick or a network drive, connect it: Regulars looks again every half minute and catches up.',
    unreadable: 'The folder is there but cannot be opened. Check that you may read it.',
    elsewhere: 'This shop is open in another copy of Regulars, and that one looks after the folder.',
    pausedBody: 'New files wait in the folder until you go on.',
    delayed: {
      writing: 'still being written',
      locked: 'in use by another program',
      queued: 'its turn comes after the import that is open now',
    },
    results: 'What came of the last files',
    noResults: 'Nothing has arrived yet. Save an export from your till into this folder.',
    nothing: 'Nothing in it was new',
    imported: 'Imported',
    undone: 'Taken back; it does not come again by itself',
    see: 'See what it brought',
  },
  sheets: {
    title: 'A list of people on the web',
    hint: 'A spreadsheet you publish as CSV, for example a sign-up list. Regulars fetches it when you say so and shows what would change; nothing is imported without you.',
    none: 'No list yet. In Google Sheets: File, Share, Publish to web, “Comma-separated values (.csv)”.',
    add: 'Add a list',
    addTitle: 'Add a list on the web',
    link: 'Link',
    linkHint: 'Begins with https:// and leads to a CSV.',
    name: 'Name',
    nameHint: 'So that you know it again.',
    namePlaceholder: 'Book club',
    asks: 'Regulars will ask this address',
    asksBody: 'Nothing about your shop or your customers is sent there. Only what the list says comes back.',
    next: 'Go on',
    allow: (host: string) => `Ask ${host}`,
    refresh: 'Refresh now',
    daily: 'Look every day',
    dailyHint: 'Prepares what would change and tells you; you decide.',
    remove: 'Remove',
    removeTitle: (name: string) => `Remove ${name}?`,
    removeBody: 'The link is forgotten. The people you imported from it stay.',
    look: 'Look at it',
    leave: 'Leave it',
    states: {
      never: 'Not fetched yet',
      same: 'Nothing new',
      new: 'Something new',
      'other-host': 'Needs your word',
      failed: 'Could not be read',
    },
    newBody: 'It says something new. Look at what would change before it does.',
    leadsOn: 'This link leads on to another address',
    leadsOnBody: (from: string) => `${from} hands over to it. Allow it only if you know it.`,
    allowHost: 'Allow this address',
    checked: 'Last looked at',
    also: (hosts: string) => `and ${hosts}`,
  },
  mappings: {
    title: 'Lists you explained',
    hint: 'For files that are not from a till we know, you said once what their columns mean. Files with the same columns are read like this.',
    none: 'None yet. When you import a list that no till wrote, what you say about its columns is remembered here.',
    name: 'List',
    columns: 'Columns',
    used: 'Last used',
    never: 'Not used yet',
    imports: (count: number) => n(count, 'import', 'imports'),
    edit: 'Change',
    save: 'Save for the next file',
    forget: 'Forget',
    editTitle: (name: string) => `What the columns of “${name}” mean`,
    rename: 'What you call it',
    column: (at: number) => `Column ${at + 1}`,
    noNames: 'The names of these columns are not known any more; they are numbered from the left.',
    past: 'Past imports stay as they are. To read an old file in the new way, import it again: what is in it already is corrected, nothing is doubled.',
    saved: 'Saved for the next file',
    savedBody: 'Past imports stay as they are.',
    again: 'Import a file again',
    forgetTitle: (name: string) => `Forget what the columns of “${name}” mean?`,
    forgetBody: 'The next file with these columns asks again. Past imports stay as they are.',
    kinds: { sales: 'Sales', customers: 'People' },
  },
  notice: {
    imported: (x: Extract<Notice, { kind: 'imported' }>) => ({
      title: 'A till file was imported',
      body: `${x.file}: ${
        joined([
          x.newSales > 0 && n(x.newSales, 'new sale', 'new sales'),
          x.newPeople > 0 && n(x.newPeople, 'new person', 'new people'),
          x.changed > 0 && `${x.changed.toLocaleString('en-US')} updated`,
          x.rejected > 0 && `${n(x.rejected, 'row', 'rows')} not taken`,
        ]) || 'nothing new'
      }`,
    }),
    paperFailed: (next: string) => ({ title: 'The printed week is not in its folder', body: next }),
    waits: (x: Extract<Notice, { kind: 'waits' }>) => ({ title: 'A file waits for you', body: `${x.file}: ${why[x.why].toLowerCase()}` }),
    several: (kind: Notice['kind'], names: readonly string[]) => ({
      title:
        kind === 'imported'
          ? `${n(names.length, 'till file was', 'till files were')} imported`
          : `${n(names.length, kind === 'waits' ? 'file waits' : 'list waits', kind === 'waits' ? 'files wait' : 'lists wait')} for you`,
      body: names.length > 4 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', '),
    }),
    listWaits: (name: string) => ({ title: 'A list on the web has something new', body: `${name}: look at what would change` }),
    see: 'See',
  },
};

/** The owner's screens: English. */
export const sources: Catalogue<typeof en> = { en };
