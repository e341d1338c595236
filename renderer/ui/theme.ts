import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from '@mantine/core';

/* Mantine's scales; the words of our own css are in tokens.css. Raw colours live in these two files only. */
const teal: MantineColorsTuple = [
  '#e8f4f2',
  '#d0e9e5',
  '#a6d0cb',
  '#7ccac2',
  '#4db3ab',
  '#26918a',
  '#127a74',
  '#0b635f',
  '#084f4c',
  '#063d3b',
];
const amber: MantineColorsTuple = [
  '#fdf2da',
  '#fae6bb',
  '#f3d48c',
  '#f0c675',
  '#dc9f36',
  '#c2851a',
  '#a0660a',
  '#875507',
  '#734605',
  '#573503',
];
const brick: MantineColorsTuple = [
  '#fbebe7',
  '#f6d8d0',
  '#f2a593',
  '#e0806c',
  '#d8654e',
  '#c14e3b',
  '#b4442f',
  '#a93e2d',
  '#8b2f22',
  '#6c2419',
];
const gray: MantineColorsTuple = [
  '#faf8f5',
  '#f4f1ec',
  '#ebe7df',
  '#e0dbd2',
  '#cbc5ba',
  '#a8a095',
  '#635c52',
  '#4d473f',
  '#38342d',
  '#23201b',
];
const dark: MantineColorsTuple = [
  '#ece8e1',
  '#d5d0c7',
  '#b0a89b',
  '#8b8478',
  '#4d483f',
  '#36322c',
  '#22201c',
  '#191714',
  '#13110f',
  '#0d0c0a',
];

const font = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif';

/** Calm and warm: one accent (deep teal), one warning (amber), one danger (brick). 15 px base, 8-px grid. */
export const theme = createTheme({
  colors: { teal, amber, brick, gray, dark, red: brick, yellow: amber, green: teal },
  primaryColor: 'teal',
  primaryShade: { light: 7, dark: 6 },
  black: gray[9] ?? '',
  fontFamily: font,
  fontSizes: { xs: '0.8125rem', sm: '0.875rem', md: '0.9375rem', lg: '1.125rem', xl: '1.375rem' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.5', xl: '1.4' },
  spacing: { xs: '0.5rem', sm: '0.75rem', md: '1rem', lg: '1.5rem', xl: '2rem' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '10px', xl: '16px' },
  defaultRadius: 'md',
  headings: {
    fontFamily: font,
    fontWeight: '620',
    sizes: {
      h1: { fontSize: '1.5rem', lineHeight: '1.3' },
      h2: { fontSize: '1.125rem', lineHeight: '1.4' },
      h3: { fontSize: '0.9375rem', lineHeight: '1.5' },
    },
  },
  focusRing: 'auto',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    TextInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm' } },
    NativeSelect: { defaultProps: { size: 'sm' } },
    Select: { defaultProps: { size: 'sm', comboboxProps: { shadow: 'md', transitionProps: { duration: 80 } } } },
    Modal: {
      defaultProps: { centered: true, radius: 'lg', transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.45 } },
    },
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 } } },
    Tooltip: { defaultProps: { openDelay: 400, transitionProps: { duration: 80 } } },
  },
});

/** Points Mantine's own variables at our tokens, so that its parts and ours cannot drift apart. */
export const cssVariables: CSSVariablesResolver = () => {
  const tint = (name: string, token: string) => ({
    [`--mantine-color-${name}-light`]: `var(--rg-${token}-soft)`,
    [`--mantine-color-${name}-light-hover`]: `var(--rg-${token}-soft)`, // the line colour would be too near to the words on it
    [`--mantine-color-${name}-light-color`]: `var(--rg-${token}-text)`,
  });
  const common = {
    ...tint('teal', 'accent'),
    ...tint('green', 'accent'),
    ...tint('amber', 'warn'),
    ...tint('yellow', 'warn'),
    ...tint('brick', 'danger'),
    ...tint('red', 'danger'),
    '--mantine-color-gray-light': 'var(--rg-sunken)',
    '--mantine-color-gray-light-hover': 'var(--rg-hover)',
    '--mantine-color-gray-light-color': 'var(--rg-text)',
    '--mantine-color-body': 'var(--rg-canvas)',
    '--mantine-color-text': 'var(--rg-text)',
    '--mantine-color-dimmed': 'var(--rg-muted)',
    '--mantine-color-error': 'var(--rg-danger-text)',
    '--mantine-color-anchor': 'var(--rg-accent-text)',
    '--mantine-color-placeholder': 'var(--rg-muted)',
    '--mantine-color-default': 'var(--rg-surface)',
    '--mantine-color-default-hover': 'var(--rg-hover)',
    '--mantine-color-default-color': 'var(--rg-text)',
    '--mantine-color-default-border': 'var(--rg-line)',
    '--mantine-shadow-md': 'var(--rg-shadow-high)',
    '--mantine-shadow-xl': 'var(--rg-shadow-high)',
  };
  return { variables: {}, light: common, dark: common };
};

export const SCHEME_KEY = 'regulars-scheme';
