/**
 * The one theme. Mantine's defaults for light variants, dimmed text and the primary colour miss the
 * AA contrast, so tints and dimmed greys are set here for both schemes.
 */
import { type CSSVariablesResolver, createTheme, darken } from '@mantine/core';
import { dark, TINTED_COLORS } from './palette';

/** Mantine heads its dialogs with `<header>`, which would be a second banner of the page. */
const PLAIN_HEADER = { header: { role: 'none' } };

/** Drop-downs beside their button, so that they lie in its landmark; fixed, so that no scrolling parent cuts them. */
const IN_PLACE = { withinPortal: false, floatingStrategy: 'fixed' } as const;

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: { light: 8, dark: 7 },
  colors: { dark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  headings: { fontFamily: "'Inter Variable', system-ui, sans-serif", fontWeight: '650' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { fw: 600 } },
    Alert: { defaultProps: { variant: 'outline', bg: 'var(--app-raised)' } },
    Badge: { defaultProps: { variant: 'light', radius: 'sm', tt: 'none' } },
    Checkbox: { styles: { input: { borderColor: 'var(--app-input-border)' } } },
    Drawer: { defaultProps: { attributes: PLAIN_HEADER } },
    Modal: {
      defaultProps: {
        attributes: PLAIN_HEADER,
        centered: true,
        // A moving transition leaves a transform behind, in which fixed drop-downs are cut off.
        transitionProps: { transition: 'fade' },
        overlayProps: { backgroundOpacity: 0.45 },
      },
      styles: { title: { fontWeight: 650, fontSize: 'var(--mantine-font-size-lg)' } },
    },
    SegmentedControl: { styles: { root: { backgroundColor: 'var(--app-control)' } } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 300 } },
    Menu: {
      defaultProps: {
        ...IN_PLACE,
        shadow: 'md',
        position: 'bottom-end',
        withInitialFocusPlaceholder: false,
      },
    },
    Popover: { defaultProps: IN_PLACE },
    Combobox: { defaultProps: IN_PLACE },
    Input: { styles: { input: { borderColor: 'var(--app-input-border)' } } },
  },
});

type Variables = Record<string, string>;

function tints(scheme: 'light' | 'dark', colors: Record<string, readonly string[]>): Variables {
  const variables: Variables = {};
  for (const name of TINTED_COLORS) {
    const shades = colors[name] ?? [];
    const [soft, mid, strong] = [shades[1] ?? '', shades[2] ?? '', shades[9] ?? ''];
    const isLight = scheme === 'light';
    variables[`--mantine-color-${name}-light`] = isLight ? soft : darken(strong, 0.5);
    variables[`--mantine-color-${name}-light-hover`] = isLight ? mid : darken(strong, 0.4);
    variables[`--mantine-color-${name}-light-color`] = isLight ? darken(strong, 0.25) : mid;
  }
  return variables;
}

export const cssVariables: CSSVariablesResolver = ({ colors }) => ({
  variables: {},
  light: {
    ...tints('light', colors),
    '--app-canvas': '#f6f7f9',
    '--app-surface': '#ffffff',
    '--app-raised': '#ffffff',
    '--app-border': '#dee2e6',
    '--app-input-border': '#848d98',
    '--app-track': '#e9ecef',
    '--app-control': '#f1f3f5',
    '--mantine-color-dimmed': '#565e6a',
    '--mantine-color-placeholder': '#626b77',
    '--mantine-color-error': '#c92a2a',
    '--mantine-color-anchor': '#3b5bdb',
    '--app-good': '#099268',
    '--app-part': '#e8590c',
    '--app-bad': '#e03131',
  },
  dark: {
    ...tints('dark', colors),
    '--app-canvas': dark[8],
    '--app-surface': dark[7],
    '--app-raised': dark[6],
    '--app-border': dark[4],
    '--app-input-border': dark[3],
    '--app-track': dark[4],
    '--app-control': dark[9],
    '--mantine-color-dimmed': dark[2],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-error': '#ff8787',
    '--mantine-color-anchor': '#91a7ff',
    '--app-good': '#0ca678',
    '--app-part': '#f76707',
    '--app-bad': '#fa5252',
  },
});
