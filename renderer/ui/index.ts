export { BigBox, type BigBoxHandle } from './BigBox';
export { Chip, type ChipTone, StateBadge } from './Chip';
export type { MenuEntry } from './ContextMenu';
export { DataTable, type DataTableProps } from './DataTable';
export { ConfirmDialog, Dialog } from './Dialog';
export {
  CheckField,
  FieldRow,
  FieldStack,
  MoneyField,
  NumberField,
  SecretField,
  SelectField,
  SwitchField,
  TextAreaField,
  TextField,
} from './Fields';
export { HoldButton } from './HoldButton';
export { type Explained, HowCounted } from './HowCounted';
export { ProgressLine } from './ProgressLine';
export { Columns, Panel, Rows, Screen } from './Screen';
export { Sheet } from './Sheet';
export { CopyButton, EmptyState, ErrorNote, Loaded, Note, SkeletonLines, useDelayed } from './States';
export { StatRow, StatTile } from './StatTile';
export { type Column, type Sort, sortRows, tableCsv } from './table';
export { closeToast, toast } from './toast';
export { toastError } from './toast-error';
export { Count, Day, MicroMoney, Money, PhoneText, When } from './Values';
