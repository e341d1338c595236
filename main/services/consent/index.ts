export { consentInChunks } from './bulk';
export { type Channels, channelsFor, type EmailSignUp, type EmailStop, emailWording, recordEmailSignUp, recordEmailStop } from './email';
export { type ConsentTrx, type JournalledEvent, journalWith, withConsent } from './ledger';
export {
  endOrderPermission,
  type OrderPermission,
  orderWording,
  recordOrderPermission,
  recordServicePermission,
  serviceWording,
} from './orders';
export { type Preferences, type PreferencesTaken, recordPreferences } from './preferences';
export { consentOf, emailConsentOf, evidenceOf, marketingState } from './read';
export {
  type Attested,
  attestImported,
  onlyMinorsAt,
  recordAgreed,
  recordDeclined,
  recordDoubleOptInAsked,
  recordHold,
  recordNewHolder,
  recordRestart,
  recordSignUp,
  recordStop,
  refuseMinor,
  releaseHold,
  type SignUp,
  type Stop,
  undoAttested,
} from './record';
export { expireHolds, sweepConsent, sweepSilent } from './sweep';
export { currentWording } from './texts';
export { type LedgerCheck, verifyLedger } from './verify';
