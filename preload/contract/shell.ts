import { z } from 'zod';
import type { Contract } from './define';
import { command, query } from './define';
import { LeavingZ } from './outbox';
import { PaperZ } from './papers';
import { DoneZ, EmptyZ } from './primitives';

/** A plain name: no folder, no hidden file, nothing a system reads as anything else. */
const FileNameZ = z
  .string()
  .max(80)
  .regex(/^[A-Za-z0-9][A-Za-z0-9 ._-]*$/);
/** Base64, as a canvas gives it. */
const PngZ = z.base64().max(20_000_000);
const PathZ = z.object({ path: z.string() }).nullable();
export const ShellStatusZ = z.object({
  backend: z.enum(['starting', 'ready', 'needs-passphrase', 'failed']),
  /** Why it failed or needs something. */
  errorCode: z.string().nullable(),
  /** Of a damaged shop: `newest`, when the newest whole copy was made (0 = there is none). */
  errorParams: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  shop: z.enum(['real', 'practice']),
  version: z.string(),
  /** 'new' = no passphrase was ever set on this machine: the screen asks for a new one, twice. */
  vault: z.enum(['system', 'passphrase', 'new']),
});

export const CustomerDisplayZ = z.object({
  on: z.boolean(),
  displayId: z.number().nullable(),
  open: z.boolean(),
  displays: z.array(
    z.object({
      id: z.number(),
      name: z.string(),
      width: z.number(),
      height: z.number(),
      /** The one this window stands on. */ here: z.boolean(),
    }),
  ),
});

export const BackgroundZ = z.object({
  onClose: z.enum(['ask', 'background', 'quit']),
  keepAwake: z.boolean(),
  /** Starting at login; `blocked`: the system keeps it from starting. */
  login: z.object({ supported: z.boolean(), on: z.boolean(), blocked: z.boolean() }),
  trayIsSeen: z.boolean(),
  system: z.enum(['windows', 'mac', 'linux']),
});

/** Whoever wants to quit while texts would stay behind; `leaving` null = not the owner, no numbers. */
export const QuitQuestionZ = z
  .object({
    cause: z.enum(['menu', 'window', 'tray', 'system']),
    leaving: LeavingZ.nullable(),
    trayIsSeen: z.boolean(),
    system: z.enum(['windows', 'mac', 'linux']),
  })
  .nullable();

/** Answered by the shell itself (main/ipc/shell-handlers.ts): dialogs, printing, which shop is open. No shop data. */
export const shell = {
  'shell/status': query({ role: 'open', input: EmptyZ, output: ShellStatusZ }),
  'shell/unlock-vault': command({
    role: 'open',
    input: z.object({ passphrase: z.string().min(1).max(200) }),
    output: ShellStatusZ,
    changes: [],
  }),
  /** The shop's keys are gone from this machine (another computer, lost keyring): the printed recovery code brings them back. */
  'shell/restore-keys': command({ role: 'open', input: z.object({ recoveryCode: z.string().max(80) }), output: ShellStatusZ, changes: [] }),
  /** The shop file is damaged: it is kept under another name and the newest whole copy takes its place. */
  'shell/restore-newest-backup': command({ role: 'open', input: EmptyZ, output: ShellStatusZ, changes: ['shop'] }),
  'shell/restart-backend': command({ role: 'open', input: EmptyZ, output: ShellStatusZ, changes: [] }),
  /** Real and practice shops are different files; nothing crosses over. Making the practice shop fills it with sample people. */
  'shell/open-shop': command({
    role: 'open',
    input: z.object({ kind: z.enum(['real', 'practice']) }),
    output: ShellStatusZ,
    changes: ['shop'],
  }),
  'shell/pick-file': command({
    role: 'open',
    /** `shop`: a moving file or a backup of another computer. */
    input: z.object({ kind: z.enum(['csv', 'backup', 'shop']) }),
    output: z.object({ path: z.string(), name: z.string(), size: z.number() }).nullable(),
    changes: [],
  }),
  /** Till exports to look at, several at once; empty = the person changed their mind. */
  'shell/pick-files': command({
    role: 'open',
    input: EmptyZ,
    output: z.array(z.object({ path: z.string(), name: z.string() })),
    changes: [],
  }),
  'shell/pick-folder': command({ role: 'open', input: EmptyZ, output: PathZ, changes: [] }),
  'shell/save-text': command({
    role: 'open',
    input: z.object({ name: z.string().max(120), text: z.string().max(20_000_000) }),
    output: PathZ,
    changes: [],
  }),
  /** Several files into a new folder inside one that is asked for; null = changed their mind. Pictures come as base64. */
  'shell/save-folder': command({
    role: 'open',
    input: z.object({
      name: FileNameZ,
      files: z
        .array(
          z.union([
            z.object({ name: FileNameZ, text: z.string().max(500_000) }),
            z.object({ name: FileNameZ, png: z.base64().max(12_000_000) }),
          ]),
        )
        .min(1)
        .max(30),
    }),
    output: PathZ,
    changes: [],
  }),
  /**
   * A picture of the window's own page at a size of its own, as if the window were so large, so that nothing is cut off. Whoever asks has
   * put on the screen what should be seen.
   */
  'shell/picture': command({
    role: 'open',
    input: z.object({ width: z.number().int().min(600).max(2000), height: z.number().int().min(400).max(3000) }),
    output: z.object({ png: z.string() }),
    changes: [],
  }),
  /** Prints the window as it stands (print stylesheet) into a PDF. */
  'shell/save-pdf': command({
    role: 'open',
    input: z.object({ name: z.string().max(120), landscape: z.boolean().default(false) }),
    output: PathZ,
    changes: [],
  }),
  /** A paper drawn on its own page (renderer/print) into a PDF; null = changed their mind. Throws paper.not-made. */
  'shell/save-paper': command({ role: 'open', input: z.object({ paper: PaperZ }), output: PathZ, changes: [] }),
  /** A picture of a chart, drawn by the page: into the clipboard, or into a file that is asked for. */
  'shell/copy-picture': command({ role: 'open', input: z.object({ png: PngZ }), output: DoneZ, changes: [] }),
  'shell/save-picture': command({ role: 'open', input: z.object({ name: z.string().max(120), png: PngZ }), output: PathZ, changes: [] }),
  /** The system's print dialog for the same; `printed` false when the person changed their mind. */
  'shell/print': command({ role: 'open', input: EmptyZ, output: z.object({ printed: z.boolean() }), changes: [] }),
  /** The system's own notification, when the window is not in front; a click on it brings the window to the screen it is about. */
  'shell/notify': command({
    role: 'open',
    input: z.object({
      title: z.string().min(1).max(120),
      body: z.string().max(300),
      go: z.enum(['import', 'replies', 'this-week']).default('import'),
    }),
    output: DoneZ,
    changes: [],
  }),
  /** The second window for customers, on this computer: on or off, on which display; `open` says whether it stands. */
  'shell/customer-display': query({ role: 'open', input: EmptyZ, output: CustomerDisplayZ }),
  'shell/set-customer-display': command({
    role: 'open',
    input: z.object({ on: z.boolean(), displayId: z.number().nullable() }),
    output: CustomerDisplayZ,
    changes: [],
  }),
  /**
   * A photo of a signed form: upright, at most 1600 px on its long side and 400 kB, JPEG as base64, nothing else of the file (where it
   * was taken, with what). Null: the person changed their mind. Throws photo.unreadable.
   */
  'shell/pick-photo': command({
    role: 'open',
    input: EmptyZ,
    output: z.object({ name: z.string(), jpeg: z.string(), width: z.number(), height: z.number() }).nullable(),
    changes: [],
  }),
  /** Running without a window, of this computer: closing, starting at login, staying awake. */
  'shell/background': query({ role: 'open', input: EmptyZ, output: BackgroundZ }),
  'shell/set-background': command({
    role: 'open',
    input: z.object({
      onClose: z.enum(['ask', 'background', 'quit']).optional(),
      keepAwake: z.boolean().optional(),
      startAtLogin: z.boolean().optional(),
    }),
    output: BackgroundZ,
    changes: [],
  }),
  /** The question before quitting, while it is open. */
  'shell/quit-question': query({ role: 'open', input: EmptyZ, output: QuitQuestionZ }),
  'shell/answer-quit': command({
    role: 'open',
    input: z.object({ choice: z.enum(['background', 'quit', 'cancel']), remember: z.boolean() }),
    output: DoneZ,
    changes: [],
  }),
  'shell/copy': command({ role: 'open', input: z.object({ text: z.string().max(100_000) }), output: DoneZ, changes: [] }),
  'shell/check-updates': command({
    role: 'open',
    input: EmptyZ,
    output: z.object({
      state: z.enum(['no-feed', 'current', 'available', 'unreachable']),
      version: z.string(),
      latest: z.string().nullable(),
    }),
    changes: [],
  }),
} satisfies Contract;
